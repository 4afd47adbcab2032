#include "muster/policy/lifecycle.hpp"

#include <gtest/gtest.h>

#include <string>

namespace muster {
namespace {

std::string states_after(PolicyState from) {
  std::string states;
  for (std::size_t i = 0; i < policy_states; ++i) {
    const auto to = static_cast<PolicyState>(i);
    if (may_follow(from, to)) states += std::string(name(to)) + " ";
  }
  return states;
}

TEST(PolicyState, NamesGoBothWays) {
  for (std::size_t i = 0; i < policy_states; ++i) {
    const auto state = static_cast<PolicyState>(i);
    EXPECT_EQ(find_policy_state(name(state)), state);
  }
  EXPECT_EQ(name(PolicyState::waiting), "waiting");
  EXPECT_FALSE(find_policy_state("live"));
}

TEST(Lifecycle, EveryTransition) {
  EXPECT_EQ(states_after(PolicyState::draft), "test retired ");
  EXPECT_EQ(states_after(PolicyState::test), "draft waiting retired ");
  EXPECT_EQ(states_after(PolicyState::waiting), "draft released retired ");
  EXPECT_EQ(states_after(PolicyState::released), "suspended retired ");
  EXPECT_EQ(states_after(PolicyState::suspended), "released retired ");
  EXPECT_EQ(states_after(PolicyState::retired), "");
}

TEST(Lifecycle, RefusalsSayWhatIsPossible) {
  EXPECT_TRUE(check_transition("P1", PolicyState::draft, PolicyState::test));
  const auto refused = check_transition("P1", PolicyState::draft, PolicyState::released);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::illegal_transition);
  EXPECT_EQ(refused.error().message,
            "policy 'P1' can not go from draft to released; from draft it can go to test or "
            "retired");
  EXPECT_EQ(check_transition("P1", PolicyState::test, PolicyState::released).error().message,
            "policy 'P1' can not go from test to released; from test it can go to draft, waiting "
            "or retired");
  EXPECT_EQ(check_transition("P1", PolicyState::retired, PolicyState::draft).error().message,
            "policy 'P1' can not go from retired to draft; from retired it can go nowhere");
}

}  // namespace
}  // namespace muster
