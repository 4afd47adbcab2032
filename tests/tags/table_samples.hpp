#pragma once

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "muster/tags/user_table.hpp"

namespace muster::testing_samples {

/// A tag of each type, nullable and not, and a derived one.
inline Schema schema(const std::string& key = "id") {
  std::string json = R"({"tags": [
    {"name": "five_g", "type": "bool"},
    {"name": "complained", "type": "bool", "nullable": true},
    {"name": "terminal", "type": "category", "values": ["iPhone", "华为", "Nokia"]},
    {"name": "city", "type": "category", "values": ["上海", "广州"], "nullable": true},
    {"name": "interests", "type": "set", "values": ["video", "game", "music"]},
    {"name": "channels", "type": "set", "values": ["app", "sms"], "nullable": true},
    {"name": "fee", "type": "number"},
    {"name": "used", "type": "number", "nullable": true},
    {"name": "since", "type": "date"},
    {"name": "end", "type": "date", "nullable": true},
    {"name": "ratio", "type": "number", "derived": "used / fee"}], "key": ")";
  return *Schema::from_json(json.append(key).append("\"}"));
}

/// How a call went, as text.
template <class T>
std::string refusal(const Result<T>& result) {
  return result ? "done" : std::string(name(result.error().code)) + ": " + result.error().message;
}

/// Cells of one user as text, for comparing whole tables.
inline std::string text(const Schema& schema, const UserView& user) {
  struct Writer {
    std::string operator()(std::monostate) const { return "NULL"; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(Number number) const {
      std::string out = std::to_string(number.to_double());
      if (number.beyond_double()) out.append("+").append(std::to_string(number.rest()));
      return out;
    }
    std::string operator()(Date date) const { return to_string(date); }
    std::string operator()(CategoryCode code) const {
      return std::string(1, '#').append(std::to_string(static_cast<int>(code)));
    }
    std::string operator()(std::span<const CategoryCode> codes) const {
      std::string out = "{";
      for (const CategoryCode code : codes) out.append((*this)(code));
      return out.append("}");
    }
  };
  std::string out;
  for (std::size_t i = 0; i < schema.size(); ++i) {
    const Cell cell = value_of(schema, user, TagId{static_cast<std::uint16_t>(i)});
    if (i != 0) out.append(" ");
    out.append(std::visit(Writer(), cell));
  }
  return out;
}

inline std::string text(const UserTable& table) {
  std::string out, buffer;
  for (UserIndex i = 0; i < table.size(); ++i) {
    out.append(table.key(i, buffer)).append(": ");
    out.append(text(table.schema(), table.row(i))).append("\n");
  }
  return out;
}

/// A user with something in every tag that must have it, and `null` in none or all others.
inline User user(const Schema& schema, bool nulls = false) {
  User user(schema);
  EXPECT_TRUE(user.set("five_g", true));
  EXPECT_TRUE(user.set("terminal", "华为"));
  EXPECT_TRUE(user.set("interests", {"music", "video"}));
  EXPECT_TRUE(user.set("fee", 96));
  EXPECT_TRUE(user.set("since", "2020-02-29"));
  if (nulls) return user;
  EXPECT_TRUE(user.set("complained", false));
  EXPECT_TRUE(user.set("city", "广州"));
  EXPECT_TRUE(user.set("channels", {"sms"}));
  EXPECT_TRUE(user.set("used", 48.5));
  EXPECT_TRUE(user.set("end", "2026-12-31"));
  return user;
}

/// Any user: each nullable tag is NULL once in five times, numbers are few so that they meet.
inline User random_user(const Schema& schema, std::mt19937_64& random) {
  User user(schema);
  for (const Tag& tag : schema.tags()) {
    if (!tag.derived.empty() || (tag.nullable && random() % 5 == 0)) continue;
    switch (tag.type) {
      case TagType::boolean:
        EXPECT_TRUE(user.set(tag.name, random() % 2 == 0));
        break;
      case TagType::category:
        EXPECT_TRUE(user.set(tag.name, std::string_view(tag.values[random() % tag.values.size()])));
        break;
      case TagType::category_set: {
        std::vector<std::string_view> members;
        for (const std::string& value : tag.values) {
          if (random() % 3 == 0) members.push_back(value);
        }
        EXPECT_TRUE(user.set(tag.name, members));
        break;
      }
      case TagType::number:
        if (random() % 4 == 0) {
          EXPECT_TRUE(user.set(tag.name, static_cast<double>(random() % 41) / 4 - 2));
        } else {
          EXPECT_TRUE(user.set(tag.name, static_cast<std::int64_t>(random() % 10)));
        }
        break;
      case TagType::date:
        EXPECT_TRUE(user.set(tag.name, Date{static_cast<std::int32_t>(random() % 40)}));
        break;
    }
  }
  return user;
}

}  // namespace muster::testing_samples
