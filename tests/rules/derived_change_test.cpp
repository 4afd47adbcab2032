// The smallest change where tags are worked out from others.

#include <gtest/gtest.h>

#include <optional>

#include "muster/rules/analysis.hpp"
#include "rules/small_world.hpp"

namespace muster {
namespace {

using small_world::WorldUser;

class DerivedChangeTest : public testing::Test {
 protected:
  Schema schema = *Schema::make({
      {.name = "loyal", .type = TagType::boolean},
      {.name = "monthly", .type = TagType::number},
      {.name = "total", .type = TagType::number, .nullable = true},
      {.name = "tenure", .type = TagType::number},
      {.name = "average", .type = TagType::number, .derived = "total / tenure"},
      {.name = "growth", .type = TagType::number, .derived = "monthly - average"},
      {.name = "nothing", .type = TagType::number, .derived = "monthly - monthly"},
  });
  Checker checker{schema};
  WorldUser user;

  DerivedChangeTest() { user.cells = cells(false, 90, 800, 10); }  // average 80, growth 10
  static std::vector<Cell> cells(bool loyal, double monthly, double total, double tenure) {
    return {Cell(loyal),
            Cell(Number(monthly)),
            Cell(Number(total)),
            Cell(Number(tenure)),
            Cell(),
            Cell(),
            Cell()};
  }

