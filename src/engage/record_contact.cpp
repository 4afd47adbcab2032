#include "engage/record_contact.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <span>

#include "core/diagnostics.hpp"
#include "engage/command_check.hpp"
#include "engage/contact_limits.hpp"
#include "engage/ledger_body.hpp"
#include "engage/lookup.hpp"
#include "engage/policy_room.hpp"

namespace muster {
namespace {

Result<void> check_report(const Command& command, const ContactReport& report) {
  const bool of_task = report.task != 0;
  return CommandCheck(command)
      .id("a user", report.user, of_task)
      .id("a policy", report.policy, true)
      .id("a channel", report.channel, of_task)
      .one_of("an outcome", report.outcome, outcomes)
      .one_of("a shared field", report.field, shared_fields)
      .text(report.text)
      .result();
}

std::uint64_t content_of(std::string_view command, const ContactReport& report) {
  ContentHash hash(command);
  hash.add(report.task).add(report.user).add(report.policy).add(report.channel);
  hash.add(static_cast<std::uint64_t>(report.outcome)).add(report.interested ? 1 : 0);
  return hash.add(static_cast<std::uint64_t>(report.field)).add(report.text).value();
}

/// A task that is reported about.
struct Reported {
  KeptTask task;
  const Policy* policy;
  const Channel* channel;

  /// Whether the report is of a contact of its own.
  bool meets() const {
    return task.id == 0 || !channel->active || task.state == TaskState::dispatched;
  }
};

/// When an acceptance is judged: whoever comes after the end of a policy's validity is the last of
/// its customers, barred by what held then, and bars the next one.
Moment judged_at(const LedgerWriter& writer, const Policy& policy) {
  return std::min(writer.now(), Moment{policy.valid.until.seconds - 1});
}

/// Fails where another settlement bars the policy.
Result<void> check_free(LedgerWriter& writer, const Catalogue& catalogue, const std::string& user,
                        const Policy& policy) {
  const auto settlements = writer.tables().settlements_of(user);
  const Settlement* bar = find_bar(settlements, catalogue, policy, judged_at(writer, policy));
  if (bar != nullptr) return already_settled(user, *bar);
  return {};
}

/// Fails besides where the task is closed: who settled it is told.
Result<Reported> check_reported(LedgerWriter& writer, const Catalogue& catalogue,
                                const ContactReport& report, const KeptTask* task) {
  if (task == nullptr) return unknown_task(report.task);
  const Result<void> same = check_same(*task, {report.user, report.policy, report.channel});
  if (!same) return same.error();
  const auto policy = find_policy(catalogue, task->policy);
  if (!policy) return policy.error();
  const auto channel = find_channel(catalogue, task->channel);
  if (!channel) return channel.error();
  if (!is_open(task->state)) {
    const Result<void> free = check_free(writer, catalogue, task->user, **policy);
    if (!free) return free.error();
  }
  return Reported{*task, *policy, *channel};
}

/// An acceptance of what no task was made for.
Result<Reported> find_unasked(const Catalogue& catalogue, const ContactReport& report) {
  const auto policy = find_policy(catalogue, report.policy);
  if (!policy) return policy.error();
  const auto channel = find_channel(catalogue, report.channel);
  if (!channel) return channel.error();
  KeptTask none;
  none.user = report.user;
  none.policy = (*policy)->id;
  none.channel = (*channel)->id;
  return Reported{std::move(none), *policy, *channel};
}

Event event_of(const ContactReport& report, bool meets) {
  Event out;
  out.kind = meets ? EventKind::contact : EventKind::answer;
  out.outcome = report.outcome;
  out.field = report.field;
  out.text = report.text;
  return out;
}

TaskState state_after(const Reported& reported, const ContactReport& report) {
  switch (report.outcome) {
    case Outcome::accepted:
      return TaskState::accepted;
    case Outcome::declined:
      return TaskState::declined;
    case Outcome::unreachable:
      return TaskState::unreachable;
    case Outcome::expired:
      return TaskState::expired;
    case Outcome::deferred:
      if (reported.channel->active) return TaskState::planned;
      break;
    case Outcome::none:
      break;
  }
  const bool interested = report.interested || reported.task.state == TaskState::interested;
  return interested ? TaskState::interested : TaskState::contacted;
}

/// Without a task there is nothing to move.
Result<void> record_alone(LedgerWriter& writer, const Catalogue& catalogue,
                          const ContactReport& report) {
  const auto channel = find_channel(catalogue, report.channel);
  if (!channel) return channel.error();
  if (!report.policy.empty()) {
    const auto policy = find_policy(catalogue, report.policy);
    if (!policy) return policy.error();
  }
  Event event = event_of(report, true);
  event.user = report.user;
  event.policy = report.policy;
  event.channel = report.channel;
  writer.append(std::move(event));
  return {};
}

Result<void> record(LedgerWriter& writer, const Catalogue& catalogue, const ContactReport& report) {
  if (report.task == 0) return record_alone(writer, catalogue, report);
  const auto task = writer.tables().find_task(report.task);
  auto reported = check_reported(writer, catalogue, report, task ? &*task : nullptr);
  if (!reported) return reported.error();
  if (reported->channel->active && reported->task.state == TaskState::planned) {
    return Error{Errc::illegal_move,
                 fmt::format("task {} was not dispatched; on {}, an active channel, it has to be",
                             report.task, in_quotes(reported->channel->id)),
                 {}};
  }
  return writer.move(reported->task, state_after(*reported, report),
                     event_of(report, reported->meets()));
}

Error used_up(const Policy& policy, const PolicyUse& use) {
  return {Errc::used_up,
          fmt::format("nothing is left of policy {}: {} of quota {} and {:.10g} of budget {} are "
                      "drawn, {} and {:.10g} promised",
                      in_quotes(policy.id), use.accepted, policy.quota, use.cost, policy.budget,
                      use.reserved, use.reserved_cost),
          {}};
}

/// Settles one task: see Ledger::settle. `others`: of the user, and open.
class Settler {
 public:
  Settler(LedgerWriter& writer, const Catalogue& catalogue, Reported reported,
          std::span<KeptTask> others)
      : writer_(writer), catalogue_(catalogue), reported_(std::move(reported)), others_(others) {}

