#include "generate/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace muster::generate {
namespace {

TEST(Random, IsSplitmix64) {
  Random random(42);
  EXPECT_EQ(random.next(), 13679457532755275413u);
  EXPECT_EQ(random.next(), 2949826092126892291u);
  EXPECT_EQ(random.next(), 5139283748462763858u);
}

TEST(Random, StaysInBounds) {
  Random random(7);
  for (int i = 0; i < 10'000; ++i) {
    const auto below = random.below(3);
    EXPECT_TRUE(below >= 0 && below < 3);
    const auto between = random.between(-2, 2);
    EXPECT_TRUE(between >= -2 && between <= 2);
    const auto bell = random.bell(100, 10);
    EXPECT_TRUE(bell >= 90 && bell <= 110) << bell;
    const auto skewed = random.skewed(5);
    EXPECT_TRUE(skewed >= 0 && skewed < 5);
    EXPECT_FALSE(random.chance(0));
    EXPECT_FALSE(random.chance(-50));
    EXPECT_TRUE(random.chance(1000));
  }
}

TEST(Random, ReachesEveryValue) {
  Random random(7);
  std::array<int, 5> below{};
  std::array<int, 5> skewed{};
  for (int i = 0; i < 50'000; ++i) {
    ++below[static_cast<std::size_t>(random.below(5))];
    ++skewed[static_cast<std::size_t>(random.skewed(5))];
  }
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_NEAR(below[i], 10'000, 500);
    EXPECT_GT(skewed[i], 500);
  }
  EXPECT_GT(skewed[0], 4 * skewed[3]);
}

TEST(Random, BellsAreHighestInTheMiddle) {
  Random random(7);
  int middle = 0;
  std::int64_t sum = 0;
  for (int i = 0; i < 50'000; ++i) {
    const auto value = random.bell(0, 1000);
    sum += value;
    middle += value > -250 && value < 250;
  }
  EXPECT_NEAR(middle, 21'875, 700);  // 7/16 of a triangle
  EXPECT_NEAR(static_cast<double>(sum) / 50'000, 0, 10);
}

}  // namespace
}  // namespace muster::generate
