#include "match/segment_plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "match/telco.hpp"

namespace muster {
namespace {

Checker checker_of_flags(const Limits& limits = {}) {
  return Checker(*Schema::make({{.name = "a", .type = TagType::boolean},
                                {.name = "b", .type = TagType::boolean},
                                {.name = "c", .type = TagType::boolean}}),
                 limits);
}

FormulaTape tape_of(Checker& checker, std::initializer_list<const char*> rules) {
  FormulaTape tape;
  for (const char* rule : rules) tape.add(checker.check(rule).value().formula);
  return tape;
}

TEST(SegmentPlan, OrdersTheSidesThatRulesReach) {
  Checker checker = checker_of_flags();
  checker.define("outer", "NOT SEGMENT(middle) OR SEGMENT(inner)").value();  // 0
  checker.define("middle", "SEGMENT(inner) AND c").value();                  // 1
  checker.define("inner", "a AND b").value();                                // 2
  checker.define("unused", "SEGMENT(outer) AND c").value();                  // 3
  const FormulaTape rules = tape_of(checker, {"SEGMENT(outer)", "c", "SEGMENT(outer) AND c"});
  const SegmentPlan plan = plan_segments(checker, rules);
  const auto place = [&](std::uint32_t segment, bool negated) {
    return std::find(plan.order.begin(), plan.order.end(), segment_side(segment, negated)) -
           plan.order.begin();
  };
  ASSERT_EQ(plan.order.size(), 4u);
  EXPECT_EQ(place(0, false), 3) << "the last";
  EXPECT_LT(place(2, true), place(1, true));
  EXPECT_LT(place(1, true), 3);
  EXPECT_LT(place(2, false), 3);
  EXPECT_EQ(plan.formulas.size(), 4u);
  EXPECT_EQ(plan.references, (std::vector<std::uint32_t>{2, 0, 0, 1, 1, 1, 0, 0}));
}

TEST(SegmentPlan, IsEmptyWithoutReferences) {
  Checker checker = checker_of_flags();
  checker.define("unused", "a").value();
  const SegmentPlan plan = plan_segments(checker, tape_of(checker, {"a AND b"}));
  EXPECT_TRUE(plan.order.empty());
  EXPECT_EQ(plan.references, (std::vector<std::uint32_t>{0, 0}));
}

TEST(SegmentPlan, ChainsMayBeLong) {
  Limits limits;
  limits.max_rule_depth = 100'000;
  Checker checker = checker_of_flags(limits);
  checker.define("s0", "a OR b").value();
  constexpr std::uint32_t length = 20'000;
  for (std::uint32_t i = 1; i < length; ++i) {
    checker.define("s" + std::to_string(i), "SEGMENT(s" + std::to_string(i - 1) + ")").value();
  }
  const std::string last = "SEGMENT(s" + std::to_string(length - 1) + ")";
  const FormulaTape rules = tape_of(checker, {last.c_str()});
  EXPECT_EQ(plan_segments(checker, rules).order.size(), length);
}

}  // namespace
}  // namespace muster
