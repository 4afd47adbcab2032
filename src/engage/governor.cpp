#include "muster/engage/governor.hpp"

#include <fmt/format.h>

#include "core/diagnostics.hpp"
#include "engage/governor_body.hpp"
#include "engage/governor_settings.hpp"

namespace muster {
namespace {

constexpr std::array<std::string_view, 3> breaker_names{"closed", "open", "half_open"};

}  // namespace

std::string_view name(BreakerState state) noexcept {
  return breaker_names[static_cast<std::size_t>(state)];
}

FlowGovernor::FlowGovernor(std::unique_ptr<Body> body) : body_(std::move(body)) {}
FlowGovernor::FlowGovernor(FlowGovernor&&) noexcept = default;
FlowGovernor& FlowGovernor::operator=(FlowGovernor&&) noexcept = default;
FlowGovernor::~FlowGovernor() = default;

Result<FlowGovernor> FlowGovernor::make(GovernorSettings settings) {
  if (auto checked = check_settings(settings); !checked) return checked.error();
  return FlowGovernor(std::make_unique<Body>(std::move(settings)));
}

Result<CallTicket> FlowGovernor::enqueue(std::string_view channel, CallUrgency urgency, Time now) {
  const std::lock_guard lock(body_->mutex);
  body_->advance(now);
  const auto call = body_->admit(channel, urgency);
  if (!call) return call.error();
  body_->enqueue(**call);
  return (*call)->ticket;
}

Result<CallTicket> FlowGovernor::start(std::string_view channel, CallUrgency urgency, Time now) {
  const std::lock_guard lock(body_->mutex);
  body_->advance(now);
  const auto call = body_->admit(channel, urgency);
  if (!call) return call.error();
  if (!body_->is_first(urgency) || !body_->breaker.may_start(body_->now) ||
      !body_->may_start((*call)->channel, urgency)) {
    ++body_->lines[(*call)->channel].calls.refused;
    return Error{Errc::calls_busy,
                 fmt::format("a call of channel {} can not start at once", in_quotes(channel)),
                 {}};
  }
  body_->enqueue(**call);
  body_->start(**call);
  return (*call)->ticket;
}

std::optional<CallTicket> FlowGovernor::next(Time now) {
  const std::lock_guard lock(body_->mutex);
  body_->advance(now);
  GovernedCall* const call = body_->pick();
  if (call == nullptr) return std::nullopt;
  body_->start(*call);
  return call->ticket;
}

bool FlowGovernor::cancel(CallTicket ticket) {
  const std::lock_guard lock(body_->mutex);
  GovernedCall* const call = body_->find(ticket, false);
  if (call == nullptr) return false;
  GovernedLine& line = body_->lines[call->channel];
  CallList& from = line.waiting[line_at(call->urgency)];
  --line.calls.waiting;
  --body_->waiting[line_at(call->urgency)];
  body_->tickets.erase(ticket);
  body_->idle.splice(body_->idle.end(), from, from.iterator_to(*call));
  return true;
}

bool FlowGovernor::finish(CallTicket ticket, CallResult result, Time now) {
  const std::lock_guard lock(body_->mutex);
  body_->advance(now);
  GovernedCall* const call = body_->find(ticket, true);
  if (call == nullptr) return false;
  body_->end(*call, result);
  return true;
}

std::optional<FlowGovernor::Time> FlowGovernor::next_change(Time now) {
  const std::lock_guard lock(body_->mutex);
  Body& body = *body_;
  body.advance(now);
  std::optional<Time> soonest;
  const auto offer = [&](Time time) {
    if (time > body.now && (!soonest || time < *soonest)) soonest = time;
  };
  if (body.waiting[0] + body.waiting[1] == 0) return std::nullopt;
  offer(body.bucket.ready_at());
  offer(body.bucket.ready_at(body.settings.kept_for_inbound));
  if (body.breaker.state(body.now) == BreakerState::open) offer(body.breaker.open_until());
  if (!body.running.empty()) offer(body.running.front().timeout);
  for (const GovernedLine& line : body.lines) {
    if (line.bucket && line.calls.waiting > 0) offer(line.bucket->ready_at());
  }
  return soonest;
}

GovernorCounts FlowGovernor::counts(Time now) {
  const std::lock_guard lock(body_->mutex);
  body_->advance(now);
  GovernorCounts counts{body_->breaker.state(body_->now), body_->breaker.opened(), {}};
  for (const GovernedLine& line : body_->lines) counts.channels.push_back(line.calls);
  return counts;
}

}  // namespace muster
