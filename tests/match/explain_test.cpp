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
            "  yes  all of:\n"
            "  yes    plan_fee < 96 (is 59)\n"
            "  yes    terminal = 'iPhone' (is 'iPhone')\n");
}

TEST_F(Explain, ShowsWhatFailsAndWhatWouldHelp) {
  EXPECT_EQ(text("plan_fee = 96 AND (complained OR interests HAS ANY ('video')) AND "
                 "SEGMENT(loyal)"),
            "does not match\n"
            "  no   all of:\n"
            "  no     plan_fee = 96 (is 59)\n"
            "  yes    any of:\n"
            "  null     complained (is NULL)\n"
            "  yes      interests HAS ANY ('video') (is ('video'))\n"
            "  null   SEGMENT(loyal): all of:\n"
            "  yes      days_until(contract_end) > 30 (is '2026-03-01', in 59 days)\n"
            "  null     NOT complained (is NULL)\n"
            "it would match with:\n"
            "  plan_fee = 96\n"
            "  NOT complained\n");
}

TEST_F(Explain, CountsDaysBothWays) {
  EXPECT_EQ(text("days_since(contract_end) BETWEEN 1 AND 3"),
            "does not match\n"
            "  no   days_since(contract_end) BETWEEN 1 AND 3 (is '2026-03-01', in 59 days)\n"
            "it would match with:\n"
            "  days_since(contract_end) BETWEEN 1 AND 3\n");
  today = *parse_date("2026-03-02");
  EXPECT_EQ(text("days_since(contract_end) BETWEEN 1 AND 3"),
            "matches\n"
            "  yes  days_since(contract_end) BETWEEN 1 AND 3 (is '2026-03-01', 1 day ago)\n");
}

TEST_F(Explain, SaysWhenNothingHelps) {
  EXPECT_EQ(text("plan_fee < 1 AND plan_fee > 2"),
            "does not match\n"
            "  no   all of:\n"
            "  no     plan_fee < 1 (is 59)\n"
            "  yes    plan_fee > 2 (is 59)\n"
            "no change of tags would make it match\n");
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
  rough.change.changes = {{TagId{2}, {}, "complained", ""}};
  EXPECT_EQ(to_text(rough), "does not match\nit would match, for one, with:\n  complained\n");
}

TEST_F(Explain, OpensWhatIsNegated) {
  ASSERT_TRUE(checker.define("dear", "plan_fee >= 96"));
  EXPECT_EQ(text("NOT (plan_fee > 60 OR SEGMENT(loyal)) AND NOT (plan_fee > 50 AND complained) AND "
                 "NOT NOT SEGMENT(dear) AND NOT SEGMENT(dear) AND NOT plan_fee = 1 AND "
                 "(complained AND plan_fee > 1) IS NULL AND TRUE"),
            "does not match\n"
            "  no   all of:\n"
            "  null   none of:\n"
            "  no       plan_fee > 60 (is 59)\n"
            "  null     SEGMENT(loyal): all of:\n"
            "  yes        days_until(contract_end) > 30 (is '2026-03-01', in 59 days)\n"
            "  null       NOT complained (is NULL)\n"
            "  null   not all of:\n"
            "  yes      plan_fee > 50 (is 59)\n"
            "  null     complained (is NULL)\n"
            "  no     SEGMENT(dear): plan_fee >= 96 (is 59)\n"
            "  yes    NOT SEGMENT(dear):\n"
            "  no       plan_fee >= 96 (is 59)\n"
            "  yes    NOT plan_fee = 1 (is 59)\n"
            "  yes    (complained AND plan_fee > 1) IS NULL (complained is NULL, plan_fee is 59)\n"
            "  yes    TRUE\n"
            "no change of tags would make it match\n");
}

TEST_F(Explain, KeepsThePartsAsATree) {
  const auto explained = explain(checker, "plan_fee = 96 OR NOT SEGMENT(loyal)", user, today);
  ASSERT_TRUE(explained);
  using Kind = ExplainedPart::Kind;
  struct Part {
    Kind kind;
    bool negated;
    std::uint32_t depth;
    std::optional<bool> truth;
    const char* text;
  };
  const Part expected[] = {
      {Kind::any_of, false, 0, std::nullopt, "plan_fee = 96 OR NOT SEGMENT(loyal)"},
      {Kind::condition, false, 1, false, "plan_fee = 96"},
      {Kind::segment, true, 1, std::nullopt, "SEGMENT(loyal)"},
      {Kind::all_of, false, 2, std::nullopt, "days_until(contract_end) > 30 AND NOT complained"},
      {Kind::condition, false, 3, true, "days_until(contract_end) > 30"},
      {Kind::condition, false, 3, std::nullopt, "NOT complained"},
  };
  ASSERT_EQ(explained->parts.size(), std::size(expected));
  for (std::size_t i = 0; i < std::size(expected); ++i) {
    const ExplainedPart& part = explained->parts[i];
    EXPECT_EQ(part.kind, expected[i].kind) << i;
    EXPECT_EQ(part.negated, expected[i].negated) << i;
    EXPECT_EQ(part.depth, expected[i].depth) << i;
    EXPECT_EQ(part.truth, expected[i].truth) << i;
    EXPECT_EQ(part.text, expected[i].text) << i;
  }
}

