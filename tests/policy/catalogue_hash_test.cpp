#include <gtest/gtest.h>

#include <set>

#include "muster/policy/catalogue.hpp"
#include "policy/whole_catalogue.hpp"

namespace muster {
namespace {

std::uint64_t hash(const std::string& json) {
  const auto catalogue = Catalogue::from_json(json);
  EXPECT_TRUE(catalogue) << catalogue.error().message;
  return catalogue->content_hash();
}

/// The text with `from` in place of its only occurrence.
std::string edited(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  EXPECT_EQ(text.find(from, at + 1), std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

/// The text with the places of two parts exchanged.
std::string exchanged(const std::string& text, const std::string& a, const std::string& b) {
  return edited(edited(edited(text, a, "@"), b, a), "@", b);
}

TEST(ContentHash, KnowsNoLayout) {
  const std::string json = whole_catalogue();
  const std::uint64_t expected = hash(json);
  std::string spread;
  for (const char c : json)
    spread += c == '\n' ? std::string(" // comment\n\n  ") : std::string(1, c);
  EXPECT_EQ(hash(spread), expected);
  EXPECT_EQ(hash(edited(json, "\"cost\": 8,", "\"cost\": 8.00,")), expected);
  EXPECT_EQ(hash(edited(json, "\"two\"", "\"t\\u0077o\"")), expected);
  EXPECT_EQ(hash(exchanged(json, "\"value\": 120", "\"cost\": 30")), expected);
  EXPECT_EQ(hash(edited(json, R"("holdout": {"share": 0.02, "key": "2026"},)", "")),
            hash(edited(json, R"("share": 0.02, "key": "2026")", R"("share": 0, "key": "")")));
}

TEST(ContentHash, KnowsNoOrderOfPoliciesSegmentsAndTestUsers) {
  const std::string json = whole_catalogue();
  const std::uint64_t expected = hash(json);
  const std::size_t first = json.find("  {\"id\": \"P2\""), second = json.find("  {\"id\": \"P1\"");
  const std::string two = json.substr(first, second - 2 - first);
  const std::string one = json.substr(second, json.find("],\n\"contact") - second);
  EXPECT_EQ(hash(exchanged(json, one, two)), expected);
  EXPECT_EQ(hash(exchanged(json, "\"dear\": \"fee >= 96\"", "\"cheap\": \"fee < 30\"")), expected);
  EXPECT_EQ(hash(exchanged(json, "\"c1\"", "\"c2\"")), expected);
  EXPECT_EQ(hash(edited(json, "\"app\", \"shop\"]}]", "\"shop\", \"app\"]}]")), expected);
}

struct Edit {
  const char* from;
  const char* to;
};

constexpr Edit edits[] = {
    {"2026-11.1", "2026-11.2"},
    {"Asia/Shanghai", "Asia/Tokyo"},
    {"CNY", "EUR"},
    {"\"key\": \"id\"", "\"key\": \"user\""},
    {"套餐月费", "月费"},
    {"portrait", "application"},
    {"[\"Apple\", \"华为\"]", "[\"Apple\", \"华为\", \"x\"]"},
    {"fee >= 96", "fee >= 97"},
    {", \"cheap\": \"fee < 30\"", ""},
    {"营业厅", "厅"},
    {"\"kind\": \"digital\"", "\"kind\": \"own_shop\""},
    {"\"mode\": \"active\"", "\"mode\": \"cooperative\""},
    {"\"cost\": 8,", "\"cost\": 9,"},
    {"\"daily_capacity\": 500", "\"daily_capacity\": 501"},
    {"[\"mon\", \"tue\"]", "[\"mon\"]"},
    {"09:00", "09:01"},
    {"18:00", "18:01"},
    {"\"classes\": [\"sales\", \"retention\"]",
     "\"classes\": [\"retention\", \"sales\", \"service\"]"},
    {"brand = 'Apple'", "brand = '华为'"},
    {"\"own_shop\", \"digital\"]", "\"own_shop\", \"digital\", \"partner_shop\"]"},
    {"\"service\": []", "\"service\": [\"digital\"]"},
    {"\"P2\", \"name\": \"two\"", "\"P2\", \"name\": \"2\""},
    {"\"second\"", "\"2nd\""},
    {"SEGMENT(dear)", "SEGMENT(cheap)"},
    {"\"eligibility\": \"ok\"", "\"eligibility\": \"NOT ok\""},
    {"\"eligibility\": \"ok\",", ""},
    {"fee > 1\"", "fee > 1.5\""},
    {"fee > 2\"", "fee > 2.5\""},
    {"\"state\": \"test\"", "\"state\": \"released\""},
    {"\"class\": \"retention\", \"tier\"", "\"class\": \"sales\", \"tier\""},
    {"\"tier\": 2", "\"tier\": 3"},
    {"\"value\": 120", "\"value\": 121"},
    {"\"cost\": 30", "\"cost\": 31"},
    {"\"lever\": 1.2", "\"lever\": 1.3"},
    {"\"from\": \"2026-11-01\"", "\"from\": \"2026-11-02\""},
    {"\"until\": \"2026-12-31\"", "\"until\": \"2026-12-30\""},
    {"Europe/Berlin", "Asia/Tokyo"},
    {"\"quota\": 1000", "\"quota\": 1001"},
    {"50000", "50001"},
    {"\"deposit\", \"plan\"", "\"deposit\""},
    {"\"deposit\", \"plan\"", "\"depositplan\""},
    {"{fee}元", "{fee}块"},
    {"\"lever\": 1.1", "\"lever\": 1.0"},
    {"\"hello\"", "\"hi\""},
    {", \"channels\": [\"app\", \"shop\"]}]", "}]"},
    {"[\"app\", \"shop\"]}]", "[\"app\"]}]"},
    {"\"weekly\"", "\"week\""},
    {"\"most\": 2", "\"most\": 3"},
    {"\"per\": \"account\"", "\"per\": \"user\""},
    {"\"of\": \"channel\"", "\"of\": \"group\""},
    {"{\"weeks\": 1}", "{\"weeks\": 2}"},
    {"{\"weeks\": 1}", "{\"days\": 1}"},
    {",\n   \"channels\": [\"shop\"]}", "}"},
    {"\"after\": \"declined\"", "\"after\": \"expired\""},
    {"\"of\": \"policy\"", "\"of\": \"all\""},
    {"90}", "91}"},
    {"08:30", "08:31"},
    {"\"NOT ok\"", "\"ok\""},
    {"\"primary\": 4", "\"primary\": 3"},
    {"\"secondary\": 5", "\"secondary\": 6"},
    {"fee > 3\"", "fee > 4\""},
    {"\"weight\": 1.5", "\"weight\": 1.6"},
    {"\"policies\": [\"P1\"]", "\"policies\": [\"P2\"]"},
    {"\"policies\": [\"P1\"], ", ""},
    {"\"classes\": [\"sales\"]", "\"classes\": [\"service\"]"},
    {"fee > 200", "fee > 201"},
    {"\"preference\": 6", "\"preference\": 0"},
    {"\"response\": 7", "\"response\": 0"},
    {"8.5", "0"},
    {"\"preference\": 9", "\"preference\": 8"},
    {"\"response\": 10", "\"response\": 0"},
    {"\"cost\": 11", "\"cost\": 0"},
    {"0.25", "0.26"},
    {"\"policy\": \"P1\"", "\"policy\": \"P2\""},
    {"\"policy\": \"P1\", ", ""},
    {"\"channel\": \"app\"", "\"channel\": \"shop\""},
    {"\"channel\": \"shop\", ", ""},
    {"-2.5", "2.5"},
    {"\"category\": \"华为\"", "\"category\": \"Apple\""},
    {"\"coefficient\": 0.5", "\"coefficient\": 0.6"},
    {"0.125", "0"},
    {"{\"tag\": \"fee\"", "{\"tag\": \"ok\""},
    {"0.02", "0.05"},
    {"\"2026\"", "\"2027\""},
    {"\"wins\"", "\"win\""},
    {"\"rate\": \"success\"", "\"rate\": \"refusal\""},
    {"\"policies\": [\"P2\"]", "\"policies\": [\"P1\", \"P2\"]"},
    {"\"channels\": [\"app\"], ", ""},
    {"0.16", "0.17"},
    {"0.75", "0.5"},
    {"4.5", "5.5"},
    {"\"least\": 33", "\"least\": 34"},
    {"\"c2\", ", ""},
    {"[\"c2\"", "[\"c3\""},
};

TEST(ContentHash, EveryEditChangesIt) {
  const std::string json = whole_catalogue();
  std::set<std::uint64_t> seen{hash(json)};
  for (const auto& [from, to] : edits) {
    EXPECT_TRUE(seen.insert(hash(edited(json, from, to))).second) << from << " -> " << to;
  }
}

TEST(ContentHash, TheOrderOfChannelsCounts) {
  const std::string json = R"({"schema": {"tags": [{"name": "a", "type": "bool"}]}, "policies": [],
    "channels": [{"id": "x"}, {"id": "y"}]})";
  EXPECT_NE(hash(json), hash(exchanged(json, "\"x\"", "\"y\"")));
}

}  // namespace
}  // namespace muster
