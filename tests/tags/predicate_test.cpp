#include "muster/tags/predicate.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tags/number_order.hpp"
#include "tags/predicate_sets.hpp"
#include "tags/predicate_text.hpp"

namespace muster {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double biggest = std::numeric_limits<double>::max();
constexpr std::int64_t two_to_53 = std::int64_t{1} << 53;
constexpr std::int64_t max_int = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t min_int = std::numeric_limits<std::int64_t>::min();

Tag make_tag(std::string name, TagType type, bool nullable, std::vector<std::string> values = {}) {
  Tag tag;
  tag.name = std::move(name);
  tag.type = type;
  tag.nullable = nullable;
  tag.values = std::move(values);
  return tag;
}

Schema small_schema() {
  std::vector<Tag> tags;
  for (const bool nullable : {false, true}) {
    const std::string suffix = nullable ? "_n" : "";
    tags.push_back(make_tag("flag" + suffix, TagType::boolean, nullable));
    tags.push_back(make_tag("plan" + suffix, TagType::category, nullable, {"a", "b", "it's", "d"}));
    tags.push_back(make_tag("likes" + suffix, TagType::category_set, nullable, {"x", "y", "z"}));
    tags.push_back(make_tag("fee" + suffix, TagType::number, nullable));
    tags.push_back(make_tag("end" + suffix, TagType::date, nullable));
  }
  return *Schema::make(std::move(tags));
}

const Schema schema = small_schema();
TagId id(std::string_view name) { return *schema.find(name); }

Predicate codes(std::string_view tag, std::vector<int> values, bool null = false) {
  Predicate out = known_none(id(tag));
  for (const int value : values) out.codes.push_back(CategoryCode(value));
  out.null = null;
  return canonical(schema, out);
}

Predicate none_of(std::string_view tag, std::vector<int> values, bool null = false) {
  Predicate out = codes(tag, std::move(values), null);
  out.none_of = true;
  return out;
}

Predicate cuts(std::string_view tag, std::vector<Cut> at, bool null = false,
               Aspect aspect = Aspect::value) {
  Predicate out = known_none(id(tag), aspect);
  out.cuts = std::move(at);
  out.null = null;
  return canonical(schema, out);
}

Cut before(Number at) { return {at, false}; }
Cut after(Number at) { return {at, true}; }

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

TEST(NumberOrder, NextAndPreviousAreOppositeAndAlternate) {
  for (const Number at :
       {Number(0.0), Number(1.0), Number(0.3), Number(-2.5), Number(1e300), Number(-1e-320),
        Number(two_to_53 - 1), Number(two_to_53), Number(two_to_53 + 1), Number(-two_to_53 - 1),
        Number(max_int), Number(max_int - 1), Number(min_int), Number(9223372036854775808.0),
        Number(biggest), Number(std::numeric_limits<double>::denorm_min())}) {
    EXPECT_LT(at, successor(at));
    EXPECT_EQ(predecessor(successor(at)), at);
    EXPECT_EQ(successor(predecessor(at)), at);
    EXPECT_NE(is_even(at), is_even(successor(at)));
    EXPECT_EQ(negated(negated(at)), at);
  }
  EXPECT_EQ(successor(Number(max_int)), Number(9223372036854775808.0));
  EXPECT_EQ(successor(biggest), Number(inf));
  EXPECT_EQ(predecessor(Number(min_int)), Number(-9223372036854777856.0));
  EXPECT_EQ(successor(-std::numeric_limits<double>::denorm_min()), Number(0.0));
}

TEST(NumberOrder, IntegersAreThoseOf64Bits) {
  EXPECT_EQ(as_int64(Number(max_int)), max_int);
  EXPECT_EQ(as_int64(Number(min_int)), min_int);
  EXPECT_EQ(as_int64(Number(-3.0)), -3);
  EXPECT_EQ(as_int64(Number(0.5)), std::nullopt);
  EXPECT_EQ(as_int64(Number(9223372036854775808.0)), std::nullopt);
  EXPECT_EQ(as_int64(Number(inf)), std::nullopt);
}

struct TextCase {
  Predicate predicate;
  const char* text;
};

TEST(Predicate, ReadsAsARule) {
  const TextCase cases[] = {
      {codes("flag", {1}), "flag"},
      {codes("flag", {0}), "NOT flag"},
      {codes("flag_n", {0}, true), "flag_n IS NOT TRUE"},
      {codes("flag_n", {1}, true), "flag_n IS NOT FALSE"},
      {codes("flag_n", {0, 1}), "flag_n IS NOT NULL"},
      {codes("flag_n", {}, true), "flag_n IS NULL"},
      {codes("flag_n", {}), "FALSE"},
      {codes("flag", {0, 1}), "TRUE"},
      {codes("flag_n", {0, 1}, true), "TRUE"},
      {codes("plan", {2}), "plan = 'it''s'"},
      {codes("plan", {0, 3}), "plan IN ('a', 'd')"},
      {codes("plan", {0, 1, 3}), "plan <> 'it''s'"},
      {codes("plan_n", {0, 1, 3}, true), "plan_n <> 'it''s' OR plan_n IS NULL"},
      {codes("likes", {0}), "likes HAS ANY ('x')"},
      {none_of("likes_n", {0, 2}, true), "NOT likes_n HAS ANY ('x', 'z') OR likes_n IS NULL"},
      {none_of("likes_n", {}), "likes_n IS NOT NULL"},
      {cuts("fee", {before(30), before(60)}), "fee >= 30 AND fee < 60"},
      {cuts("fee", {before(30), after(60)}), "fee BETWEEN 30 AND 60"},
      {cuts("fee", {after(30), after(60)}), "fee > 30 AND fee <= 60"},
      {cuts("fee", {before(0.3)}), "fee >= 0.3"},
      {cuts("fee", {after(0.3)}), "fee > 0.3"},
      {cuts("fee", {before(-inf), after(-2.5)}), "fee <= -2.5"},
      {cuts("fee", {before(96), after(96)}), "fee = 96"},
      {cuts("fee", {before(-inf), before(96), after(96)}), "fee <> 96"},
      {cuts("fee", {before(1), after(1), before(3), after(3)}), "fee IN (1, 3)"},
      {cuts("fee", {before(-inf), before(1), after(1), before(3), after(3)}), "fee NOT IN (1, 3)"},
      {cuts("fee", {before(1), after(1), before(3), before(5)}), "fee = 1 OR fee >= 3 AND fee < 5"},
      {cuts("fee", {before(Number(two_to_53 + 1)), after(Number(two_to_53 + 1))}),
       "fee = 9007199254740993"},
      {cuts("fee", {before(inf)}), "fee > 1.7976931348623157e+308"},
      {cuts("fee", {before(-inf), after(-inf)}), "fee < -1.7976931348623157e+308"},
      {cuts("fee", {after(-inf)}), "fee >= -1.7976931348623157e+308"},
      {cuts("fee_n", {before(5)}, true), "fee_n >= 5 OR fee_n IS NULL"},
      {cuts("end", {before(0)}), "end >= '1970-01-01'"},
      {cuts("end", {before(-1e9), before(0)}), "end <= '1969-12-31'"},
      {cuts("end", {before(0), before(31)}), "end BETWEEN '1970-01-01' AND '1970-01-31'"},
      {cuts("end", {before(31), after(31)}), "end = '1970-02-01'"},
      {cuts("end", {before(-1e9), after(60)}, false, Aspect::days_until), "days_until(end) <= 60"},
      {cuts("end", {before(0), after(60)}, false, Aspect::days_until),
       "days_until(end) BETWEEN 0 AND 60"},
      {cuts("end", {before(-1e9), after(-30)}, false, Aspect::days_until), "days_since(end) >= 30"},
      {cuts("end", {before(-60), after(-30)}, false, Aspect::days_until),
       "days_since(end) BETWEEN 30 AND 60"},
      {cuts("end", {before(7), after(7)}, false, Aspect::days_until), "days_until(end) = 7"},
  };
  for (const TextCase& c : cases) {
    EXPECT_EQ(to_rule_text(schema, c.predicate), c.text);
  }
}

TEST(Predicate, CellsReadAsConstants) {
  const CategoryCode set[] = {CategoryCode{0}, CategoryCode{2}};
  EXPECT_EQ(cell_text(schema, id("flag"), std::monostate{}), "NULL");
  EXPECT_EQ(cell_text(schema, id("flag"), true), "TRUE");
  EXPECT_EQ(cell_text(schema, id("plan"), CategoryCode{2}), "'it''s'");
  EXPECT_EQ(cell_text(schema, id("likes"), std::span<const CategoryCode>(set)), "('x', 'z')");
  EXPECT_EQ(cell_text(schema, id("fee"), Number(59.5)), "59.5");
  EXPECT_EQ(cell_text(schema, id("end"), Date{0}), "'1970-01-01'");
}

}  // namespace
}  // namespace muster
