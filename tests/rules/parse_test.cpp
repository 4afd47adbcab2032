#include <gtest/gtest.h>

#include <limits>

#include "muster/rules/expr.hpp"
#include "rules/dump.hpp"

namespace muster {
namespace {

std::string parsed(std::string_view text) {
  const Result<Expr> expr = parse(text);
  return expr ? dump(*expr) : "error: " + expr.error().message;
}

struct Case {
  const char* text;
  const char* tree;
};

void expect_trees(std::initializer_list<Case> cases) {
  for (const Case& c : cases) EXPECT_EQ(parsed(c.text), c.tree) << c.text;
}

TEST(Parse, ReadsTheRuleOfTheDesign) {
  expect_trees(
      {{"plan_fee = 96 AND arpu_3m BETWEEN 80 AND 120\n"
        "  AND terminal IN ('iPhone', 'Huawei') AND NOT complained_90d\n"
        "  AND days_until(contract_end) <= 60\n"
        "  AND interests HAS ANY ('video', 'game') AND SEGMENT(high_value)",
        "(and (eq plan_fee 96) (between arpu_3m 80 120)"
        " (in terminal 'iPhone' 'Huawei') (not complained_90d)"
        " (le (days_until contract_end) 60)"
        " (has_any interests 'video' 'game') (segment high_value))"}});
}

TEST(Parse, ReadsEveryConstruct) {
  expect_trees({{"a", "a"},
                {"a = 1", "(eq a 1)"},
                {"a <> 1", "(ne a 1)"},
                {"a != 1", "(ne a 1)"},
                {"a < 1", "(lt a 1)"},
                {"a <= 1", "(le a 1)"},
                {"a > 1", "(gt a 1)"},
                {"a >= 1", "(ge a 1)"},
                {"a IN (1)", "(in a 1)"},
                {"a NOT IN (1, NULL)", "(not_in a 1 null)"},
                {"a BETWEEN 1 AND 2", "(between a 1 2)"},
                {"a NOT BETWEEN 1 AND 2", "(not_between a 1 2)"},
                {"a LIKE 'x%'", "(like a 'x%')"},
                {"a NOT LIKE '%'", "(not_like a '%')"},
                {"a HAS ANY ('x')", "(has_any a 'x')"},
                {"a HAS ALL ('x', 'y')", "(has_all a 'x' 'y')"},
                {"a IS NULL", "(is_null a)"},
                {"a IS NOT NULL", "(is_not_null a)"},
                {"a IS TRUE", "(is_true a)"},
                {"a IS NOT TRUE", "(is_not_true a)"},
                {"a IS FALSE", "(is_false a)"},
                {"a IS NOT FALSE", "(is_not_false a)"},
                {"days_since(a) > 1", "(gt (days_since a) 1)"},
                {"days_until(a) IN (1, 2)", "(in (days_until a) 1 2)"},
                {"days_until(a) IS NULL", "(is_null (days_until a))"},
                {"SEGMENT(a)", "(segment a)"},
                {"SEGMENT(\"a b\")", "(segment a b)"},
                {"NOT a", "(not a)"},
                {"a AND b", "(and a b)"},
                {"a OR b", "(or a b)"},
                {"TRUE", "true"},
                {"FALSE", "false"},
                {"NULL", "null"}});
}

TEST(Parse, ReadsConstants) {
  expect_trees({{"a = -5", "(eq a -5)"},
                {"a = - 5", "(eq a -5)"},
                {"a = +5", "(eq a 5)"},
                {"a = 007", "(eq a 7)"},
                {"a = 1.5", "(eq a 1.500000)"},
                {"a = -.5", "(eq a -0.500000)"},
                {"a = 2.", "(eq a 2.000000)"},
                {"a = 1e3", "(eq a 1000.000000)"},
                {"a = 1E-2", "(eq a 0.010000)"},
                {"a = -0.0", "(eq a -0.000000)"},
                {"a = 9223372036854775807", "(eq a 9223372036854775807)"},
                {"a = -9223372036854775808", "(eq a -9223372036854775808)"},
                {"a = -0009223372036854775808", "(eq a -9223372036854775808)"},
                {"a = 9223372036854775808.0", "(eq a 9223372036854775808.000000)"},
                {"a = 'it''s'", "(eq a 'it's')"},
                {"a = ''", "(eq a '')"},
                {"a = '苹果'", "(eq a '苹果')"},
                {"a = DATE '2024-02-29'", "(eq a d'2024-02-29')"},
                {"a = true", "(eq a true)"},
                {"a = NULL", "(eq a null)"}});
}

TEST(Parse, ReadsNames) {
  expect_trees({{"套餐月费 = 96", "(eq 套餐月费 96)"},
                {"\"plan fee\" = 96", "(eq plan fee 96)"},
                {"\"a\"\"b\"", "a\"b"},
                {"\"AND\" AND \"in\" IN (1)", "(and AND (in in 1))"},
                {"Android AND inner AND nothing AND dates", "(and Android inner nothing dates)"},
                {"_x1", "_x1"},
                {"select", "select"}});
}

TEST(Parse, KeywordsHaveNoCase) {
  expect_trees({{"not a And b oR c iS nOt nUlL", "(or (and (not a) b) (is_not_null c))"},
                {"a Between 1 aND 2 or b hAs aNy ('x')", "(or (between a 1 2) (has_any b 'x'))"},
                {"Days_Since(a) > 1 or segment(b)", "(or (gt (days_since a) 1) (segment b))"},
                {"a >= date '2024-01-01'", "(ge a d'2024-01-01')"}});
}

TEST(Parse, SpaceAndCommentsStandBetweenTokens) {
  expect_trees({{" \t\n a=1\r\nAND b", "(and (eq a 1) b)"},
                {"a -- the flag\nAND b", "(and a b)"},
                {"a /* AND c */ AND b", "(and a b)"},
                {"a=1AND b", "error: '1AND' is not a number"},
                {"\xef\xbb\xbf"
                 "a",
                 "a"}});
}

TEST(Parse, BindsAsInSql) {
  expect_trees({{"a OR b AND c", "(or a (and b c))"},
                {"a AND b OR c", "(or (and a b) c)"},
                {"a OR b AND c OR d", "(or a (and b c) d)"},
                {"(a OR b) AND c", "(and (or a b) c)"},
                {"NOT a AND b", "(and (not a) b)"},
                {"NOT a OR b", "(or (not a) b)"},
                {"NOT (a AND b)", "(not (and a b))"},
                {"NOT a = 1", "(not (eq a 1))"},
                {"NOT a IS NULL", "(not (is_null a))"},
                {"NOT a IN (1) AND b", "(and (not (in a 1)) b)"},
                {"NOT NOT a", "(not (not a))"},
                {"a AND NOT b OR NOT c", "(or (and a (not b)) (not c))"},
                {"a BETWEEN 1 AND 2 AND b", "(and (between a 1 2) b)"},
                {"NOT a BETWEEN 1 AND 2 OR b", "(or (not (between a 1 2)) b)"},
                {"a = 1 IS NULL", "(is_null (eq a 1))"},
                {"a = 1 IS NOT TRUE AND b", "(and (is_not_true (eq a 1)) b)"},
                {"a BETWEEN 1 AND 2 IS NULL", "(is_null (between a 1 2))"},
                {"a IN (1) IS FALSE", "(is_false (in a 1))"},
                {"a IS NULL IS TRUE", "(is_true (is_null a))"},
                {"(a OR b) IS NULL", "(is_null (or a b))"},
                {"(NOT a) IS NULL", "(is_null (not a))"}});
}

TEST(Parse, FlattensWhatParenthesesOnlyGroup) {
  expect_trees({{"(a AND b) AND c", "(and a b c)"},
                {"a AND (b AND c)", "(and a b c)"},
                {"(a AND b) AND (c AND d)", "(and a b c d)"},
                {"a OR (b OR (c OR d)) OR e", "(or a b c d e)"},
                {"(a OR b) AND (c AND (d AND e)) AND (f OR g)", "(and (or a b) c d e (or f g))"},
                {"((a))", "a"},
                {"((a) = ((1)))", "(eq a 1)"},
                {"(a AND (b)) IS TRUE", "(is_true (and a b))"}});
}

TEST(Parse, PutsConstantsOnTheRight) {
  expect_trees({{"96 = a", "(eq a 96)"},
                {"96 <> a", "(ne a 96)"},
                {"96 < a", "(gt a 96)"},
                {"96 <= a", "(ge a 96)"},
                {"96 > a", "(lt a 96)"},
                {"96 >= a", "(le a 96)"},
                {"NULL = a", "(eq a null)"},
                {"'x' = (a)", "(eq a 'x')"},
                {"(-5) < (a)", "(gt a -5)"},
                {"DATE '2024-01-01' <= a", "(ge a d'2024-01-01')"},
                {"60 >= days_until(a)", "(le (days_until a) 60)"},
                {"NOT 1 = a AND b", "(and (not (eq a 1)) b)"}});
}

TEST(Parse, NodesKnowWhereTheyStand) {
  const std::string_view text = "a = 1 AND (NOT b OR 5 < days_until(c))";
  const Expr expr = *parse(text);
  std::vector<std::string> pieces;
  for (const Expr::Node& node : expr.nodes()) {
    pieces.emplace_back(text.substr(node.range.begin, node.range.end - node.range.begin));
  }
  EXPECT_EQ(pieces,
            (std::vector<std::string>{"a", "1", "a = 1", "b", "NOT b", "c", "days_until(c)", "5",
                                      "5 < days_until(c)", "NOT b OR 5 < days_until(c)",
                                      "a = 1 AND (NOT b OR 5 < days_until(c))"}));
}

TEST(Parse, ReusesATree) {
  Expr expr;
  ASSERT_TRUE(parse_into(expr, "a = 'x' AND b"));
  ASSERT_TRUE(parse_into(expr, "c OR d = 'y'"));
  EXPECT_EQ(dump(expr), "(or c (eq d 'y'))");
  EXPECT_FALSE(parse_into(expr, "c OR"));
  EXPECT_TRUE(expr.empty());
}

// Nesting is bounded by a limit, not by the stack.
TEST(Parse, NestsAsDeeplyAsAllowed) {
  Limits limits;
  limits.max_rule_depth = 300'000;
  const std::size_t depth = 250'000;
  std::string text(depth, '(');
  text += 'a';
  text.append(depth, ')');
  EXPECT_EQ(dump(*parse(text, limits)), "a");

  text.clear();
  for (std::size_t i = 0; i < 100'000; ++i) text += "NOT ";
  const Result<Expr> negated = parse(text + 'a', limits);
  ASSERT_TRUE(negated);
  EXPECT_EQ(negated->nodes().size(), 100'001u);
  EXPECT_EQ(to_text(*negated), text + 'a');
}

TEST(Parse, AlternatingNestingKeepsItsShape) {
  Limits limits;
  limits.max_rule_depth = 100'000;
  limits.max_rule_literals = 100'000;
  std::string text = "z", closing;
  for (int i = 0; i < 10'000; ++i) text = text + (i % 2 ? " AND a)" : " OR a)");
  text.insert(0, 10'000, '(');
  const Result<Expr> expr = parse(text, limits);
  ASSERT_TRUE(expr) << expr.error().message;
  EXPECT_EQ(expr->nodes().size(), 20'001u);
  EXPECT_EQ(*parse(to_text(*expr), limits), *expr);
}

}  // namespace
}  // namespace muster
