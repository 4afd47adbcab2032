#include <gtest/gtest.h>

#include <limits>

#include "muster/rules/expr.hpp"
#include "rules/dump.hpp"

namespace muster {
namespace {

using Op = Expr::Op;

TEST(Print, WritesParenthesesOnlyWhereNeeded) {
  struct Case {
    const char* text;
    const char* printed;
  };
  const Case cases[] = {
      {"((a))", "a"},
      {"not  ((a) and (b))", "NOT (a AND b)"},
      {"(a and b) or c", "a AND b OR c"},
      {"a and (b or c)", "a AND (b OR c)"},
      {"(not a) and b", "NOT a AND b"},
      {"not (not a)", "NOT NOT a"},
      {"not (a = 1)", "NOT a = 1"},
      {"not (a is null)", "NOT a IS NULL"},
      {"(not a) is null", "(NOT a) IS NULL"},
      {"(a = 1) is null", "a = 1 IS NULL"},
      {"a between 1 and 2 is true", "a BETWEEN 1 AND 2 IS TRUE"},
      {"(a is null) is false", "a IS NULL IS FALSE"},
      {"days_since(a) is not null", "days_since(a) IS NOT NULL"},
      {"segment(a) is not true", "SEGMENT(a) IS NOT TRUE"},
      {"1 < (a)", "a > 1"},
      {"a not in (1, -2.5, 'x''y', null)", "a NOT IN (1, -2.5, 'x''y', NULL)"},
      {"a not between 1 and 2 and b", "a NOT BETWEEN 1 AND 2 AND b"},
      {"a like 'x%' or a not like 'y%'", "a LIKE 'x%' OR a NOT LIKE 'y%'"},
      {"a has any ('x') or a has all ('x', 'y')", "a HAS ANY ('x') OR a HAS ALL ('x', 'y')"},
      {"a is not false or b is true", "a IS NOT FALSE OR b IS TRUE"},
      {"d <= date '2024-01-01'", "d <= DATE '2024-01-01'"},
      {"days_until(a) <> 3 or b >= 1", "days_until(a) <> 3 OR b >= 1"},
      {"true or false or null", "TRUE OR FALSE OR NULL"},
      {"((a or b) and (c or (d and not e))) is true", "((a OR b) AND (c OR d AND NOT e)) IS TRUE"},
  };
  for (const Case& c : cases) {
    const Expr expr = *parse(c.text);
    EXPECT_EQ(to_text(expr), c.printed);
    EXPECT_EQ(*parse(to_text(expr)), expr) << c.text;
  }
}

TEST(Print, QuotesNamesOnlyWhereNeeded) {
  struct Case {
    const char* name;
    const char* printed;
  };
  const Case cases[] = {
      {"plan_fee", "plan_fee"}, {"套餐月费", "套餐月费"},
      {"a b", "\"a b\""},       {"1a", "\"1a\""},
      {"and", "\"and\""},       {"Date", "\"Date\""},
      {"x\"y", "\"x\"\"y\""},   {"days_since", "\"days_since\""},
      {"--", "\"--\""},
  };
  for (const Case& c : cases) {
    Expr tag;
    tag.push_leaf(Op::tag, c.name);
    EXPECT_EQ(to_text(tag), c.printed);
    EXPECT_EQ(*parse(to_text(tag)), tag);
    Expr segment;
    segment.push_leaf(Op::segment, c.name);
    EXPECT_EQ(to_text(segment), std::string("SEGMENT(") + c.printed + ")");
    EXPECT_EQ(*parse(to_text(segment)), segment);
  }
}

TEST(Print, NumbersReadBackExactly) {
  const double numbers[] = {0.0,
                            -0.0,
                            0.1,
                            1.0,
                            -1.0,
                            1e20,
                            1e21,
                            123456789012345680.0,
                            1e308,
                            5e-324,
                            2.5,
                            1e-7,
                            9007199254740993.0,
                            std::numeric_limits<double>::max(),
                            std::numeric_limits<double>::min()};
  for (const double number : numbers) {
    Expr expr;
    expr.push_leaf(Op::tag, "a");
    expr.push_number(number);
    expr.push_operator(Op::eq, 2);
    const Result<Expr> read = parse(to_text(expr));
    ASSERT_TRUE(read) << to_text(expr);
    EXPECT_EQ(*read, expr) << to_text(expr);
  }
  for (const std::int64_t integer : {std::int64_t{0}, std::numeric_limits<std::int64_t>::min(),
                                     std::numeric_limits<std::int64_t>::max()}) {
    Expr expr;
    expr.push_leaf(Op::tag, "a");
    expr.push_integer(integer);
    expr.push_operator(Op::eq, 2);
    EXPECT_EQ(*parse(to_text(expr)), expr);
  }
}

TEST(Print, WhatNoNumberCanSayIsRefusedWhenRead) {
  Expr expr;
  expr.push_leaf(Op::tag, "a");
  expr.push_number(-std::numeric_limits<double>::infinity());
  expr.push_operator(Op::gt, 2);
  EXPECT_EQ(to_text(expr), "a > -1e999");
  EXPECT_EQ(parse(to_text(expr)).error().code, Errc::bad_number);
}

TEST(Print, AnEmptyTreeIsEmptyText) { EXPECT_EQ(to_text(Expr()), ""); }

// A rule printed is never nested deeper than it was written.
TEST(Print, StaysWithinTheDepthLimit) {
  Limits limits;
  for (const char* text : {"NOT (a OR b AND c)", "((a OR b) AND c OR d) IS NULL",
                           "NOT (NOT (a IS NULL) OR b)", "a AND NOT (b OR NOT (c AND d))"}) {
    limits.max_rule_depth = 1;
    while (!parse(text, limits)) ++limits.max_rule_depth;
    EXPECT_TRUE(parse(to_text(*parse(text)), limits)) << text;
  }
}

}  // namespace
}  // namespace muster
