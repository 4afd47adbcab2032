#include "muster/rules/dsl.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>

#include "rules/dump.hpp"

namespace muster {
namespace {

void expect_same(const Expr& built, const char* text) {
  const Result<Expr> parsed = parse(text);
  ASSERT_TRUE(parsed) << text;
  EXPECT_EQ(built, *parsed) << dump(built) << "\n" << text;
}

TEST(Dsl, GivesTheTreeThatParseGives) {
  expect_same(tag("arpu_3m") >= 96 && !tag("complained_90d"),
              "arpu_3m >= 96 AND NOT complained_90d");
  expect_same(tag("plan_fee") == 96 && tag("arpu_3m").between(80, 120) &&
                  tag("terminal").in({"iPhone", "Huawei"}) && !tag("complained_90d") &&
                  days_until(tag("contract_end")) <= 60 &&
                  tag("interests").has_any({"video", "game"}) && segment("high_value"),
              "plan_fee = 96 AND arpu_3m BETWEEN 80 AND 120 AND terminal IN ('iPhone', 'Huawei') "
              "AND NOT complained_90d AND days_until(contract_end) <= 60 AND "
              "interests HAS ANY ('video', 'game') AND SEGMENT(high_value)");
}

TEST(Dsl, Comparisons) {
  expect_same(tag("a") == 1, "a = 1");
  expect_same(tag("a") != 1, "a <> 1");
  expect_same(tag("a") < 1, "a < 1");
  expect_same(tag("a") <= 1, "a <= 1");
  expect_same(tag("a") > 1, "a > 1");
  expect_same(tag("a") >= 1, "a >= 1");
  expect_same(96 == tag("a"), "96 = a");
  expect_same(96 != tag("a"), "96 <> a");
  expect_same(96 < tag("a"), "96 < a");
  expect_same(96 <= tag("a"), "96 <= a");
  expect_same(96 > tag("a"), "96 > a");
  expect_same(96 >= tag("a"), "96 >= a");
  expect_same(days_since(tag("a")) > 5, "days_since(a) > 5");
  expect_same(5 > days_until(tag("a")), "5 > days_until(a)");
}

TEST(Dsl, Constants) {
  expect_same(tag("a") == true, "a = TRUE");
  expect_same(tag("a") == nullptr, "a = NULL");
  expect_same(tag("a") == 2.0, "a = 2.0");
  expect_same(tag("a") == 2.5f, "a = 2.5");
  expect_same(tag("a") == std::numeric_limits<double>::quiet_NaN(), "a = NULL");
  expect_same(tag("a") == "x", "a = 'x'");
  expect_same(tag("a") == std::string("it's"), "a = 'it''s'");
  expect_same(tag("a") == std::string_view("苹果"), "a = '苹果'");
  expect_same(tag("a") >= *parse_date("2024-02-29"), "a >= DATE '2024-02-29'");
  expect_same(tag("a") == std::numeric_limits<std::int64_t>::min(), "a = -9223372036854775808");
  expect_same(tag("a") == std::uint32_t{4294967295}, "a = 4294967295");
}

TEST(Dsl, Tests) {
  expect_same(tag("a"), "a");
  expect_same(tag("a").in({1, 2.5, nullptr}), "a IN (1, 2.5, NULL)");
  expect_same(tag("a").not_in({"x"}), "a NOT IN ('x')");
  expect_same(tag("a").between(1, 2), "a BETWEEN 1 AND 2");
  expect_same(tag("a").not_between(1, 2), "a NOT BETWEEN 1 AND 2");
  expect_same(tag("a").like("x%"), "a LIKE 'x%'");
  expect_same(tag("a").not_like("x%"), "a NOT LIKE 'x%'");
  expect_same(tag("a").has_any({"x", "y"}), "a HAS ANY ('x', 'y')");
  expect_same(tag("a").has_all({"x"}), "a HAS ALL ('x')");
  expect_same(tag("a").is_null(), "a IS NULL");
  expect_same(tag("a").is_not_null(), "a IS NOT NULL");
  expect_same(tag("a").is_true(), "a IS TRUE");
  expect_same(tag("a").is_not_true(), "a IS NOT TRUE");
  expect_same(tag("a").is_false(), "a IS FALSE");
  expect_same(tag("a").is_not_false(), "a IS NOT FALSE");
  expect_same(days_until(tag("a")).is_null(), "days_until(a) IS NULL");
  expect_same(days_since(tag("a")).in({1, 2}), "days_since(a) IN (1, 2)");
  expect_same(is_null(tag("a") && tag("b")), "(a AND b) IS NULL");
  expect_same(is_not_null(tag("a") == 1), "(a = 1) IS NOT NULL");
  expect_same(is_true(!tag("a")), "(NOT a) IS TRUE");
  expect_same(is_not_true(segment("a")), "SEGMENT(a) IS NOT TRUE");
  expect_same(is_false(tag("a") || tag("b")), "(a OR b) IS FALSE");
  expect_same(is_not_false(tag("a")), "a IS NOT FALSE");
  expect_same(truth(true) || truth(false), "TRUE OR FALSE");
}

TEST(Dsl, ListsMadeAtRunTime) {
  const std::vector<Constant> cities = {"上海", "北京"};
  expect_same(tag("city").in(cities), "city IN ('上海', '北京')");
  expect_same(tag("city").not_in(cities), "city NOT IN ('上海', '北京')");
  expect_same(tag("city").has_any(cities), "city HAS ANY ('上海', '北京')");
  expect_same(tag("city").has_all(cities), "city HAS ALL ('上海', '北京')");
}

TEST(Dsl, NothingIsInAnEmptyList) {
  expect_same(tag("a").in({}), "FALSE");
  expect_same(tag("a").not_in({}), "TRUE");
  expect_same(tag("a").has_any({}), "FALSE");
  expect_same(tag("a").has_all({}), "TRUE");
}

TEST(Dsl, JoinsFlattenFromBothSides) {
  const Condition ab = tag("a") && tag("b");
  const Condition cd = tag("c") && tag("d");
  const Condition e_or_f = tag("e") || tag("f");
  expect_same(ab && cd, "a AND b AND c AND d");
  expect_same(tag("x") && cd, "x AND c AND d");
  expect_same(ab && tag("x"), "a AND b AND x");
  expect_same(ab || cd, "a AND b OR c AND d");
  expect_same(ab && e_or_f, "a AND b AND (e OR f)");
  expect_same(e_or_f && ab && !cd, "(e OR f) AND a AND b AND NOT (c AND d)");
  expect_same(e_or_f || e_or_f, "e OR f OR e OR f");
  expect_same(tag("x") == "long text" || (ab && tag("y") == "z"),
              "x = 'long text' OR a AND b AND y = 'z'");
}

TEST(Dsl, NamesAreCopied) {
  Condition condition = truth(true);
  {
    const std::string name = "a tag with a long name, on the heap";
    condition = tag(name) == 1;
  }
  expect_same(condition, "\"a tag with a long name, on the heap\" = 1");
}

TEST(Dsl, LongRulesGrowFromEitherEndInLinearTime) {
  const auto start = std::chrono::steady_clock::now();
  Condition back = tag("a");
  Condition front = tag("a");
  for (int i = 1; i < 100'000; ++i) {
    back = std::move(back) || tag("b") == i;
    front = tag("b") == i || std::move(front);
  }
  const Expr forwards = back, backwards = front;
  EXPECT_EQ(forwards.nodes().size(), 3u * 99'999 + 2);
  EXPECT_EQ(backwards.nodes().size(), 3u * 99'999 + 2);
  EXPECT_EQ(backwards.nodes()[1].integer, 99'999);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(Dsl, DeepRulesDoNotOverflowTheStack) {
  Condition condition = tag("a");
  for (int i = 0; i < 200'000; ++i) {
    condition = i % 2 == 0 ? std::move(condition) && tag("b") : tag("c") || std::move(condition);
    if (i % 3 == 0) condition = !std::move(condition);
  }
  const Expr expr = condition;
  const Expr copy = expr;
  EXPECT_EQ(copy, expr);
  EXPECT_GT(to_text(expr).size(), 200'000u);
}

// What a rule can not say does not compile.
template <class A, class B>
concept Comparable = requires(const A& a, const B& b) {
  a == b;
};
static_assert(Comparable<TagTerm, int>);
static_assert(Comparable<TagTerm, const char*>);
static_assert(Comparable<Term, double>);
static_assert(!Comparable<TagTerm, TagTerm>);
static_assert(!Comparable<TagTerm, Term>);
static_assert(!Comparable<Condition, bool>);
static_assert(!Comparable<TagTerm, std::uint64_t>);
static_assert(!Comparable<TagTerm, char>);
static_assert(!Comparable<TagTerm, void*>);
static_assert(!std::is_convertible_v<Term, Condition>);
static_assert(std::is_convertible_v<TagTerm, Condition>);
static_assert(std::is_convertible_v<TagTerm, Expr>);
static_assert(!std::is_convertible_v<Condition, bool>);

}  // namespace
}  // namespace muster
