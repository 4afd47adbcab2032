#include "muster/rules/check.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "rules/telco_checker.hpp"

namespace muster {
namespace {

using telco_world::telco_checker;
using telco_world::telco_schema;

struct Case {
  const char* rule;
  const char* formula;
};

void expect_formulas(std::initializer_list<Case> cases) {
  Checker checker = telco_checker();
  for (const Case& c : cases) {
    const auto checked = checker.check(c.rule);
    ASSERT_TRUE(checked) << c.rule << ": " << checked.error().message;
    EXPECT_EQ(to_text(checked->formula, checker), c.formula) << c.rule;
    // What is printed means the same.
    const auto again = checker.check(to_text(checked->formula, checker));
    ASSERT_TRUE(again) << c.rule << ": " << again.error().message;
    EXPECT_EQ(to_text(again->formula, checker), c.formula) << c.rule;
  }
}

TEST(Check, Booleans) {
  expect_formulas({
      {"vip", "vip"},
      {"NOT vip", "NOT vip"},
      {"vip = TRUE", "vip"},
      {"vip = FALSE", "NOT vip"},
      {"vip <> TRUE", "NOT vip"},
      {"vip <> FALSE", "vip"},
      {"vip IN (TRUE)", "vip"},
      {"vip NOT IN (TRUE, FALSE)", "FALSE"},
      {"vip IS TRUE", "vip"},
      {"vip IS NOT TRUE", "NOT vip"},
      {"vip IS NULL", "FALSE"},
      {"vip IS NOT NULL", "TRUE"},
      {"complained IS NULL", "complained IS NULL"},
      {"complained IS NOT NULL", "complained IS NOT NULL"},
      {"complained IS NOT TRUE", "complained IS NOT TRUE"},
      {"complained IS NOT FALSE", "complained IS NOT FALSE"},
      {"complained IS FALSE", "NOT complained"},
      {"NOT complained", "NOT complained"},
      {"NOT NOT complained", "complained"},
      {"NOT (complained IS TRUE)", "complained IS NOT TRUE"},
      {"complained = NULL", "FALSE"},
      {"complained = NULL IS NULL", "TRUE"},
  });
}

TEST(Check, Categories) {
  expect_formulas({
      {"terminal = 'vivo'", "terminal = 'vivo'"},
      {"'vivo' = terminal", "terminal = 'vivo'"},
      {"terminal <> 'vivo'", "terminal <> 'vivo'"},
      {"NOT terminal = 'vivo'", "terminal <> 'vivo'"},
      {"terminal IN ('vivo', 'Honor', 'vivo')", "terminal IN ('Honor', 'vivo')"},
      {"terminal NOT IN ('vivo')", "terminal <> 'vivo'"},
      {"terminal IN ('vivo', NULL)", "terminal = 'vivo'"},
      {"terminal NOT IN ('vivo', NULL)", "FALSE"},
      {"terminal NOT IN ('vivo', NULL) IS NOT TRUE", "TRUE"},
      {"terminal NOT IN ('vivo', NULL) IS NOT FALSE", "terminal <> 'vivo'"},
      {"terminal LIKE 'Ho%'", "terminal = 'Honor'"},
      {"terminal LIKE 'H%'", "terminal IN ('Huawei', 'Honor')"},
      {"terminal NOT LIKE 'H%'", "terminal IN ('iPhone', 'vivo')"},
      {"terminal LIKE '%'", "TRUE"},
      {"city = '北京' IS NOT TRUE", "city = '上海' OR city IS NULL"},
      {"terminal = 'vivo' OR terminal = 'Honor'", "terminal IN ('Honor', 'vivo')"},
      {"terminal = 'vivo' AND terminal = 'Honor'", "FALSE"},
      {"terminal = 'vivo' OR vip OR terminal <> 'vivo'", "TRUE"},
  });
}

TEST(Check, Sets) {
  expect_formulas({
      {"interests HAS ANY ('video', 'game')", "interests HAS ANY ('video', 'game')"},
      {"interests HAS ALL ('video')", "interests HAS ANY ('video')"},
      {"interests HAS ALL ('video', 'game', 'video')",
       "interests HAS ANY ('video') AND interests HAS ANY ('game')"},
      {"NOT interests HAS ANY ('video', 'game')", "NOT interests HAS ANY ('video', 'game')"},
      {"NOT interests HAS ALL ('video', 'game')",
       "NOT interests HAS ANY ('video') OR NOT interests HAS ANY ('game')"},
      {"likes HAS ANY ('a') IS NOT TRUE", "NOT likes HAS ANY ('a') OR likes IS NULL"},
      {"likes IS NULL", "likes IS NULL"},
      {"likes HAS ANY ('a') AND likes IS NOT NULL", "likes HAS ANY ('a')"},
      {"likes HAS ANY ('a') AND likes HAS ANY ('a', 'b')", "likes HAS ANY ('a')"},
      {"likes HAS ANY ('a') AND likes IS NULL", "FALSE"},
      {"interests HAS ANY ('video', 'game') AND vip AND NOT interests HAS ANY ('game') "
       "AND NOT interests HAS ANY ('video')",
       "FALSE"},
  });
}

TEST(Check, Numbers) {
  expect_formulas({
      {"plan_fee = 96", "plan_fee = 96"},
      {"96 <= plan_fee", "plan_fee >= 96"},
      {"NOT plan_fee < 96", "plan_fee >= 96"},
      {"NOT plan_fee <= 96", "plan_fee > 96"},
      {"plan_fee <> 96.0", "plan_fee <> 96"},
      {"plan_fee IN (1, 2.5, 1.0)", "plan_fee IN (1, 2.5)"},
      {"plan_fee NOT IN (1, 2.5)", "plan_fee NOT IN (1, 2.5)"},
      {"plan_fee BETWEEN 30 AND 60", "plan_fee BETWEEN 30 AND 60"},
      {"plan_fee NOT BETWEEN 30 AND 60", "plan_fee < 30 OR plan_fee > 60"},
      {"plan_fee BETWEEN 60 AND 30", "FALSE"},
      {"plan_fee BETWEEN NULL AND 3", "FALSE"},
      {"plan_fee NOT BETWEEN NULL AND 3", "plan_fee > 3"},
      {"plan_fee NOT BETWEEN 1 AND NULL", "plan_fee < 1"},
      {"plan_fee BETWEEN NULL AND 3 IS NULL", "plan_fee <= 3"},
      {"plan_fee BETWEEN NULL AND NULL IS NULL", "TRUE"},
      {"plan_fee IN (NULL)", "FALSE"},
      {"plan_fee >= 30 AND vip AND plan_fee < 60", "plan_fee >= 30 AND plan_fee < 60 AND vip"},
      {"plan_fee < 1 AND plan_fee > 2 OR vip", "vip"},
      {"plan_fee < 1 OR plan_fee >= 1", "TRUE"},
      {"arpu < 1 OR arpu >= 1", "arpu IS NOT NULL"},
      {"arpu < 1 OR arpu >= 1 OR arpu IS NULL", "TRUE"},
      {"plan_fee > 9007199254740992 AND plan_fee < 9007199254740994",
       "plan_fee = 9007199254740993"},
      {"plan_fee = 9223372036854775807", "plan_fee = 9223372036854775807"},
      {"plan_fee = -9223372036854775808", "plan_fee = -9223372036854775808"},
      {"plan_fee > 1e308", "plan_fee > 1e+308"},
  });
}

TEST(Check, Dates) {
  expect_formulas({
      {"joined = '2024-02-29'", "joined = '2024-02-29'"},
      {"joined >= DATE '2024-02-29'", "joined >= '2024-02-29'"},
      {"joined > '2024-02-28'", "joined >= '2024-02-29'"},
      {"joined < '2024-02-29'", "joined <= '2024-02-28'"},
      {"joined BETWEEN '2024-01-01' AND '2024-12-31'",
       "joined BETWEEN '2024-01-01' AND '2024-12-31'"},
      {"joined IN ('2024-01-01', '2024-01-02', '2024-03-01')",
       "joined = '2024-03-01' OR joined BETWEEN '2024-01-01' AND '2024-01-02'"},
      {"days_until(contract_end) <= 60", "days_until(contract_end) <= 60"},
      {"days_until(contract_end) < 60.5", "days_until(contract_end) <= 60"},
      {"days_until(contract_end) > 5 AND days_until(contract_end) < 6", "FALSE"},
      {"days_until(contract_end) = 0.5", "FALSE"},
      {"days_until(contract_end) <> 0.5", "contract_end IS NOT NULL"},
      {"days_since(contract_end) >= 30", "days_since(contract_end) >= 30"},
      {"days_since(contract_end) < 30", "days_since(contract_end) <= 29"},
      {"days_since(contract_end) = -7", "days_until(contract_end) = 7"},
      {"days_since(contract_end) BETWEEN 30 AND 60", "days_since(contract_end) BETWEEN 30 AND 60"},
      {"days_since(contract_end) BETWEEN NULL AND 60 IS FALSE", "days_since(contract_end) >= 61"},
      {"days_since(contract_end) IN (1, 3)", "days_since(contract_end) IN (1, 3)"},
      {"days_until(contract_end) IS NULL", "contract_end IS NULL"},
      {"days_until(contract_end) <= 60 AND contract_end IS NOT NULL",
       "days_until(contract_end) <= 60"},
      {"days_until(contract_end) <= 60 AND contract_end > '2026-01-01'",
       "days_until(contract_end) <= 60 AND contract_end >= '2026-01-02'"},
      {"joined >= '0001-01-01'", "TRUE"},
      {"joined > '9999-12-31'", "FALSE"},
      {"days_until(joined) < 1e300", "TRUE"},
  });
}

TEST(Check, ThreeValuedLogicIsSpent) {
  expect_formulas({
      {"NOT (vip AND arpu > 1)", "NOT vip OR arpu <= 1"},
      {"NOT (vip OR arpu > 1)", "NOT vip AND arpu <= 1"},
      {"(vip AND arpu > 1) IS NOT TRUE", "NOT vip OR arpu <= 1 OR arpu IS NULL"},
      {"(vip AND arpu > 1) IS NOT FALSE", "vip AND (arpu > 1 OR arpu IS NULL)"},
      {"(vip AND arpu > 1) IS FALSE", "NOT vip OR arpu <= 1"},
      {"NOT ((vip AND arpu > 1) IS FALSE)", "vip AND (arpu > 1 OR arpu IS NULL)"},
      {"(vip AND arpu > 1) IS NULL",
       "vip AND (arpu > 1 OR arpu IS NULL) AND (NOT vip OR arpu <= 1 OR arpu IS NULL)"},
      {"(vip AND arpu > 1) IS NOT NULL", "NOT vip OR arpu <= 1 OR vip AND arpu > 1"},
      {"((vip AND arpu > 1) IS NULL) IS NULL", "FALSE"},
      {"(vip IS NULL) IS NOT NULL", "TRUE"},
      {"TRUE", "TRUE"},
      {"FALSE OR vip", "vip"},
      {"NULL", "FALSE"},
      {"NOT NULL", "FALSE"},
      {"NULL IS NULL", "TRUE"},
      {"(NULL AND vip) IS NULL", "vip"},
      {"(NULL OR vip) IS NOT TRUE", "NOT vip"},
      {"TRUE IS NOT FALSE", "TRUE"},
  });
}

TEST(Check, Simplification) {
  expect_formulas({
      {"vip AND (complained AND plan_fee = 1)", "vip AND complained AND plan_fee = 1"},
      {"NOT (NOT vip OR (complained OR plan_fee = 1))", "vip AND NOT complained AND plan_fee <> 1"},
      {"vip AND vip", "vip"},
      {"vip OR complained OR vip", "vip OR complained"},
      {"vip AND NOT vip", "FALSE"},
      {"vip OR NOT vip", "TRUE"},
      {"complained OR NOT complained", "complained IS NOT NULL"},
      {"vip AND (plan_fee = 1 OR (complained AND NOT complained))", "vip AND plan_fee = 1"},
      {"(vip OR plan_fee > 3) AND (plan_fee > 5 OR TRUE)", "vip OR plan_fee > 3"},
  });
}

TEST(Check, Segments) {
  expect_formulas({
      {"SEGMENT(heavy)", "SEGMENT(heavy)"},
      {"vip AND NOT SEGMENT(heavy)", "vip AND NOT SEGMENT(heavy)"},
      {"SEGMENT(heavy) AND vip AND SEGMENT(heavy)", "SEGMENT(heavy) AND vip"},
      {"SEGMENT(heavy) AND vip AND NOT SEGMENT(heavy)", "FALSE"},
      {"SEGMENT(heavy) OR NOT SEGMENT(heavy)", "SEGMENT(heavy) OR NOT SEGMENT(heavy)"},
      {"SEGMENT(heavy) IS NOT TRUE", "(arpu <= 100 OR arpu IS NULL) AND NOT vip"},
      {"SEGMENT(heavy) IS NOT FALSE", "arpu > 100 OR arpu IS NULL OR vip"},
      {"SEGMENT(both) IS NOT TRUE",
       "(arpu <= 100 OR arpu IS NULL) AND NOT vip OR complained IS NOT FALSE"},
      {"SEGMENT(heavy) IS NULL",
       "(arpu > 100 OR arpu IS NULL OR vip) AND (arpu <= 100 OR arpu IS NULL) AND NOT vip"},
      {"SEGMENT(nobody) OR vip", "vip"},
      {"NOT SEGMENT(nobody)", "TRUE"},
  });
}

TEST(Check, SegmentsAreSpeltOut) {
  Checker checker = telco_checker();
  const Case cases[] = {
      {"SEGMENT(both)", "(arpu > 100 OR vip) AND NOT complained"},
      {"NOT SEGMENT(both)", "arpu <= 100 AND NOT vip OR complained"},
      {"SEGMENT(quiet) AND complained", "FALSE"},
      {"SEGMENT(heavy) OR plan_fee = 1", "arpu > 100 OR vip OR plan_fee = 1"},
  };
  for (const Case& c : cases) {
    const auto checked = checker.check(c.rule);
    ASSERT_TRUE(checked);
    const auto spelt = checker.spell_out(checked->formula);
    ASSERT_TRUE(spelt);
    EXPECT_EQ(to_text(*spelt, checker), c.formula);
  }
}

TEST(Check, EqualPartsShareAPredicate) {
  Checker checker = telco_checker();
  for (const char* rule : {"joined > '2024-01-01'", "joined >= '2024-01-02'",
                           "NOT joined <= DATE '2024-01-01'", "joined >= '2024-01-02' AND TRUE"}) {
    const auto checked = checker.check(rule);
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->formula.nodes.at(0).id, 0u) << rule;
  }
  EXPECT_EQ(checker.predicates().size(), 1u);
}

TEST(Check, TreesFromCodeAreCheckedToo) {
  Checker checker = telco_checker();
  Expr nan;
  nan.push_leaf(Expr::Op::tag, "plan_fee");
  nan.push_number(std::numeric_limits<double>::quiet_NaN());
  nan.push_operator(Expr::Op::lt, 2);
  const auto checked = checker.check(nan);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, Errc::bad_number);
  EXPECT_EQ(checked.error().message, "NaN can not be compared with; IS NULL tests for it");

