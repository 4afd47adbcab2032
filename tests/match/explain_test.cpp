#include "muster/match/explain.hpp"

#include <gtest/gtest.h>

#include <span>

namespace muster {
namespace {

class Explain : public testing::Test {
 protected:
  Schema schema = *Schema::make({
      {.name = "plan_fee", .type = TagType::number},
      {.name = "terminal", .type = TagType::category, .values = {"iPhone", "Huawei"}},
      {.name = "complained", .type = TagType::boolean, .nullable = true},
      {.name = "interests", .type = TagType::category_set, .values = {"video", "game"}},
      {.name = "contract_end", .type = TagType::date, .nullable = true},
  });
  Checker checker{schema};
  User user{schema};
  Date today = *parse_date("2026-01-01");

  Explain() {
    const std::string_view interests[] = {"video"};
    EXPECT_TRUE(user.set("plan_fee", 59));
    EXPECT_TRUE(user.set("terminal", "iPhone"));
    EXPECT_TRUE(user.set("interests", std::span(interests)));
    EXPECT_TRUE(user.set("contract_end", "2026-03-01"));
    EXPECT_TRUE(checker.define("loyal", "days_until(contract_end) > 30 AND NOT complained"));
  }
  std::string text(std::string_view rule) {
    const auto explained = explain(checker, rule, user, today);
    EXPECT_TRUE(explained) << rule;
    return explained ? to_text(*explained) : "";
  }
};

TEST_F(Explain, ShowsWhatHoldsForAMatch) {
  const auto explained = explain(checker, "plan_fee < 96 AND terminal = 'iPhone'", user, today);
  ASSERT_TRUE(explained);
  EXPECT_TRUE(explained->matches);
  ASSERT_EQ(explained->literals.size(), 2u);
  EXPECT_EQ(explained->literals[0].text, "plan_fee < 96");
  EXPECT_EQ(explained->literals[0].actual, "59");
  EXPECT_TRUE(explained->literals[0].holds);
  EXPECT_EQ(explained->literals[1].actual, "'iPhone'");
  EXPECT_EQ(explained->change.found, Verdict::yes);
  EXPECT_TRUE(explained->change.changes.empty());
  EXPECT_EQ(to_text(*explained),
            "matches\n"
            "  yes plan_fee < 96 (is 59)\n"
            "  yes terminal = 'iPhone' (is 'iPhone')\n");
}

TEST_F(Explain, ShowsWhatFailsAndWhatWouldHelp) {
  EXPECT_EQ(text("plan_fee = 96 AND (complained OR interests HAS ANY ('video')) AND "
                 "SEGMENT(loyal)"),
            "does not match\n"
            "  no  plan_fee = 96 (is 59)\n"
            "  no  complained (is NULL)\n"
            "  yes interests HAS ANY ('video') (is ('video'))\n"
            "  yes days_until(contract_end) >= 31 (is '2026-03-01', in 59 days)\n"
            "  no  NOT complained (is NULL)\n"
            "it would match with:\n"
            "  plan_fee = 96\n"
            "  NOT complained\n");
}

TEST_F(Explain, CountsDaysBothWays) {
  EXPECT_EQ(text("days_since(contract_end) BETWEEN 1 AND 3"),
            "does not match\n"
            "  no  days_since(contract_end) BETWEEN 1 AND 3 (is '2026-03-01', in 59 days)\n"
            "it would match with:\n"
            "  days_since(contract_end) BETWEEN 1 AND 3\n");
  today = *parse_date("2026-03-02");
  EXPECT_EQ(text("days_since(contract_end) BETWEEN 1 AND 3"),
            "matches\n"
            "  yes days_since(contract_end) BETWEEN 1 AND 3 (is '2026-03-01', 1 day ago)\n");
}

TEST_F(Explain, SaysWhenNothingHelps) {
  EXPECT_EQ(text("plan_fee < 1 AND plan_fee > 2"),
            "does not match\nno change of tags would make it match\n");
}

TEST_F(Explain, SaysWhenTheSearchGaveUp) {
  const std::string_view rule = "(plan_fee = 96 OR complained) AND (plan_fee = 3 OR complained)";
  const auto none = explain(checker, rule, user, today, {.max_steps = 0});
  ASSERT_TRUE(none);
  EXPECT_EQ(none->change.found, Verdict::unknown);
  EXPECT_NE(to_text(*none).find("no change that would make it match was found\n"),
            std::string::npos);
  Explanation rough;
  rough.change.found = Verdict::yes;
  rough.change.exact = false;
  rough.change.changes = {{TagId{2}, {}, "complained"}};
  EXPECT_EQ(to_text(rough), "does not match\nit would match, for one, with:\n  complained\n");
}

TEST_F(Explain, RefusesABadRule) {
  const auto explained = explain(checker, "plan_fe = 96", user, today);
  ASSERT_FALSE(explained);
  EXPECT_EQ(explained.error().code, Errc::unknown_tag);
}

}  // namespace
}  // namespace muster