TEST_F(Explain, SaysWhereEveryUserMatches) {
  EXPECT_EQ(text("plan_fee < 96 OR plan_fee >= 96"),
            "matches\n"
            "  yes  any of:\n"
            "  yes    plan_fee < 96 (is 59)\n"
            "  no     plan_fee >= 96 (is 59)\n");
  EXPECT_EQ(text("TRUE"), "matches\n  yes  TRUE\n");
}

class ExplainDerived : public testing::Test {
 protected:
  Schema schema = *Schema::make({
      {.name = "monthly", .type = TagType::number},
      {.name = "total", .type = TagType::number, .nullable = true},
      {.name = "tenure", .type = TagType::number},
      {.name = "average", .type = TagType::number, .derived = "total / tenure"},
      {.name = "growth", .type = TagType::number, .derived = "monthly - total / tenure"},
      {.name = "nothing", .type = TagType::number, .derived = "monthly - monthly"},
  });
  Checker checker{schema};
  User user{schema};

  ExplainDerived() {
    EXPECT_TRUE(user.set("monthly", 90.25));
    EXPECT_TRUE(user.set("total", 3838.75));
    EXPECT_TRUE(user.set("tenure", 43));
  }
  std::string text(std::string_view rule) {
    const auto explained = explain(checker, rule, user, Date{});
    EXPECT_TRUE(explained) << rule;
    return explained ? to_text(*explained) : "";
  }
};

TEST_F(ExplainDerived, SaysWhatItIsWorkedOutFrom) {
  EXPECT_EQ(text("growth >= 5"),
            "does not match\n"
            "  no   growth >= 5 (is 0.977)\n"
            "it would match with:\n"
            "  growth >= 5 (worked out from monthly - total / tenure)\n"
            "for example with monthly = 95\n");
  EXPECT_EQ(text("monthly >= 95 AND growth < 2"),
            "does not match\n"
            "  no   all of:\n"
            "  no     monthly >= 95 (is 90.25)\n"
            "  yes    growth < 2 (is 0.977)\n"
            "it would match, for one, with:\n"
            "  monthly >= 95\n"
            "  growth < 2 (worked out from monthly - total / tenure)\n"
            "for example with monthly = 95, total = 4000\n");
}

TEST_F(ExplainDerived, SaysWhereItMayNotSuffice) {
  EXPECT_EQ(text("nothing > 1"),
            "does not match\n"
            "  no   nothing > 1 (is 0)\n"
            "it might match with:\n"
            "  nothing > 1 (worked out from monthly - monthly)\n"
            "it may not suffice: tags that are worked out from others change with those, and no\n"
            "values of these were found that give it\n");
  EXPECT_EQ(text("total IS NULL AND average > 5"),
            "does not match\n"
            "  no   all of:\n"
            "  no     total IS NULL (is 3838.75)\n"
            "  yes    average > 5 (is 89.273)\n"
            "no change of tags would make it match\n");
}

TEST_F(ExplainDerived, RoundsOnlyWhatLooksTheSame) {
  EXPECT_TRUE(user.set("monthly", 9.9999));
  EXPECT_NE(text("monthly >= 10").find("monthly >= 10 (is 9.9999)"), std::string::npos);
  EXPECT_NE(text("monthly >= 11").find("monthly >= 11 (is 10)"), std::string::npos);
  const auto explained = explain(checker, "monthly >= 11", user, Date{});
  EXPECT_EQ(explained->literals[0].actual, "9.9999");
}

TEST_F(Explain, RefusesABadRule) {
  const auto explained = explain(checker, "plan_fe = 96", user, today);
  ASSERT_FALSE(explained);
  EXPECT_EQ(explained.error().code, Errc::unknown_tag);
}

TEST_F(Explain, RefusesAUserOfAnotherSchema) {
  const User other(*Schema::make({{.name = "plan_fee", .type = TagType::number}}));
  const auto explained = explain(checker, "plan_fee = 96", other, today);
  ASSERT_FALSE(explained);
  EXPECT_EQ(explained.error().code, Errc::schema_mismatch);
  EXPECT_EQ(explained.error().message, "the user is of another schema than the rule");
}

}  // namespace
}  // namespace muster
