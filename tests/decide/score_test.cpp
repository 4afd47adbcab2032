#include "decide/score.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double largest = std::numeric_limits<double>::max();

TEST(Score, IsAProductLessTheCost) {
  EXPECT_EQ((Score{0.5, 100, 2, 3, 7}.total()), 293);
  EXPECT_EQ((Score{0.5, -100, 1, 1, 1}.total()), -51);
  EXPECT_EQ((Score{}.total()), 0);
}

TEST(Score, IsFiniteWhateverItIsMadeOf) {
  EXPECT_EQ((Score{1, largest, 1e6, 1, 0}.total()), largest);
  EXPECT_EQ((Score{1, -largest, 1e6, 1, 0}.total()), -largest);
  EXPECT_EQ((Score{0, largest, infinity, 1, 0}.total()), 0);  // 0 × ∞ is no number
}

TEST(Score, ProbabilitiesArePutRight) {
  EXPECT_EQ(as_probability(0.25), 0.25);
  EXPECT_EQ(as_probability(std::nan("")), 0);
  EXPECT_EQ(as_probability(-1), 0);
  EXPECT_EQ(as_probability(-infinity), 0);
  EXPECT_EQ(as_probability(1.5), 1);
  EXPECT_EQ(as_probability(infinity), 1);
}

TEST(Score, ContextMultipliesTheWeightsThatApply) {
  ConditionBits conditions;
  conditions.resize(4);
  conditions.clear();
  conditions.set(3);
  const PreparedWeight weights[] = {{holds_always, 2}, {holds_never, 5}, {2, 7}, {3, 0.25}};
  EXPECT_EQ(context_weight(weights, conditions), 0.5);
  EXPECT_EQ(context_weight({}, conditions), 1);
  const PreparedWeight large[] = {{holds_always, largest}, {holds_always, 2}};
  EXPECT_EQ(context_weight(large, conditions), largest);
}

}  // namespace
}  // namespace muster
