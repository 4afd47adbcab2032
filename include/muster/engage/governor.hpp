#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/error.hpp"
#include "muster/core/export.hpp"

namespace muster {

/// How fast calls may start: `burst` at once after a pause, `per_second` in the long run.
struct CallRate {
  double per_second = 100;  ///< min_call_rate to max_call_rate
  std::uint32_t burst = 1;  ///< 1 to max_call_burst
};
inline constexpr double min_call_rate = 0.001;
inline constexpr double max_call_rate = 1e6;
inline constexpr std::uint32_t max_call_burst = 1'000'000;
inline constexpr std::uint32_t max_calls_at_once = 100'000;
inline constexpr std::uint32_t max_calls_waiting = 1'000'000;
inline constexpr double min_call_weight = 0.01;
inline constexpr double max_call_weight = 100;
inline constexpr std::size_t max_governed_channels = 1'000;
inline constexpr std::uint32_t max_breaker_window = 64;
inline constexpr std::chrono::nanoseconds max_call_span = std::chrono::hours{24};

/// When calls are stopped because the other side fails, and how they begin again.
struct BreakerSettings {
  std::uint32_t window = 20;    ///< the last results that are looked at; 1 to max_breaker_window
  std::uint32_t failures = 10;  ///< so many of them failed: open. 1 to `window`
  std::uint32_t probes = 3;     ///< calls that must succeed in a row, half-open, to close again
  std::chrono::nanoseconds open_for = std::chrono::seconds{5};  ///< the first time; then twice
  std::chrono::nanoseconds open_at_most =
      std::chrono::minutes{5};  ///< as long each time, up to this
};

/// A channel's share of the calls, and what it may not exceed even where nobody else calls.
struct GovernedChannel {
  std::string id = {};
  double weight = 1;                  ///< min_call_weight to max_call_weight
  std::optional<CallRate> rate = {};  ///< none: only the rate of all channels together
  std::uint32_t calls_at_once = 0;    ///< 0: only that of all channels together
  std::uint32_t calls_waiting = 100;  ///< of either urgency; 1 to max_calls_waiting
};

struct GovernorSettings {
  CallRate rate = {};                ///< of all channels together
  std::uint32_t calls_at_once = 16;  ///< likewise; 1 to max_calls_at_once
  /// Starts and running calls that batch leaves free, so that a popup need not wait for them: fewer
  /// than `calls_at_once` and `rate.burst`.
  std::uint32_t kept_for_inbound = 0;
  /// After so many inbound calls in a row a batch call that waits comes next; 0: never.
  std::uint32_t inbound_run = 50;
  /// A call that is not finished by then counts as failed, and its place is free again.
  std::chrono::nanoseconds call_timeout = std::chrono::seconds{30};
  BreakerSettings breaker = {};
  std::vector<GovernedChannel> channels = {};  ///< 1 to max_governed_channels, of distinct ids
};

/// Inbound calls have a user waiting on the line; batch calls have nobody.
enum class CallUrgency : std::uint8_t { inbound, batch };
enum class CallResult : std::uint8_t { succeeded, failed };
enum class BreakerState : std::uint8_t { closed, open, half_open };
MUSTER_EXPORT std::string_view name(BreakerState state) noexcept;

/// A call, from when it waits until it is finished. Never used for another.
using CallTicket = std::uint64_t;

struct ChannelCalls {
  std::uint32_t waiting = 0;
  std::uint32_t running = 0;
  std::uint64_t started = 0;
  std::uint64_t failed = 0;   ///< of the started ones, time-outs included
  std::uint64_t refused = 0;  ///< calls that were not let in
  friend bool operator==(const ChannelCalls&, const ChannelCalls&) = default;
};

struct GovernorCounts {
  BreakerState breaker = BreakerState::closed;
  std::uint64_t opened = 0;            ///< how often the breaker opened
  std::vector<ChannelCalls> channels;  ///< in order of the settings
};

/// Stands before the operator's CRM: every call asks it first. A call waits in the line of its
/// channel and urgency; `next` says which one may start now. Inbound goes before batch; among
/// channels that wait, starts are shared by weight (start-time fair queueing, Goyal, Vin and Cheng,
/// SIGCOMM 1996): over any stretch in which two channels wait all the time and are not held back by
/// limits of their own, their starts divided by their weights differ by no more than one start of
/// each does. A channel that was silent saves up no claim, and one that is loud delays only itself.
///
/// Nothing here waits or reads a clock: `now` is the caller's, from any origin, of a clock that
/// does not jump; a time before one that was given already counts as that one. One mutex guards
/// all: every function is safe from any number of threads, and O(channels) at most.
class MUSTER_EXPORT FlowGovernor {
 public:
  using Time = std::chrono::nanoseconds;

  /// Fails with bad_setting, naming the setting, or duplicate_name.
  static Result<FlowGovernor> make(GovernorSettings settings);
  FlowGovernor(FlowGovernor&&) noexcept;
  FlowGovernor& operator=(FlowGovernor&&) noexcept;
  ~FlowGovernor();

  /// Puts a call in line. Fails with unknown_channel, calls_full (as many wait as may), and
  /// circuit_open, which says for how long.
  Result<CallTicket> enqueue(std::string_view channel, CallUrgency urgency, Time now);
  /// Starts a call at once or not at all: only where none that goes before it waits. Fails as
  /// `enqueue` does, and with calls_busy.
  Result<CallTicket> start(std::string_view channel, CallUrgency urgency, Time now);
  /// Starts the call whose turn it is; nothing where none waits or none may start now.
  std::optional<CallTicket> next(Time now);
  /// Takes a call out of its line; false where it does not wait.
  bool cancel(CallTicket ticket);
  /// Gives a call's place back; false where it does not run, having timed out, for example.
  bool finish(CallTicket ticket, CallResult result, Time now);

  /// The earliest time at which `next` may give a call that it would not give now, if no call comes
  /// or finishes until then; nothing where only that can help.
  std::optional<Time> next_change(Time now);
  GovernorCounts counts(Time now);

 private:
  struct Body;
  explicit FlowGovernor(std::unique_ptr<Body> body);
  std::unique_ptr<Body> body_;
};

}  // namespace muster
