#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "muster/policy/tmf671.hpp"
#include "policy/catalogue_text.hpp"

// Promotions as texts, for the tests of what is read from them.
namespace muster::testing {

using Lines = std::vector<std::string>;

inline std::vector<Channel> two_channels() {
  std::vector<Channel> channels(2);
  channels[0].id = "shop";
  channels[1].id = "hotline";
  return channels;
}

/// What is wrong with promotions, in order of place.
inline Lines errors_of(const std::string& json, const Limits& limits = {}) {
  const auto read = from_tmf671(json, two_channels(), limits);
  if (read) return {"no error"};
  if (read.error().diagnostics.empty()) return {read.error().message};
  return first_lines(read.error().diagnostics, json);
}

struct Case {
  const char* name;
  std::string json;
  Lines expected;
};

/// A promotion whose first line is right; `more` begins the second.
inline std::string promotion(const std::string& more, const std::string& type = "MusterPromotion") {
  return R"({"@type": ")" + type +
         R"(", "id": "X", "name": "n", "pattern": [{"action": [{"actionType": "SMS"}], )"
         R"("criteriaGroup": [{"criteria": [{"criteriaParameter": "a", "criteriaOperator": "=", )"
         R"("criteriaValue": "1"}]}]}],)"
         "\n" +
         more + "}";
}

/// The same of one pattern: its keys begin the second line.
inline std::string pattern(const std::string& keys) {
  return "{\"id\": \"X\", \"name\": \"n\", \"pattern\": [{\n" + keys + "}]}";
}
inline const std::string kAction = R"("action": [{"actionType": "SMS"}])";

inline std::string criteria(const std::string& list) {
  return pattern(R"("action": [{"actionType": "SMS"}], "criteriaGroup": [{"criteria": [)"
                 "\n" +
                 list + "]}]");
}

/// A promotion as another system may write it.
inline std::string foreign(const std::string& criteria_group, const std::string& more = {}) {
  return R"({"id": "X", "name": "Foreign", "href": "http://x/1", "lastUpdate": "2026-01-01",
    "attachment": [{"url": "http://x/p.png"}], "@schemaLocation": "http://x/s", "@note": 1,)" +
         more + R"("pattern": [{"id": "1", "name": "n", "description": "d", "criteriaGroup": )" +
         criteria_group + R"(, "action": [{"actionType": "voice", "actionValue": "100"}]}]})";
}

inline std::string criterion(const std::string& parameter, const std::string& op,
                             const std::string& value) {
  return R"({"id": "c", "criteriaParameter": ")" + parameter + R"(", "criteriaOperator": ")" + op +
         R"(", "criteriaValue": ")" + value + R"("})";
}

inline std::string group(const std::vector<std::string>& criteria,
                         const std::string& relation = {}) {
  std::string list;
  for (const std::string& one : criteria) list += (list.empty() ? "" : ",") + one;
  return "{" +
         (relation.empty() ? "" : R"("criteriaLogicalRelationship": ")" + relation + R"(", )") +
         R"("groupName": "g", "criteria": [)" + list + "]}";
}

inline Policy read_one(const std::string& json) {
  const auto read = from_tmf671(json, two_channels());
  EXPECT_TRUE(read) << (read ? "" : read.error().message) << "\n" << json;
  return read && read->size() == 1 ? (*read)[0] : Policy();
}

}  // namespace muster::testing
