#include "engage/ledger_writer.hpp"

#include <fmt/core.h>

#include <utility>

namespace muster {
namespace {

/// Whether quota and budget stay reserved in a state.
bool keeps_reservation(TaskState state) noexcept {
  return is_open(state) && state != TaskState::planned;
}

/// Of who was dispatched to meet somebody, only a contact tells that it came to that: it takes what
/// was reserved, and counts.
Result<void> check_told(const KeptTask& task, TaskState to, EventKind kind) {
  const bool untold = task.state == TaskState::dispatched && is_open(to);
  if (!untold || kind == EventKind::contact) return {};
  return Error{Errc::illegal_move,
               fmt::format("task {} is dispatched: that it is {} is recorded as a contact", task.id,
                           name(to)),
               {}};
}

}  // namespace

void describe(const Task& task, Event& event) {
  event.user = task.user;
  event.policy = task.policy;
  event.channel = task.channel;
  event.task = task.id;
}

LedgerWriter::LedgerWriter(LedgerTables& tables, const Command& command, std::uint64_t content,
                           std::uint64_t first)
    : tables_(tables), command_(command), content_(content), first_(first) {}

void LedgerWriter::append(Event event) {
  event.sequence = next_sequence();
  event.cause = first_;
  event.at = command_.now;
  entries_.push_back(std::move(event));
}

void LedgerWriter::plan(KeptTask task, Pushed pushed) {
  task.id = next_sequence();
  task.state = TaskState::planned;
  Event event;
  event.kind = EventKind::task;
  describe(task, event);
  event.state = task.state;
  append(std::move(event));
  tables_.add(task, pushed);
}

void LedgerWriter::dispatch(KeptTask& task, Date day, double cost) {
  task.state = TaskState::dispatched;
  task.day = day;
  task.cost = cost;
  Event event;
  event.kind = EventKind::task;
  describe(task, event);
  event.state = task.state;
  tables_.push(task.channel, next_sequence());
  append(std::move(event));
  tables_.update(task);
  ++capacity_[{task.channel, day}];
  PolicyUse& use = use_of(task.policy);
  ++use.reserved;
  use.reserved_cost += cost;
}

Result<void> LedgerWriter::move(KeptTask& task, TaskState to, Event event) {
  if (Result<void> legal = check_move(task.id, task.state, to); !legal) return legal;
  if (Result<void> told = check_told(task, to, event.kind); !told) return told;
  const bool told_by_channel = event.kind == EventKind::contact || event.kind == EventKind::answer;
  if (task.day && !is_open(to) && !told_by_channel) tables_.push(task.channel, next_sequence());
  if (task.state == TaskState::dispatched && event.kind != EventKind::contact) {
    --capacity_[{task.channel, *task.day}];
  }
  if (task.day && !keeps_reservation(to)) release(task);
  const bool was_handed_off = task.state == TaskState::handed_off;
  task.state = to;
  describe(task, event);
  event.state = to;
  append(std::move(event));
  tables_.update(task);
  if (was_handed_off) back_.push_back(task);
  return {};
}

void LedgerWriter::release(KeptTask& task) {
  PolicyUse& use = use_of(task.policy);
  --use.reserved;
  // A sum of differences is not always a difference of sums.
  use.reserved_cost = use.reserved == 0 ? 0 : use.reserved_cost - task.cost;
  task.day.reset();
  task.cost = 0;
}

PolicyUse& LedgerWriter::use_of(const std::string& policy) {
  const auto found = uses_.find(policy);
  if (found != uses_.end()) return found->second;
  const PolicyUse use = tables_.use_of(policy);
  return uses_.emplace(policy, use).first->second;
}

Receipt LedgerWriter::finish() {
  const KeptCommand head{first_, content_, entries_.size()};
  Receipt out{first_, false, {}};
  for (const Event& event : entries_) {
    tables_.add(event, command_.key, &event == entries_.data() ? &head : nullptr);
    if (event.state) out.changes.push_back({event.task, *event.state});
  }
  for (const auto& [policy, use] : uses_) tables_.put(policy, use);
  for (const auto& [place, contacts] : capacity_) {
    if (contacts != 0) tables_.add_capacity(place.first, place.second, contacts);
  }
  return out;
}

}  // namespace muster