  Expr infinite;
  infinite.push_leaf(Expr::Op::tag, "plan_fee");
  infinite.push_number(std::numeric_limits<double>::infinity());
  infinite.push_operator(Expr::Op::le, 2);
  EXPECT_TRUE(checker.check(infinite)->formula.is_always());

  Expr constant;
  constant.push_integer(5);
  const auto value = checker.check(constant);
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().message, "a condition is needed here, not a value");

  Expr sides;
  sides.push_integer(5);
  sides.push_integer(5);
  sides.push_operator(Expr::Op::eq, 2);
  const auto no_tag = checker.check(sides);
  ASSERT_FALSE(no_tag);
  EXPECT_EQ(no_tag.error().message, "a tag is needed here");

  const auto empty = checker.check(Expr());
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().message, "the rule is empty");
}

TEST(Check, DepthIsLimited) {
  Limits limits;
  limits.max_rule_depth = 3;
  Checker checker(telco_schema(), limits);
  const auto nested = [](int levels) {
    Expr expr;
    expr.push_leaf(Expr::Op::tag, "vip");
    for (int i = 0; i < levels; ++i) expr.push_operator(Expr::Op::logical_not, 1);
    return expr;
  };
  EXPECT_TRUE(checker.check(nested(3)));
  const auto deep = checker.check(nested(4));
  ASSERT_FALSE(deep);
  EXPECT_EQ(deep.error().code, Errc::limit);
  EXPECT_EQ(deep.error().message, "the rule is nested more than max_rule_depth = 3 levels deep");
  ASSERT_TRUE(checker.define("nested", nested(2)));
  EXPECT_TRUE(checker.check("NOT SEGMENT(nested)"));
  EXPECT_FALSE(checker.check("NOT (vip OR SEGMENT(nested))"));
}

