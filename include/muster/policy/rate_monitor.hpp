#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "muster/policy/policy.hpp"

namespace muster {

/// A rate of a day that can be watched. The first three are shares of the tasks that ended that day
/// otherwise than by being cancelled.
enum class WatchedRate : std::uint8_t {
  success,      ///< accepted
  refusal,      ///< declined
  unreachable,  ///< nobody was met
  lateness      ///< of the hand-offs that ended that day, those a deadline of which had passed
};
inline constexpr std::size_t watched_rates = 4;

/// As catalogues write it: "success".
MUSTER_EXPORT std::string_view name(WatchedRate rate) noexcept;

/// Warns when a rate leaves its target for good: a tabular CUSUM of the days' deviations, each in
/// standard deviations of a day with as many cases.
struct RateMonitor {
  std::string id;
  WatchedRate rate = WatchedRate::success;
  std::vector<PolicyId> policies;   ///< ascending; empty: all
  std::vector<ChannelId> channels;  ///< ascending; empty: all
  double target = 0.5;              ///< above 0, below 1
  double slack = 0.5;               ///< of each deviation that is forgiven; 0 to max_deviation
  double threshold = 5;             ///< the sum that is an alarm; above 0, max_deviation at most
  std::uint32_t least = 20;         ///< cases of a day that is judged; max_least_cases at most
};
inline constexpr std::size_t max_monitors = 1'000;  ///< of one catalogue
inline constexpr double max_deviation = 1'000;
inline constexpr double least_target = 1e-9;  ///< and as far from 1
inline constexpr std::uint32_t max_least_cases = 1'000'000'000;

}  // namespace muster
