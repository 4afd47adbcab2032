#include "engage/governor_body.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/unknown_name.hpp"

namespace muster {
namespace {

std::vector<double> weights_of(const GovernorSettings& settings) {
  std::vector<double> weights;
  for (const GovernedChannel& channel : settings.channels) weights.push_back(channel.weight);
  return weights;
}

}  // namespace

FlowGovernor::Body::Body(GovernorSettings some)
    : settings(std::move(some)),
      bucket(settings.rate),
      breaker(settings.breaker),
      shares{FairShares(weights_of(settings)), FairShares(weights_of(settings))} {
  for (const GovernedChannel& channel : settings.channels) {
    positions.emplace(channel.id, static_cast<std::uint32_t>(lines.size()));
    lines.emplace_back(channel);
  }
}

// Takes the time, and back the places of calls that have timed out.
void FlowGovernor::Body::advance(Time time) {
  now = std::max(now, std::min(time, last_call_time));
  while (!running.empty() && running.front().timeout <= now) {
    end(running.front(), CallResult::failed);
  }
}

Result<GovernedCall*> FlowGovernor::Body::admit(std::string_view channel, CallUrgency urgency) {
  const auto found = positions.find(channel);
  if (found == positions.end()) {
    return Error{Errc::unknown_channel,
                 unknown_name("unknown channel", channel, settings.channels,
                              [](const auto& one) -> std::string_view { return one.id; }),
                 {}};
  }
  GovernedLine& line = lines[found->second];
  if (breaker.state(now) == BreakerState::open) {
    ++line.calls.refused;
    return Error{
        Errc::circuit_open,
        fmt::format(
            "calls failed: none is made for another {} ms",
            std::chrono::ceil<std::chrono::milliseconds>(breaker.open_until() - now).count()),
        {}};
  }
  if (line.waiting[line_at(urgency)].size() >= line.calls_waiting) {
    ++line.calls.refused;
    return Error{Errc::calls_full,
                 fmt::format("{} calls of channel {} wait already (calls_waiting)",
                             line.calls_waiting, in_quotes(channel)),
                 {}};
  }
  if (idle.empty()) idle.push_back(calls.emplace_back());
  GovernedCall& call = idle.front();
  call.channel = found->second;
  call.urgency = urgency;
  call.running = false;
  return &call;
}

void FlowGovernor::Body::enqueue(GovernedCall& call) {
  GovernedLine& line = lines[call.channel];
  CallList& waiting_calls = line.waiting[line_at(call.urgency)];
  if (waiting_calls.empty()) shares[line_at(call.urgency)].arrive(call.channel);
  call.ticket = ++last_ticket;
  tickets.emplace(call.ticket, &call);
  waiting_calls.splice(waiting_calls.end(), idle, idle.iterator_to(call));
  ++line.calls.waiting;
  ++waiting[line_at(call.urgency)];
}

// Whether all channels together, and its own, leave a call of that urgency room to start.
bool FlowGovernor::Body::may_start(std::uint32_t channel, CallUrgency urgency) const {
  const GovernedLine& line = lines[channel];
  const std::uint32_t kept = urgency == CallUrgency::batch ? settings.kept_for_inbound : 0;
  return running.size() + kept < settings.calls_at_once && bucket.ready_at(kept) <= now &&
         line.calls.running < line.calls_at_once &&
         (!line.bucket || line.bucket->ready_at() <= now);
}

std::optional<std::uint32_t> FlowGovernor::Body::pick(CallUrgency urgency) const {
  if (waiting[line_at(urgency)] == 0) return std::nullopt;
  const std::size_t channel = shares[line_at(urgency)].pick([&](std::size_t i) {
    const auto position = static_cast<std::uint32_t>(i);
    return !lines[i].waiting[line_at(urgency)].empty() && may_start(position, urgency);
  });
  if (channel == lines.size()) return std::nullopt;
  return static_cast<std::uint32_t>(channel);
}

// Whether no call that waits goes before one of that urgency.
bool FlowGovernor::Body::is_first(CallUrgency urgency) const {
  if (all_waiting(CallUrgency::inbound) != 0) return false;
  if (urgency == CallUrgency::batch) return all_waiting(CallUrgency::batch) == 0;
  return !is_turn_of_batch() || !pick(CallUrgency::batch);
}

GovernedCall* FlowGovernor::Body::pick() {
  using enum CallUrgency;
  if (!breaker.may_start(now)) return nullptr;
  const bool batch_turn = is_turn_of_batch();
  for (const CallUrgency urgency : {batch_turn ? batch : inbound, batch_turn ? inbound : batch}) {
    if (const auto channel = pick(urgency))
      return &lines[*channel].waiting[line_at(urgency)].front();
  }
  return nullptr;
}

void FlowGovernor::Body::start(GovernedCall& call) {
  GovernedLine& line = lines[call.channel];
  --line.calls.waiting;
  --waiting[line_at(call.urgency)];
  shares[line_at(call.urgency)].start(call.channel);
  bucket.take(now);
  if (line.bucket) line.bucket->take(now);
  run_of_inbound = call.urgency == CallUrgency::batch ? 0 : run_of_inbound + 1;
  call.running = true;
  call.timeout = now + settings.call_timeout;
  call.period = breaker.start(now);
  CallList& from = line.waiting[line_at(call.urgency)];
  running.splice(running.end(), from, from.iterator_to(call));
  ++line.calls.running;
  ++line.calls.started;
}

void FlowGovernor::Body::end(GovernedCall& call, CallResult result) {
  GovernedLine& line = lines[call.channel];
  --line.calls.running;
  if (result == CallResult::failed) ++line.calls.failed;
  breaker.finish(call.period, result, now);
  tickets.erase(call.ticket);
  idle.splice(idle.end(), running, running.iterator_to(call));
}

GovernedCall* FlowGovernor::Body::find(CallTicket ticket, bool is_running) {
  const auto found = tickets.find(ticket);
  return found != tickets.end() && found->second->running == is_running ? found->second : nullptr;
}

}  // namespace muster
