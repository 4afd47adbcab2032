#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "engage/governor_world.hpp"

namespace muster {
namespace {

std::string refusal(const std::function<void(GovernorSettings&)>& change) {
  GovernorSettings settings = governed({1, 1});
  change(settings);
  const auto governor = FlowGovernor::make(settings);
  return governor ? "none"
                  : std::string(name(governor.error().code)) + ": " + governor.error().message;
}

TEST(GovernorSettings, AreRefusedByName) {
  struct Case {
    std::function<void(GovernorSettings&)> change;
    std::string message;
  };
  const Case cases[] = {
      {[](auto&) {}, "none"},
      {[](auto& s) { s.rate.per_second = 0; },
       "bad_setting: rate.per_second must be from 0.001 to 1000000, not 0"},
      {[](auto& s) { s.rate.per_second = std::numeric_limits<double>::quiet_NaN(); },
       "bad_setting: rate.per_second must be from 0.001 to 1000000, not nan"},
      {[](auto& s) { s.rate.burst = 0; },
       "bad_setting: rate.burst must be from 1 to 1000000, not 0"},
      {[](auto& s) { s.calls_at_once = 0; },
       "bad_setting: calls_at_once must be from 1 to 100000, not 0"},
      {[](auto& s) { s.kept_for_inbound = 1; },
       "bad_setting: kept_for_inbound must be from 0 to 0, not 1"},
      {[](auto& s) { s.rate.burst = 5, s.kept_for_inbound = 4; }, "none"},
      {[](auto& s) { s.call_timeout = 0s; },
       "bad_setting: call_timeout must be from 1 to 86400000000000 ns, not 0"},
      {[](auto& s) { s.channels.clear(); },
       "bad_setting: the number of channels must be from 1 to 1000, not 0"},
      {[](auto& s) { s.channels.resize(max_governed_channels + 1); },
       "bad_setting: the number of channels must be from 1 to 1000, not 1001"},
      {[](auto& s) { s.breaker.window = 65; },
       "bad_setting: breaker.window must be from 1 to 64, not 65"},
      {[](auto& s) { s.breaker.failures = 21; },
       "bad_setting: breaker.failures must be from 1 to 20, not 21"},
      {[](auto& s) { s.breaker.probes = 0; },
       "bad_setting: breaker.probes must be from 1 to 100000, not 0"},
      {[](auto& s) { s.breaker.open_for = -1s; },
       "bad_setting: breaker.open_for must be from 1 to 86400000000000 ns, not -1000000000"},
      {[](auto& s) { s.breaker.open_at_most = 1s; },
       "bad_setting: breaker.open_at_most must be from 5000000000 to 86400000000000 ns, not "
       "1000000000"},
      {[](auto& s) { s.channels[1].weight = 0; },
       "bad_setting: channel '1': weight must be from 0.01 to 100, not 0"},
      {[](auto& s) {
         s.channels[1].rate = CallRate{2e6, 1};
       },
       "bad_setting: channel '1': rate.per_second must be from 0.001 to 1000000, not 2000000"},
      {[](auto& s) { s.channels[1].calls_at_once = 100'001; },
       "bad_setting: channel '1': calls_at_once must be from 0 to 100000, not 100001"},
      {[](auto& s) { s.channels[1].calls_waiting = 0; },
       "bad_setting: channel '1': calls_waiting must be from 1 to 1000000, not 0"},
      {[](auto& s) { s.channels[1].id = ""; }, "bad_setting: a channel's id is empty"},
      {[](auto& s) { s.channels[1].id = "0"; }, "duplicate_name: two channels have the id '0'"},
  };
  for (const Case& c : cases) EXPECT_EQ(refusal(c.change), c.message);
}

}  // namespace
}  // namespace muster
