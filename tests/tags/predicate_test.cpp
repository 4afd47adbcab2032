#include "muster/tags/predicate.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tags/number_order.hpp"
#include "tags/small_predicates.hpp"

namespace muster {
namespace {

using namespace small_predicates;
using small_predicates::schema;

/// Cells of every tag that tell all predicates of these tests apart.
struct Cells {
  std::vector<std::vector<CategoryCode>> sets;
  std::vector<Cell> of(const Tag& tag);
};

std::vector<Cell> number_cells() {
  std::vector<Cell> out;
  for (const double at : {-inf, -biggest, -1e300, -2.0, -0.5, 0.0, 0.3, 1.0, 30.0, 60.0, 1e300,
                          9007199254740992.0, biggest, inf}) {
    if (at != -inf) out.emplace_back(predecessor(at));
    out.emplace_back(Number(at));
    if (at != inf) out.emplace_back(successor(at));
  }
  for (const std::int64_t at : {two_to_53 + 1, two_to_53 + 2, -two_to_53 - 1, max_int, min_int}) {
    out.emplace_back(Number(at));
  }
  return out;
}

std::vector<Cell> Cells::of(const Tag& tag) {
  std::vector<Cell> out;
  if (tag.nullable) out.emplace_back(std::monostate{});
  switch (tag.type) {
    case TagType::boolean:
      out.insert(out.end(), {Cell(false), Cell(true)});
      break;
    case TagType::category:
      for (int i = 0; i < 4; ++i) out.emplace_back(CategoryCode(i));
      break;
    case TagType::category_set:
      sets.clear();
      for (int bits = 0; bits < 8; ++bits) {
        sets.emplace_back();
        for (int i = 0; i < 3; ++i) {
          if (bits >> i & 1) sets.back().push_back(CategoryCode(i));
        }
      }
      for (const auto& set : sets) out.emplace_back(std::span<const CategoryCode>(set));
      break;
    case TagType::number: {
      const auto numbers = number_cells();
      out.insert(out.end(), numbers.begin(), numbers.end());
      break;
    }
    case TagType::date:
      for (int day = -3; day < 105; ++day) out.emplace_back(Date{day});
      for (int day : {-719162, -719161, 2932895, 2932896}) out.emplace_back(Date{day});
      break;
  }
  return out;
}

/// A few predicates of one tag.
std::vector<Predicate> samples(const std::string& suffix, TagType type) {
  std::vector<Predicate> out;
  const auto add = [&](const Predicate& known) {
    out.push_back(known);
    Predicate with_null = known;
    with_null.null = true;
    out.push_back(canonical(schema, with_null));
  };
  const std::vector<std::vector<Cut>> lines = {
      {},
      {before(-inf)},
      {before(30)},
      {after(30)},
      {before(-inf), after(30)},
      {before(30), before(60)},
      {before(0), after(0), before(1), after(2)},
      {before(-inf), before(0), after(0)},
      {after(-inf), before(inf)},
      {before(inf)},
      {before(-inf), after(-inf)},
      {after(0.3), before(Number(two_to_53 + 1))},
      {before(Number(max_int)), after(Number(max_int))},
      {before(0.5), before(1.5), after(99.5), after(biggest)}};
  switch (type) {
    case TagType::boolean:
      for (const auto& values : {std::vector<int>{}, {0}, {1}, {0, 1}}) {
        add(codes("flag" + suffix, values));
      }
      break;
    case TagType::category:
      for (const auto& values : {std::vector<int>{}, {0}, {1, 2}, {0, 1, 3}, {0, 1, 2, 3}}) {
        add(codes("plan" + suffix, values));
      }
      break;
    case TagType::category_set:
      for (const auto& values : {std::vector<int>{}, {0}, {1}, {0, 1}, {1, 2}, {0, 1, 2}}) {
        add(codes("likes" + suffix, values));
        add(none_of("likes" + suffix, values));
      }
      break;
    case TagType::number:
      for (const auto& line : lines) add(cuts("fee" + suffix, line));
      break;
    case TagType::date:
      for (const auto& line : lines) {
        add(cuts("end" + suffix, line));
        add(cuts("end" + suffix, line, false, Aspect::days_until));
      }
      break;
  }
  return out;
}

class PredicateAlgebra : public testing::TestWithParam<std::tuple<TagType, const char*>> {
 protected:
  std::vector<Predicate> predicates = samples(std::get<1>(GetParam()), std::get<0>(GetParam()));
  Cells store;
  std::vector<Cell> cells = store.of(schema.tag(predicates.front().tag));
  Date today{1};
};

TEST_P(PredicateAlgebra, NegateAnswersTheOpposite) {
  for (const Predicate& p : predicates) {
    const Predicate opposite = negate(schema, p);
    for (const Cell& cell : cells) {
      EXPECT_NE(holds(p, cell, today), holds(opposite, cell, today)) << to_rule_text(schema, p);
    }
    EXPECT_EQ(negate(schema, opposite), p) << to_rule_text(schema, p);
  }
}

TEST_P(PredicateAlgebra, BothAndEitherAnswerLikeTheirParts) {
  for (const Predicate& a : predicates) {
    for (const Predicate& b : predicates) {
      const auto all = both(schema, a, b);
      const auto any = either(schema, a, b);
      const bool sets = schema.tag(a.tag).type == TagType::category_set;
      EXPECT_TRUE(sets || a.aspect != b.aspect || (all && any));
      for (const Cell& cell : cells) {
        const bool x = holds(a, cell, today);
        const bool y = holds(b, cell, today);
        EXPECT_TRUE(!all || holds(*all, cell, today) == (x && y));
        EXPECT_TRUE(!any || holds(*any, cell, today) == (x || y));
      }
    }
  }
}

TEST_P(PredicateAlgebra, NeverAndAlwaysAreKnown) {
  for (const Predicate& p : predicates) {
    if (p.aspect == Aspect::days_until) continue;  // today moves: see DaysUntil
    const auto yes = [&](const Cell& cell) { return holds(p, cell, today); };
    EXPECT_EQ(is_never(schema, p), std::none_of(cells.begin(), cells.end(), yes))
        << to_rule_text(schema, p);
    EXPECT_EQ(is_always(schema, p), std::all_of(cells.begin(), cells.end(), yes))
        << to_rule_text(schema, p);
  }
}

TEST_P(PredicateAlgebra, EqualQuestionsAreEqualPredicates) {
  for (const Predicate& a : predicates) {
    for (const Predicate& b : predicates) {
      if (a.aspect != b.aspect) continue;
      const bool same = std::all_of(cells.begin(), cells.end(), [&](const Cell& cell) {
        return holds(a, cell, today) == holds(b, cell, today);
      });
      if (same && a.aspect == Aspect::value) {
        EXPECT_EQ(a, b) << to_rule_text(schema, a) << " / " << to_rule_text(schema, b);
      }
      EXPECT_TRUE(a != b || hash_value(a) == hash_value(b));
    }
  }
}

TEST_P(PredicateAlgebra, OverlapIsThatBothCanHold) {
  if (std::get<0>(GetParam()) == TagType::category_set) return;
  for (const Predicate& a : predicates) {
    for (const Predicate& b : predicates) {
      if (a.aspect != b.aspect) continue;
      EXPECT_EQ(overlap(schema, a, b), !is_never(schema, *both(schema, a, b)));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Types, PredicateAlgebra,
                         testing::Combine(testing::Values(TagType::boolean, TagType::category,
                                                          TagType::category_set, TagType::number,
                                                          TagType::date),
                                          testing::Values("", "_n")),
                         [](const auto& of) {
                           return std::string(name(std::get<0>(of.param))) +
                                  (*std::get<1>(of.param) ? "_nullable" : "");
                         });

TEST(Predicate, DatesAreWholeDays) {
  const Predicate more_than_5 = cuts("end", {after(5)});
  EXPECT_EQ(more_than_5, cuts("end", {before(6)}));
  EXPECT_EQ(more_than_5, cuts("end", {after(5.5)}));
  EXPECT_EQ(cuts("end", {after(5), before(6)}), known_none(id("end")));
  EXPECT_EQ(cuts("end", {before(-1e9)}), known_all(schema, id("end")));
  EXPECT_TRUE(is_always(schema, cuts("end", {before(-719162)})));
  EXPECT_FALSE(is_always(schema, cuts("end", {before(-719161)})));
  EXPECT_TRUE(is_never(schema, cuts("end", {after(2932896)})));
  EXPECT_FALSE(is_never(schema, cuts("end", {after(2932895)})));
}

TEST(Predicate, DaysUntilCountsFromToday) {
  const Predicate soon = cuts("end", {before(0), after(60)}, false, Aspect::days_until);
  EXPECT_TRUE(holds(soon, Date{100}, Date{100}));
  EXPECT_TRUE(holds(soon, Date{160}, Date{100}));
  EXPECT_FALSE(holds(soon, Date{161}, Date{100}));
  EXPECT_FALSE(holds(soon, Date{99}, Date{100}));
  EXPECT_FALSE(holds(soon, std::monostate{}, Date{100}));
}

TEST(Predicate, WhetherADateIsKnownDoesNotDependOnToday) {
  EXPECT_EQ(cuts("end_n", {before(-1e9)}, false, Aspect::days_until),
            known_all(schema, id("end_n")));
  const Predicate soon = cuts("end_n", {before(0)}, false, Aspect::days_until);
  const Predicate known = known_all(schema, id("end_n"));
  EXPECT_EQ(both(schema, soon, known), soon);
  EXPECT_EQ(both(schema, known, soon), soon);
  EXPECT_EQ(either(schema, known, soon), known);
  EXPECT_EQ(both(schema, soon, negate(schema, known)), known_none(id("end_n")));
  EXPECT_FALSE(both(schema, soon, cuts("end_n", {before(5)})));
}

TEST(Predicate, AspectsOfADateTurnIntoEachOther) {
  const Predicate soon = cuts("end", {before(0), after(60)}, false, Aspect::days_until);
  const Predicate then = with_aspect(schema, soon, Aspect::value, Date{1000});
  EXPECT_EQ(then, cuts("end", {before(1000), after(1060)}));
  EXPECT_EQ(with_aspect(schema, then, Aspect::days_until, Date{1000}), soon);
}

TEST(Predicate, NeighbouringNumbersLeaveNothingBetweenThem) {
  const Number one = Number(two_to_53 + 1);
  EXPECT_EQ(successor(Number(two_to_53)), one);
  EXPECT_TRUE(is_never(schema, cuts("fee", {after(Number(two_to_53)), before(one)})));
  EXPECT_EQ(cuts("fee", {after(Number(two_to_53))}), cuts("fee", {before(one)}));
  EXPECT_TRUE(is_never(schema, cuts("fee", {after(0.3), before(successor(0.3))})));
  EXPECT_EQ(cuts("fee", {before(0.3)}), cuts("fee", {after(predecessor(0.3))}));
  EXPECT_TRUE(is_never(schema, cuts("fee", {after(inf)})));
  EXPECT_FALSE(is_never(schema, cuts("fee", {before(inf)})));
  EXPECT_FALSE(is_always(schema, cuts("fee", {after(-inf)})));
}

TEST(Predicate, TagsDiffer) {
  EXPECT_FALSE(both(schema, codes("flag", {1}), codes("flag_n", {1})));
  EXPECT_FALSE(either(schema, codes("flag", {1}), codes("flag_n", {1})));
}

}  // namespace
}  // namespace muster