  Formula formula(const std::string& rule) {
    const auto checked = checker.check(rule);
    EXPECT_TRUE(checked) << rule;
    return *checker.spell_out(checked->formula);
  }
  bool matches(const std::string& rule, const UserView& who) {
    return holds(formula(rule), checker.predicates(), who, Date{});
  }
  SmallestChange change(const std::string& rule) {
    return smallest_change(formula(rule), checker.predicates(), user, Date{});
  }
  /// The user with the example's values, and with what else has to change.
  WorldUser as_told(const SmallestChange& told) const {
    WorldUser out = user;
    for (const auto* changes : {&told.changes, &told.example}) {
      for (const Change& one : *changes) {
        Cell& cell = out.cells[static_cast<std::size_t>(one.tag)];
        const Predicate& needed = one.needed.front();
        if (schema.tag(one.tag).type == TagType::boolean) cell = needed.codes[0] == CategoryCode{1};
        if (changes == &told.changes) continue;
        cell = needed.null ? Cell()
                           : Cell(Number(std::stod(one.text.substr(one.text.find("= ") + 2))));
      }
    }
    return out;
  }
};

std::string text(const std::vector<Change>& changes) {
  std::string out;
  for (const Change& change : changes) out += (out.empty() ? "" : "; ") + change.text;
  return out;
}

TEST_F(DerivedChangeTest, SaysWhatDerivedTagsMustComeToAndShowsThatTheyCan) {
  struct Case {
    const char* rule;
    const char* changes;
    const char* example;
    bool exact;
  };
  const Case cases[] = {
      {"growth >= 15", "growth >= 15", "monthly = 95", true},
      {"monthly >= 95 AND growth < 12", "monthly >= 95; growth < 12", "monthly = 95; total = 831",
       false},
      {"average >= 120 AND growth >= 12", "average >= 120; growth >= 12",
       "monthly = 132; total = 1200", false},
      {"monthly >= 95 AND growth < 20", "monthly >= 95; growth < 20", "monthly = 95", false},
      {"total IS NULL", "total IS NULL", "", true},
      {"total IS NULL AND growth IS NULL", "total IS NULL; growth IS NULL", "total IS NULL", false},
      {"average IS NULL", "average IS NULL", "total IS NULL", true},
      {"loyal AND average < 100", "loyal", "", true},
      {"growth >= 15 OR loyal AND tenure > 12", "growth >= 15", "monthly = 95", true},
      {"nothing > 1 OR loyal AND tenure > 12", "loyal; tenure > 12", "", false},
  };
  for (const Case& expected : cases) {
    const SmallestChange told = change(expected.rule);
    EXPECT_EQ(told.found, Verdict::yes) << expected.rule;
    EXPECT_TRUE(told.certain) << expected.rule;
    EXPECT_EQ(told.exact, expected.exact) << expected.rule;
    EXPECT_EQ(text(told.changes), expected.changes) << expected.rule;
    EXPECT_EQ(text(told.example), expected.example) << expected.rule;
    if (told.example.empty()) continue;
    EXPECT_TRUE(matches(expected.rule, as_told(told))) << expected.rule;
  }
}

TEST_F(DerivedChangeTest, NamesTheFormula) {
  const SmallestChange told = change("monthly >= 95 AND growth < 12");
  ASSERT_EQ(told.changes.size(), 2u);
  EXPECT_EQ(told.changes[0].derived, "");
  EXPECT_EQ(told.changes[1].derived, "monthly - average");
}

TEST_F(DerivedChangeTest, IsNotCertainWhereNoValuesAreFound) {
  const SmallestChange told = change("nothing > 1");
  EXPECT_EQ(told.found, Verdict::yes);
  EXPECT_FALSE(told.certain);
  EXPECT_FALSE(told.exact);
  EXPECT_EQ(text(told.changes), "nothing > 1");
  EXPECT_TRUE(told.example.empty());
}

TEST_F(DerivedChangeTest, KnowsThatNullMakesNull) {
  for (const char* rule : {"total IS NULL AND average > 5", "total IS NULL AND growth IS NOT NULL",
                           "average IS NULL AND growth < 3"}) {
    EXPECT_EQ(change(rule).found, Verdict::no) << rule;
    EXPECT_EQ(never_true(formula(rule), checker.predicates()), Verdict::yes) << rule;
    EXPECT_EQ(find_user(formula(rule), checker.predicates()).found, Verdict::no) << rule;
  }
  EXPECT_EQ(contained(formula("average > 5"), formula("total IS NOT NULL"), checker.predicates()),
            Verdict::yes);
  EXPECT_EQ(always_true(formula("growth IS NULL OR total IS NOT NULL"), checker.predicates()),
            Verdict::yes);
}

TEST_F(DerivedChangeTest, IsTrueWhereverItIsCertain) {
  const std::vector<std::string> conditions = {
      "monthly >= 95", "monthly < 50",    "total > 1000",          "total IS NULL", "tenure = 24",
      "tenure < 5",    "average < 60",    "average >= 100",        "growth > 20",   "growth < -5",
      "loyal",         "average IS NULL", "growth BETWEEN 3 AND 4"};
  small_world::Random random(7);
  int certain = 0, shown = 0;
  constexpr int rules = 300;
  for (int i = 0; i < rules; ++i) {
    std::string rule;
    for (std::size_t parts = random.below(3) + 1; parts > 0; --parts) {
      rule += rule.empty() ? "(" : " AND (";
      rule += conditions[random.below(conditions.size())];
      if (random.below(2)) rule += " OR " + conditions[random.below(conditions.size())];
      rule += ")";
    }
    const SmallestChange told = change(rule);
    EXPECT_EQ(told.changes.empty(), told.found != Verdict::yes || matches(rule, user)) << rule;
    if (told.found != Verdict::yes || !told.certain) continue;
    ++certain;
    shown += told.example.empty() ? 0 : 1;
    WorldUser other = as_told(told);
    if (told.example.empty()) {  // nothing moves with what changes: any value that is asked for
      for (const Change& one : told.changes) {
        if (schema.tag(one.tag).type != TagType::number) continue;
        const Predicate& needed = one.needed.front();
        ASSERT_FALSE(needed.cuts.empty() && !needed.null) << rule;
        if (needed.null) {
          other.cells[static_cast<std::size_t>(one.tag)] = Cell();
          continue;
        }
        for (double value = -20; value < 1100; value += 0.5) {
          if (!holds(needed, Cell(Number(value)), Date{})) continue;
          other.cells[static_cast<std::size_t>(one.tag)] = Number(value);
          break;
        }
      }
    }
    EXPECT_TRUE(matches(rule, other))
        << rule << ": " << text(told.changes) << " | " << text(told.example);
    for (const Change& one : told.changes) {
      EXPECT_TRUE(holds(one.needed.front(), value_of(schema, other, one.tag), Date{})) << rule;
    }
  }
  EXPECT_GT(certain, rules / 2);
  EXPECT_GT(shown, rules / 4);
}

}  // namespace
}  // namespace muster
