#include "tags/predicate_text.hpp"

#include <gtest/gtest.h>

#include "tags/small_predicates.hpp"

namespace muster {
namespace {

using namespace small_predicates;
using small_predicates::schema;

struct TextCase {
  Predicate predicate;
  const char* text;
};

TEST(PredicateText, ReadsAsARule) {
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

TEST(PredicateText, CellsReadAsConstants) {
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
