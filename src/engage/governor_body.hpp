#pragma once

#include <array>
#include <boost/intrusive/list.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <deque>
#include <mutex>

#include "core/text_hash.hpp"
#include "engage/call_bucket.hpp"
#include "engage/circuit_breaker.hpp"
#include "engage/fair_shares.hpp"
#include "muster/engage/governor.hpp"

namespace muster {

inline constexpr std::size_t call_urgencies = 2;
constexpr std::size_t line_at(CallUrgency urgency) { return static_cast<std::size_t>(urgency); }

// Sums of a time and any span of the settings stay far from the ends of 64 bits.
inline constexpr FlowGovernor::Time last_call_time{std::int64_t{1} << 61};

/// A call that waits or runs; in one list at a time.
struct GovernedCall
    : boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::normal_link>> {
  CallTicket ticket = 0;
  std::uint32_t channel = 0;
  CallUrgency urgency = CallUrgency::batch;
  bool running = false;
  FlowGovernor::Time timeout{0};      // running: when it counts as failed
  CircuitBreaker::Period period = 0;  // running: of its start
};
using CallList = boost::intrusive::list<GovernedCall>;

/// A channel with its lines, by urgency.
struct GovernedLine {
  explicit GovernedLine(const GovernedChannel& channel)
      : calls_at_once(channel.calls_at_once == 0 ? max_calls_at_once : channel.calls_at_once),
        calls_waiting(channel.calls_waiting) {
    if (channel.rate) bucket.emplace(*channel.rate);
  }

  std::uint32_t calls_at_once;
  std::uint32_t calls_waiting;
  std::optional<CallBucket> bucket;
  std::array<CallList, call_urgencies> waiting;
  ChannelCalls calls;
};

// What the functions of a governor do once they hold its mutex.
struct FlowGovernor::Body {
  explicit Body(GovernorSettings some);

  Result<GovernedCall*> admit(std::string_view channel, CallUrgency urgency);
  void enqueue(GovernedCall& call);
  bool may_start(std::uint32_t channel, CallUrgency urgency) const;
  std::optional<std::uint32_t> pick(CallUrgency urgency) const;
  bool is_first(CallUrgency urgency) const;
  bool is_turn_of_batch() const {
    return settings.inbound_run != 0 && run_of_inbound >= settings.inbound_run;
  }
  GovernedCall* pick();
  void start(GovernedCall& call);
  void end(GovernedCall& call, CallResult result);
  GovernedCall* find(CallTicket ticket, bool running);
  void advance(Time time);
  std::size_t all_waiting(CallUrgency urgency) const { return waiting[line_at(urgency)]; }

  std::mutex mutex;
  GovernorSettings settings;
  NameMap<std::uint32_t> positions;  // in `lines`; the names are the settings'
  std::deque<GovernedCall> calls;    // they stay where they are, for the lists
  CallList idle;
  CallList running;  // in order of their time-outs
  std::deque<GovernedLine> lines;
  boost::unordered_flat_map<CallTicket, GovernedCall*> tickets;
  CallBucket bucket;
  CircuitBreaker breaker;
  std::array<FairShares, call_urgencies> shares;
  std::array<std::size_t, call_urgencies> waiting{};
  std::uint32_t run_of_inbound = 0;
  CallTicket last_ticket = 0;
  Time now{-last_call_time};
};

}  // namespace muster