TEST(Check, DeepTreesDoNotOverflowTheStack) {
  Limits limits;
  limits.max_rule_depth = 10'000'000;
  limits.max_rule_literals = 10'000'000;
  Checker checker(telco_schema(), limits);
  Expr expr;
  expr.push_leaf(Expr::Op::tag, "vip");
  for (int i = 0; i < 100'000; ++i) {
    expr.push_operator(Expr::Op::is_true, 1);
    expr.push_leaf(Expr::Op::tag, "plan_fee");
    expr.push_integer(i);
    expr.push_operator(i % 2 ? Expr::Op::lt : Expr::Op::ge, 2);
    expr.push_operator(i % 2 ? Expr::Op::logical_or : Expr::Op::logical_and, 2);
  }
  const auto checked = checker.check(expr);
  ASSERT_TRUE(checked);
  EXPECT_GT(checked->formula.nodes.size(), 100'000u);
}

TEST(Check, LiteralsAreCountedWithSegmentsSpeltOut) {
  Limits limits;
  limits.max_rule_literals = 4;
  Checker checker(telco_schema(), limits);
  ASSERT_TRUE(checker.define("two", "vip OR complained"));
  EXPECT_TRUE(checker.check("SEGMENT(two) AND plan_fee = 1 AND arpu = 1"));
  const auto five = checker.check("SEGMENT(two) AND SEGMENT(two) AND plan_fee = 1");
  ASSERT_FALSE(five);
  EXPECT_EQ(five.error().code, Errc::limit);
  EXPECT_EQ(five.error().message,
            "with its segments spelt out the rule has more than max_rule_literals = 4 comparisons");
}

TEST(Check, DoublingByNullTestsIsLimited) {
  Checker checker(telco_schema());
  std::string rule = "arpu > 1";
  for (int i = 0; i < 40; ++i) rule = "(complained AND " + rule + ") IS NULL OR complained";
  const auto checked = checker.check(rule);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, Errc::limit);
}

}  // namespace
}  // namespace muster