  Result<void> settle(const ContactReport& report) {
    const Policy& policy = *reported_.policy;
    const Result<void> free = check_free(writer_, catalogue_, reported_.task.user, policy);
    if (!free) return free;
    const std::uint64_t sequence = writer_.next_sequence();
    if (Result<void> accepted = accept(report); !accepted) return accepted;
    if (Result<void> closed = close_others(); !closed) return closed;
    if (Result<void> drawn = draw(); !drawn) return drawn;
    const Settlement settlement{sequence,      reported_.task.id, policy.id, reported_.channel->id,
                                writer_.now(), policy.valid.until};
    for (const std::string& group : groups_of(policy)) {
      writer_.tables().put(reported_.task.user, group, settlement);
    }
    return {};
  }

 private:
  Result<void> accept(const ContactReport& report) {
    Event event = event_of(report, reported_.meets());
    event.cost = reported_.policy->cost;
    if (reported_.task.id != 0) {
      return writer_.move(reported_.task, TaskState::accepted, std::move(event));
    }
    event.user = reported_.task.user;
    event.policy = reported_.task.policy;
    event.channel = reported_.task.channel;
    writer_.append(std::move(event));
    return {};
  }

  /// Before drawing: what is reserved for the same user and policy makes room.
  Result<void> close_others() {
    for (KeptTask& other : others_) {
      const bool excluded = other.policy == reported_.policy->id ||
                            share_group(catalogue_, other.policy, reported_.policy->id);
      if (!excluded) continue;
      Event event;
      event.kind = EventKind::task;
      auto moved = writer_.move(other, TaskState::cancelled, std::move(event));
      if (!moved) return moved;
    }
    return {};
  }

  Result<void> draw() {
    const Policy& policy = *reported_.policy;
    PolicyUse& use = writer_.use_of(policy.id);
    if (!has_room(policy, use)) return used_up(policy, use);
    ++use.accepted;
    use.cost += policy.cost;
    return {};
  }

  LedgerWriter& writer_;
  const Catalogue& catalogue_;
  Reported reported_;
  std::span<KeptTask> others_;
};

Result<void> settle_task(LedgerWriter& writer, const Catalogue& catalogue,
                         const ContactReport& report) {
  std::vector<KeptTask> tasks = writer.tables().with_open_tasks(report.task);
  auto reported = check_reported(writer, catalogue, report, tasks.empty() ? nullptr : tasks.data());
  if (!reported) return reported.error();
  return Settler(writer, catalogue, std::move(*reported), std::span(tasks).subspan(1))
      .settle(report);
}

Result<void> settle_unasked(LedgerWriter& writer, const Catalogue& catalogue,
                            const ContactReport& report) {
  auto reported = find_unasked(catalogue, report);
  if (!reported) return reported.error();
  std::vector<KeptTask> open = writer.tables().open_tasks(report.user);
  return Settler(writer, catalogue, std::move(*reported), open).settle(report);
}

}  // namespace

Result<void> record_report(LedgerWriter& writer, const Catalogue& catalogue,
                           const ContactReport& report) {
  if (report.outcome != Outcome::accepted) return record(writer, catalogue, report);
  return report.task == 0 ? settle_unasked(writer, catalogue, report)
                          : settle_task(writer, catalogue, report);
}

Result<Receipt> Ledger::contact(const Command& command, const Catalogue& catalogue,
                                const ContactReport& report) {
  if (Result<void> good = check_report(command, report); !good) return good.error();
  if (report.outcome == Outcome::accepted) {
    return Error{Errc::invalid_argument, "an acceptance is to be settled, not just recorded", {}};
  }
  return body_->write(command, content_of("contact", report),
                      [&](LedgerWriter& writer) { return record(writer, catalogue, report); });
}

Result<Receipt> Ledger::settle(const Command& command, const Catalogue& catalogue,
                               const ContactReport& report) {
  if (Result<void> good = check_report(command, report); !good) return good.error();
  ContactReport accepted = report;
  accepted.outcome = Outcome::accepted;
  return body_->write(command, content_of("settle", accepted), [&](LedgerWriter& writer) {
    return record_report(writer, catalogue, accepted);
  });
}

}  // namespace muster
