#include "decide/holdout.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace muster {
namespace {

std::size_t held_of(std::size_t users, const Holdout& holdout) {
  std::size_t held = 0;
  for (std::size_t i = 0; i < users; ++i) held += is_held_out("user " + std::to_string(i), holdout);
  return held;
}

TEST(Holdout, TakesItsShare) {
  EXPECT_NEAR(static_cast<double>(held_of(100'000, {0.02, "k"})), 2000, 150);
  EXPECT_NEAR(static_cast<double>(held_of(100'000, {0.5, "k"})), 50'000, 600);
  EXPECT_EQ(held_of(1000, {0, "k"}), 0u);
  EXPECT_EQ(held_of(1000, {-1, "k"}), 0u);
  EXPECT_EQ(held_of(1000, {std::nan(""), "k"}), 0u);
  EXPECT_EQ(held_of(1000, {1, "k"}), 1000u);
}

TEST(Holdout, KeepsItsUsersWhenItGrows) {
  std::size_t before = 0;
  for (const double share : {0.02, 0.05, 0.3, 0.9}) {
    for (std::size_t i = 0; i < 2000; ++i) {
      const std::string user = std::to_string(i);
      if (is_held_out(user, {share / 2, "k"})) {
        EXPECT_TRUE(is_held_out(user, {share, "k"}));
      }
    }
    const std::size_t now = held_of(2000, {share, "k"});
    EXPECT_GT(now, before);
    before = now;
  }
}

TEST(Holdout, TakesOtherUsersForAnotherKey) {
  std::size_t both = 0;
  for (std::size_t i = 0; i < 10'000; ++i) {
    const std::string user = std::to_string(i);
    both += is_held_out(user, {0.5, "spring"}) && is_held_out(user, {0.5, "autumn"});
  }
  EXPECT_NEAR(static_cast<double>(both), 2500, 200);
}

// Whoever was held out stays so with the next version of the library.
TEST(Holdout, ChoosesAsEver) {
  std::string held;
  for (char user = 'a'; user <= 'z'; ++user) {
    if (is_held_out(std::string_view(&user, 1), {0.25, "spring"})) held += user;
  }
  EXPECT_EQ(held, "fpy");
}

}  // namespace
}  // namespace muster
