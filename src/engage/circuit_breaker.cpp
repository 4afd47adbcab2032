#include "engage/circuit_breaker.hpp"

#include <algorithm>
#include <bit>

namespace muster {

void CircuitBreaker::enter(BreakerState state) noexcept {
  state_ = state;
  ++period_;
  failed_ = 0;
  probes_ = probes_right_ = 0;
}

void CircuitBreaker::open(Time now) noexcept {
  enter(BreakerState::open);
  ++opened_;
  open_until_ = now + span_;
  span_ = std::min(span_ * 2, settings_.open_at_most);
}

BreakerState CircuitBreaker::state(Time now) noexcept {
  if (state_ == BreakerState::open && now >= open_until_) enter(BreakerState::half_open);
  return state_;
}

bool CircuitBreaker::may_start(Time now) noexcept {
  switch (state(now)) {
    case BreakerState::closed:
      return true;
    case BreakerState::half_open:
      return probes_ < settings_.probes;
    case BreakerState::open:
      break;
  }
  return false;
}

CircuitBreaker::Period CircuitBreaker::start(Time now) noexcept {
  if (state(now) == BreakerState::half_open) ++probes_;
  return period_;
}

void CircuitBreaker::finish(Period period, CallResult result, Time now) noexcept {
  if (period != period_) return;
  const bool failed = result == CallResult::failed;
  if (state_ == BreakerState::closed) {
    note(failed, now);
  } else {
    note_probe(failed, now);
  }
}

void CircuitBreaker::note(bool failed, Time now) noexcept {
  const std::uint64_t window = ~std::uint64_t{0} >> (max_breaker_window - settings_.window);
  failed_ = (failed_ << 1 | std::uint64_t{failed}) & window;
  if (std::popcount(failed_) >= static_cast<int>(settings_.failures)) open(now);
}

void CircuitBreaker::note_probe(bool failed, Time now) noexcept {
  if (failed) return open(now);
  if (++probes_right_ < settings_.probes) return;
  enter(BreakerState::closed);
  span_ = settings_.open_for;
}

}  // namespace muster
