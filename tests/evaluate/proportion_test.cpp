#include "muster/evaluate/proportion.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

struct RateCase {
  Proportion of;
  double low, high;
};

// R. G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven
// methods", Statistics in Medicine 17 (1998), table I, method 3.
constexpr RateCase published_rates[] = {{{81, 263}, 0.2553, 0.3662},
                                        {{15, 148}, 0.0624, 0.1605},
                                        {{0, 20}, 0, 0.1611},
                                        {{1, 29}, 0.0061, 0.1718}};

TEST(Wilson, GivesThePublishedIntervals) {
  for (const RateCase& one : published_rates) {
    const RateInterval interval = wilson(one.of);
    EXPECT_NEAR(interval.low, one.low, 5e-5) << one.of.successes;
    EXPECT_NEAR(interval.high, one.high, 5e-5) << one.of.successes;
  }
}

TEST(Wilson, EndsWhereRatesDo) {
  EXPECT_EQ(wilson({0, 20}).low, 0);
  EXPECT_EQ(wilson({20, 20}).high, 1);
  EXPECT_EQ(wilson({0, 0}).low, 0);
  EXPECT_EQ(wilson({0, 0}).high, 1);
  for (std::uint64_t n = 1; n < 200; ++n) {
    for (std::uint64_t k = 0; k <= n; ++k) {
      const RateInterval its = wilson({k, n}), mirrored = wilson({n - k, n});
      ASSERT_LE(its.low, rate({k, n}));
      ASSERT_GE(its.high, rate({k, n}));
      ASSERT_NEAR(its.low, 1 - mirrored.high, 1e-12);
    }
  }
}

struct DifferenceCase {
  Proportion a, b;
  double low, high;
};

// R. G. Newcombe, "Interval estimation for the difference between independent proportions:
// comparison of eleven methods", Statistics in Medicine 17 (1998), table II, method 10.
constexpr DifferenceCase published_differences[] = {
    {{56, 70}, {48, 80}, 0.0524, 0.3339}, {{9, 10}, {3, 10}, 0.1705, 0.8090},
    {{6, 7}, {2, 7}, 0.0582, 0.8062},     {{5, 56}, {0, 29}, -0.0381, 0.1926},
    {{0, 10}, {0, 20}, -0.1611, 0.2775},  {{0, 10}, {0, 10}, -0.2775, 0.2775},
    {{10, 10}, {0, 20}, 0.6791, 1},       {{10, 10}, {0, 10}, 0.6075, 1}};

TEST(Newcombe, GivesThePublishedIntervals) {
  for (const DifferenceCase& one : published_differences) {
    const RateInterval interval = newcombe(one.a, one.b);
    EXPECT_NEAR(interval.low, one.low, 5e-5) << one.a.successes;
    EXPECT_NEAR(interval.high, one.high, 5e-5) << one.a.successes;
  }
}

TEST(Newcombe, KnowsNothingOfNoTrials) {
  EXPECT_EQ(newcombe({0, 0}, {1, 2}).low, -1);
  EXPECT_EQ(newcombe({1, 2}, {0, 0}).high, 1);
}

TEST(Upliftings, AreRelativeToTheHoldout) {
  const Uplift doubled{{16, 100}, {8, 100}};
  EXPECT_NEAR(doubled.difference(), 0.08, 1e-12);
  EXPECT_NEAR(*doubled.relative(), 1, 1e-12);
  EXPECT_EQ((Uplift{{16, 100}, {0, 100}}.relative()), std::nullopt);
  EXPECT_EQ((Uplift{{16, 100}, {0, 0}}.relative()), std::nullopt);
}

}  // namespace
}  // namespace muster
