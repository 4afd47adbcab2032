#pragma once

#include <cstdint>

#include "muster/engage/governor.hpp"

namespace muster {

/// Stops calls to what fails (M. Nygard, Release It!, "Circuit Breaker"): closed, it watches the
/// last results; open, it lets nothing through for a time; half-open, only as many probes as must
/// succeed. One that fails opens it again for twice as long. Times never go backwards.
class CircuitBreaker {
 public:
  using Time = FlowGovernor::Time;
  /// Which period a call started in. Results that come in another one count for nothing: what was
  /// under way when the breaker opened says nothing of how things are now.
  using Period = std::uint64_t;

  explicit CircuitBreaker(const BreakerSettings& settings)
      : settings_(settings), span_(settings.open_for) {}

  /// Where it is open and the time is over, it is half-open from now on.
  BreakerState state(Time now) noexcept;
  bool may_start(Time now) noexcept;
  /// REQUIRES: may_start.
  Period start(Time now) noexcept;
  void finish(Period period, CallResult result, Time now) noexcept;

  Time open_until() const noexcept { return open_until_; }
  std::uint64_t opened() const noexcept { return opened_; }

 private:
  void note(bool failed, Time now) noexcept;
  void note_probe(bool failed, Time now) noexcept;
  void open(Time now) noexcept;
  void enter(BreakerState state) noexcept;

  BreakerSettings settings_;
  BreakerState state_ = BreakerState::closed;
  Period period_ = 0;
  std::uint64_t failed_ = 0;        // closed: the last results, the newest lowest; 1: failed
  std::uint32_t probes_ = 0;        // half-open: started
  std::uint32_t probes_right_ = 0;  // half-open: succeeded
  Time span_;                       // how long it is open the next time
  Time open_until_{0};
  std::uint64_t opened_ = 0;
};

}  // namespace muster
