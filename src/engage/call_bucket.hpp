#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>

#include "muster/engage/governor.hpp"

namespace muster {

/// A token bucket, kept as the time at which it will be full again: whole nanoseconds, so that no
/// start comes early or late by rounding (the virtual scheduling form of ATM's generic cell rate
/// algorithm, ITU-T I.371). REQUIRES: a rate within its limits, times within max_time.
class CallBucket {
 public:
  using Time = FlowGovernor::Time;

  explicit CallBucket(const CallRate& rate)
      : interval_(std::llround(1e9 / rate.per_second)), room_(interval_ * (rate.burst - 1)) {}

  /// When it has one token more than `keep`. REQUIRES: keep < burst.
  Time ready_at(std::uint32_t keep = 0) const noexcept {
    return full_at_ - room_ + interval_ * keep;
  }
  void take(Time now) noexcept { full_at_ = std::max(full_at_, now) + interval_; }

 private:
  Time interval_;  // between tokens
  Time room_;      // all tokens but one
  Time full_at_ = Time{-(std::int64_t{1} << 62)};
};

}  // namespace muster
