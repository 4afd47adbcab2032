#include "muster/rules/expr.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "rules/dump.hpp"

namespace muster {
namespace {

using Op = Expr::Op;

Expr tag(std::string_view name) {
  Expr expr;
  expr.push_leaf(Op::tag, name);
  return expr;
}

Expr joined(Op op, std::initializer_list<Expr> operands) {
  Expr expr;
  for (const Expr& operand : operands) expr.append(operand);
  expr.push_operator(op, static_cast<std::uint32_t>(operands.size()));
  return expr;
}

TEST(Expr, IsEmptyUntilSomethingIsPushed) {
  Expr expr;
  EXPECT_TRUE(expr.empty());
  expr.push_boolean(true);
  EXPECT_FALSE(expr.empty());
  expr.clear();
  EXPECT_TRUE(expr.empty());
  EXPECT_EQ(expr, Expr());
}

TEST(Expr, NodesKnowTheSizeOfTheirSubtrees) {
  const Expr expr = *parse("a = 1 AND (b OR NOT days_since(c) IN (1, 2))");
  std::vector<std::uint32_t> sizes;
  for (const Expr::Node& node : expr.nodes()) sizes.push_back(node.size);
  EXPECT_EQ(sizes, (std::vector<std::uint32_t>{1, 1, 3, 1, 1, 2, 1, 1, 5, 6, 8, 12}));
}

TEST(Expr, FlattensOperandsOfTheSameOperator) {
  const Expr ab = joined(Op::logical_and, {tag("a"), tag("b")});
  const Expr cd = joined(Op::logical_and, {tag("c"), tag("d")});
  const Expr e_or_f = joined(Op::logical_or, {tag("e"), tag("f")});
  const Expr all = joined(Op::logical_and, {ab, e_or_f, cd, tag("g")});
  EXPECT_EQ(dump(all), "(and a b (or e f) c d g)");
  EXPECT_EQ(all.nodes().back().arity, 6u);
  EXPECT_EQ(all.nodes().back().size, all.nodes().size());
  EXPECT_EQ(all, *parse("a AND b AND (e OR f) AND c AND d AND g"));
}

TEST(Expr, DoesNotFlattenAcrossNot) {
  Expr expr = joined(Op::logical_and, {tag("a"), tag("b")});
  expr.push_operator(Op::logical_not, 1);
  expr.append(tag("c"));
  expr.push_operator(Op::logical_and, 2);
  EXPECT_EQ(dump(expr), "(and (not (and a b)) c)");
}

TEST(Expr, AppendsItself) {
  Expr expr = *parse("a = 'x'");
  expr.append(expr);
  expr.push_operator(Op::logical_or, 2);
  EXPECT_EQ(dump(expr), "(or (eq a 'x') (eq a 'x'))");
}

TEST(Expr, EqualityIgnoresWhereATreeWasWritten) {
  EXPECT_EQ(*parse("a=1 AND b"), *parse("  ( a  =  1 )  and  ((b))"));
}

TEST(Expr, EqualitySeesEveryDifference) {
  const char* texts[] = {"a",
                         "b",
                         "\"A\"",
                         "SEGMENT(a)",
                         "a = 1",
                         "a = 2",
                         "a <> 1",
                         "a = 1.0",
                         "a = '1'",
                         "a = 'x'",
                         "a = TRUE",
                         "a = FALSE",
                         "a = NULL",
                         "a = 0.0",
                         "a = -0.0",
                         "a = 0",
                         "NOT a",
                         "a IS NULL",
                         "a AND b",
                         "b AND a",
                         "a OR b",
                         "a AND b AND c",
                         "a IN (1)",
                         "a IN (1, 1)",
                         "TRUE",
                         "FALSE",
                         "NULL",
                         "days_since(a) = 1",
                         "days_until(a) = 1",
                         "a = DATE '2024-01-01'",
                         "a = '2024-01-01'",
                         "a AND (b OR c)",
                         "a OR b AND c"};
  for (const char* left : texts) {
    for (const char* right : texts) {
      EXPECT_EQ(*parse(left) == *parse(right), left == right) << left << " / " << right;
    }
  }
}

TEST(Expr, PushingAWideOperatorIsLinear) {
  const auto start = std::chrono::steady_clock::now();
  Expr expr;
  const Expr pair = joined(Op::logical_and, {tag("a"), tag("b")});
  for (int i = 0; i < 200'000; ++i) expr.append(pair);
  expr.push_operator(Op::logical_and, 200'000);
  EXPECT_EQ(expr.nodes().back().arity, 400'000u);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

}  // namespace
}  // namespace muster
