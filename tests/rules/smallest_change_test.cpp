#include <gtest/gtest.h>

#include <algorithm>

#include "muster/rules/analysis.hpp"
#include "rules/small_world.hpp"

namespace muster {
namespace {

using small_world::today;
using small_world::WorldUser;

bool same_cell(const Cell& a, const Cell& b) {
  const auto* x = std::get_if<std::span<const CategoryCode>>(&a);
  const auto* y = std::get_if<std::span<const CategoryCode>>(&b);
  if (x && y) return std::equal(x->begin(), x->end(), y->begin(), y->end());
  if (x || y || a.index() != b.index()) return false;
  return std::visit(
      [&](const auto& value) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::span<const CategoryCode>>) {
          return false;
        } else {
          return value == std::get<Value>(b);
        }
      },
      a);
}

class SmallestChangeTest : public testing::Test {
 protected:
  Checker checker{small_world::schema()};

  Formula formula(const std::string& rule) {
    const auto checked = checker.check(rule);
    EXPECT_TRUE(checked) << rule;
    return *checker.spell_out(checked->formula);
  }
  SmallestChange change(const std::string& rule, const WorldUser& user) {
    return smallest_change(formula(rule), checker.predicates(), user, today);
  }
};

WorldUser plain_user() {
  WorldUser user;
  user.cells = {Cell(false),     Cell(std::monostate{}), Cell(CategoryCode{0}),
                Cell(Number(1)), Cell(std::monostate{}), Cell(Date{1000})};
  return user;
}

TEST_F(SmallestChangeTest, SaysWhatTagsMustBecome) {
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"n = 1", {}},
      {"b", {"b"}},
      {"b AND q", {"b", "q"}},
      {"b AND q OR c = 'y'", {"c = 'y'"}},
      {"n BETWEEN 2 AND 3 AND c <> 'x'", {"c <> 'x'", "n BETWEEN 2 AND 3"}},
      {"(n < 1 OR b) AND (n > 1 OR b)", {"b"}},
      {"(n > 1 OR b) AND (n > 2 OR q)", {"n > 2"}},
      {"s HAS ALL ('u', 'v') AND NOT s HAS ANY ('w')",
       {"s HAS ANY ('u') AND s HAS ANY ('v') AND NOT s HAS ANY ('w')"}},
      {"days_until(d) > 30", {"days_until(d) >= 31"}},
      {"days_since(d) > 0", {"days_since(d) >= 1"}},
      {"d > '1999-12-31' AND d <= '2000-12-31'", {"d BETWEEN '2000-01-01' AND '2000-12-31'"}},
      {"c IS NULL", {"c IS NULL"}},
  };
  for (const auto& [rule, texts] : cases) {
    const SmallestChange found = change(rule, plain_user());
    EXPECT_EQ(found.found, Verdict::yes) << rule;
    EXPECT_TRUE(found.exact) << rule;
    std::vector<std::string> actual;
    for (const Change& one : found.changes) actual.push_back(one.text);
    EXPECT_EQ(actual, texts) << rule;
  }
}

TEST_F(SmallestChangeTest, NothingHelpsWhereARuleIsNeverTrue) {
  const SmallestChange found = change("(c = 'x' OR b) AND (c = 'y' OR b) AND NOT b", plain_user());
  EXPECT_EQ(found.found, Verdict::no);
  EXPECT_TRUE(found.changes.empty());
}

TEST_F(SmallestChangeTest, SaysWhereTheBudgetEnds) {
  const Formula wanted = formula("(b OR q) AND (c = 'y' OR n = 2) AND (n = 3 OR s IS NOT NULL)");
  bool gave_up = false;
  bool rough = false;
  for (std::size_t steps = 0; steps < 20; ++steps) {
    const SmallestChange found =
        smallest_change(wanted, checker.predicates(), plain_user(), today, {.max_steps = steps});
    EXPECT_EQ(found.changes.empty(), found.found != Verdict::yes);
    gave_up |= found.found == Verdict::unknown && !found.exact;
    rough |= found.found == Verdict::yes && !found.exact;
  }
  EXPECT_TRUE(gave_up);
  EXPECT_TRUE(rough);
}

TEST_F(SmallestChangeTest, AgreesWithTryingEveryUser) {
  small_world::Random random(23);
  for (int i = 0; i < 60; ++i) {
    const std::string rule = small_world::random_rule(random, 3);
    const Formula wanted = formula(rule);
    WorldUser user = plain_user();
    user.cells[1] = random.below(2) ? Cell(false) : Cell(std::monostate{});
    user.cells[2] = Cell(CategoryCode(random.below(3)));
    user.cells[3] = Cell(Number(0.5 * static_cast<double>(random.below(7) + 1)));
    const SmallestChange found = smallest_change(wanted, checker.predicates(), user, today);
    int fewest = 100;
    int fits = 0;
    int wrong = 0;
    small_world::for_each_user([&](const WorldUser& other) {
      const bool matches = holds(wanted, checker.predicates(), other, today);
      int differs = 0;
      bool as_told = true;
      for (std::size_t tag = 0; tag < other.cells.size(); ++tag) {
        const bool same = same_cell(user.cells[tag], other.cells[tag]);
        differs += same ? 0 : 1;
        bool told = false;
        for (const Change& change : found.changes) {
          if (change.tag != TagId(tag)) continue;
          told = true;
          for (const Predicate& needed : change.needed) {
            as_told &= holds(needed, other.cells[tag], today);
          }
        }
        as_told &= told || same;
      }
      if (matches) fewest = std::min(fewest, differs);
      fits += as_told;
      wrong += as_told && !matches;
    });
    EXPECT_EQ(found.found, fewest == 100 ? Verdict::no : Verdict::yes) << rule;
    if (found.found != Verdict::yes) continue;
    EXPECT_TRUE(found.exact) << rule;
    EXPECT_EQ(static_cast<int>(found.changes.size()), fewest) << rule;
    EXPECT_GT(fits, 0) << rule;
    EXPECT_EQ(wrong, 0) << rule;
  }
}

}  // namespace
}  // namespace muster
