#include "engage/circuit_breaker.hpp"

#include <gtest/gtest.h>

#include <string>

namespace muster {
namespace {

using namespace std::chrono_literals;

BreakerSettings small() {
  BreakerSettings settings;
  settings.window = 4;
  settings.failures = 2;
  settings.probes = 2;
  settings.open_for = 10s;
  settings.open_at_most = 30s;
  return settings;
}

// Plays a story of one letter a step: s and f start a call and finish it so, S and F finish the
// oldest call that runs, b begins one, x finds that none may start, digits let that many times five
// seconds go by. Answers with the state after each step.
std::string play(std::string_view story) {
  CircuitBreaker breaker(small());
  FlowGovernor::Time now = 0s;
  std::vector<CircuitBreaker::Period> running;
  std::string states;
  for (const char step : story) {
    if (step >= '0' && step <= '9') now += (step - '0') * 5s;
    if (step == 'x') {
      EXPECT_FALSE(breaker.may_start(now)) << story;
    }
    if (step == 's' || step == 'f' || step == 'b') {
      EXPECT_TRUE(breaker.may_start(now)) << story;
      running.push_back(breaker.start(now));
    }
    const bool newest = step == 's' || step == 'f';
    if (newest || step == 'S' || step == 'F') {
      const auto call = newest ? running.end() - 1 : running.begin();
      const bool right = step == 's' || step == 'S';
      breaker.finish(*call, right ? CallResult::succeeded : CallResult::failed, now);
      running.erase(call);
    }
    states += name(breaker.state(now))[0];
  }
  return states;
}

TEST(CircuitBreaker, StatesFollowResults) {
  struct Case {
    std::string_view story, states;
  };
  const Case cases[] = {
      {"sfsssf", "cccccc"},    // two failures, but not among the last four
      {"fsf", "cco"},          // two of four
      {"fssfx", "cccoo"},      // at the far end of the window
      {"ff1x1bb", "cooohhh"},  // ten seconds later, probes
      {"ff2bbx", "cohhhh"},    // no more than two
      {"ff2ss", "cohhc"},      // both succeed
      {"ff2sf", "cohho"},      // one fails
      {"ff2f", "coho"},
      {"ff2f2x2s", "cohooohh"},  // and is open twice as long
      {"ff2f4f5x1b", "cohohooohh"},
      {"bffF2bb", "ccoohhh"},  // late results of another period count for nothing
      {"bbff2SSbbx", "cccohhhhhh"},
      {"ff2ssff1x1b", "cohhccooohh"},  // closed, it begins with ten seconds again
  };
  for (const Case& c : cases) EXPECT_EQ(play(c.story), c.states) << c.story;
}

TEST(CircuitBreaker, WaitsNoLongerThanItsLongest) {
  CircuitBreaker breaker(small());
  FlowGovernor::Time now = 0s;
  std::vector<FlowGovernor::Time> spans;
  for (int i = 0; i < 2; ++i) breaker.finish(breaker.start(now), CallResult::failed, now);
  for (int i = 0; i < 4; ++i) {
    spans.push_back(breaker.open_until() - now);
    EXPECT_FALSE(breaker.may_start(breaker.open_until() - 1ns));
    now = breaker.open_until();
    ASSERT_TRUE(breaker.may_start(now));
    breaker.finish(breaker.start(now), CallResult::failed, now);
  }
  EXPECT_EQ(spans, (std::vector<FlowGovernor::Time>{10s, 20s, 30s, 30s}));
  EXPECT_EQ(breaker.opened(), 5u);
}

TEST(CircuitBreaker, LooksAtAWholeWord) {
  BreakerSettings settings = small();
  settings.window = settings.failures = max_breaker_window;
  CircuitBreaker breaker(settings);
  for (std::uint32_t i = 0; i < max_breaker_window; ++i) {
    ASSERT_EQ(breaker.state(0s), BreakerState::closed) << i;
    breaker.finish(breaker.start(0s), CallResult::failed, 0s);
  }
  EXPECT_EQ(breaker.state(0s), BreakerState::open);
}

}  // namespace
}  // namespace muster
