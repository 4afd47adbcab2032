#include "simulate/muster_way.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engage/policy_room.hpp"

namespace muster::simulate {
namespace {

constexpr Person views_of_a_plan = 500;

/// A command's answer where only its failure matters.
template <class T>
Result<void> done(const Result<T>& result) {
  if (!result) return result.error();
  return {};
}

const Task* find(const std::vector<Task>& tasks, std::string_view policy,
                 std::string_view channel) {
  const auto at = std::find_if(tasks.begin(), tasks.end(), [&](const Task& task) {
    return task.policy == policy && task.channel == channel;
  });
  return at == tasks.end() ? nullptr : &*at;
}

bool may_carry(const Offer& offer, ChannelId channel) {
  return std::any_of(offer.channels.begin(), offer.channels.end(),
                     [&](const RankedChannel& one) { return one.channel == channel; });
}

EngineOptions with(std::shared_ptr<const ContactHistory> history) {
  EngineOptions options;
  options.history = std::move(history);
  return options;
}

}  // namespace

MusterWay::MusterWay(const Market& market, Ledger& ledger)
    : market_(market),
      ledger_(ledger),
      history_(std::make_shared<LedgerHistory>()),
      engine_(with(history_)) {}

Result<std::unique_ptr<MusterWay>> MusterWay::make(const Market& market, Ledger& ledger) {
  std::unique_ptr<MusterWay> way(new MusterWay(market, ledger));
  if (auto deployed = way->engine_.deploy(market.catalogue()); !deployed) return deployed.error();
  return way;
}

Command MusterWay::command(Moment now) {
  key_ = fmt::format("simulated-{}", ++commands_);
  return {key_, now};
}

Result<PolicyView> MusterWay::decide(Person person, Moment now) {
  return engine_.decide({market_.key(person), market_.table().row(person)}, now);
}

PlanOptions MusterWay::until_sunday(int day) const {
  const int sunday = day - day % Calendar::days_of_week + Calendar::days_of_week - 1;
  return {.active_channels = 1, .due = market_.calendar().midnight_after(sunday)};
}

Result<void> MusterWay::expire(Moment now) {
  while (true) {
    const auto expired = ledger_.expire(command(now), max_run);
    if (!expired) return expired.error();
    if (expired->changes.empty()) return {};
  }
}

Result<void> MusterWay::plan_week(const World& world, int day) {
  const Moment now = market_.calendar().morning(day);
  std::vector<PolicyView> views;
  for (Person person = 0; person < market_.people(); ++person) {
    if (!world.gone(person)) {
      auto view = decide(person, now);
      if (!view) return view.error();
      views.push_back(*std::move(view));
    }
    const bool last = person + 1 == market_.people();
    if (views.empty() || (views.size() < views_of_a_plan && !last)) continue;
    const auto planned = ledger_.plan(command(now), views, until_sunday(day));
    if (!planned) return planned.error();
    views.clear();
  }
  return {};
}

Result<void> MusterWay::work(World& world, int day) {
  const Moment now = market_.calendar().morning(day);
  if (Calendar::is_monday(day)) {
    if (auto expired = expire(now); !expired) return expired;
  }
  if (auto updated = history_->update(ledger_); !updated) return updated;
  if (Calendar::is_monday(day)) {
    if (auto planned = plan_week(world, day); !planned) return planned;
  }
  const auto channels = market_.catalogue().channels();
  for (ChannelId channel = 0; channel < channels.size(); ++channel) {
    if (!channels[channel].active) continue;
    if (auto dispatched = dispatch(world, channel, day); !dispatched) return dispatched;
  }
  return {};
}

Result<void> MusterWay::dispatch(World& world, ChannelId channel, int day) {
  const std::string& id = market_.catalogue().channels()[channel].id;
  const auto most = std::min<std::uint64_t>(market_.capacity(channel), max_run);
  const auto dispatched =
      ledger_.dispatch(command(market_.calendar().morning(day)), market_.catalogue(), id, most);
  if (!dispatched) {
    return dispatched.error().code == Errc::channel_closed ? Result<void>()
                                                           : Result<void>(dispatched.error());
  }
  const auto work = ledger_.outbox(id, max_run);
  if (!work) return work.error();
  for (const Event& event : *work) {
    if (event.state != TaskState::dispatched) continue;
    if (auto carried = carry_out(world, event, channel, day); !carried) return carried;
  }
  return work->empty() ? Result<void>() : ledger_.acknowledge(id, work->back().sequence);
}

/// Another task of the same batch may have closed this one.
Result<void> MusterWay::carry_out(World& world, const Event& work, ChannelId channel, int day) {
  const auto task = ledger_.task(work.task);
  if (!task) return task.error();
  if (task->state != TaskState::dispatched) return {};
  return tell(world, *task, channel, day, market_.calendar().morning(day));
}

Result<bool> MusterWay::allowed(const Task& task, Moment now) {
  const UserTable::Row row = market_.table().row(market_.find(task.user));
  const auto gate = engine_.check({task.user, row}, task.policy, task.channel, now);
  if (!gate) return gate.error();
  return gate->allowed;
}

Result<void> MusterWay::tell(World& world, const Task& task, ChannelId channel, int day,
                             Moment now) {
  const auto open = allowed(task, now);
  if (!open) return open.error();
  if (!*open) return withdraw(task.id, now);
  const auto policy = static_cast<PolicyId>(market_.catalogue().find(task.policy));
  return report(task.id, world.approach(market_.find(task.user), policy, channel, day), now);
}

Result<void> MusterWay::withdraw(TaskId task, Moment now) {
  TaskMove move;
  move.task = task;
  return done(ledger_.move(command(now), move));
}

Result<void> MusterWay::settle(TaskId task, Moment now) {
  ContactReport report;
  report.task = task;
  return done(ledger_.settle(command(now), market_.catalogue(), report));
}

Result<void> MusterWay::report(TaskId task, Answer answer, Moment now) {
  if (answer == Answer::accepted) return settle(task, now);
  ContactReport report;
  report.task = task;
  report.outcome = answer == Answer::unreached  ? Outcome::unreachable
                   : answer == Answer::declined ? Outcome::declined
                                                : Outcome::none;
  return done(ledger_.contact(command(now), market_.catalogue(), report));
}

/// The open task of an offer on a channel, planned now where Monday's view did not have it; one
/// without an id where there is none even so.
Result<Task> MusterWay::task_of(const PolicyView& view, const Offer& offer, ChannelId channel,
                                int day) {
  const std::string& policy = market_.catalogue().policies()[offer.policy].id;
  const std::string& id = market_.catalogue().channels()[channel].id;
  for (const bool planned : {false, true}) {
    const auto open = ledger_.open_tasks(view.user());
    if (!open) return open.error();
    if (const Task* task = find(*open, policy, id)) return *task;
    if (planned) break;
    const auto receipt = ledger_.plan(command(view.at()), {&view, 1}, until_sunday(day));
    if (!receipt) return receipt.error();
  }
  return Task();
}

/// Whether quota and budget allow for one more, beside what is promised to others.
Result<bool> MusterWay::is_left(PolicyId id) {
  const Policy& policy = market_.catalogue().policies()[id];
  const auto use = ledger_.use_of(policy.id);
  if (!use) return use.error();
  return has_room(policy, *use);
}

/// The best offer that can be had and that this channel has not told yet this week.
Result<void> MusterWay::receive(World& world, const Visit& visit, int day) {
  const Moment now = market_.calendar().afternoon(day);
  if (auto updated = history_->update(ledger_); !updated) return updated;
  const auto view = decide(visit.person, now);
  if (!view) return view.error();
  for (const Offer& offer : view->offers()) {
    if (!may_carry(offer, visit.channel)) continue;
    const auto left = is_left(offer.policy);
    if (!left) return left.error();
    if (!*left) continue;
    const auto task = task_of(*view, offer, visit.channel, day);
    if (!task) return task.error();
    if (task->id == 0 || task->state != TaskState::planned) continue;
    return tell(world, *task, visit.channel, day, now);
  }
  return {};
}

/// Settled by the channel's task of the policy, or without one.
Result<bool> MusterWay::sold(const Wish& wish, int day) {
  const std::string& policy = market_.catalogue().policies()[wish.policy].id;
  const std::string& channel = market_.catalogue().channels()[wish.channel].id;
  const auto open = ledger_.open_tasks(market_.key(wish.person));
  if (!open) return open.error();
  ContactReport report;
  report.user = market_.key(wish.person);
  report.policy = policy;
  report.channel = channel;
  if (const Task* task = find(*open, policy, channel)) report.task = task->id;
  const auto settled =
      ledger_.settle(command(market_.calendar().evening(day)), market_.catalogue(), report);
  if (!settled && settled.error().code == Errc::used_up) return false;
  if (!settled) return settled.error();
  return true;
}

Result<void> MusterWay::lost(Person person, int day) {
  const auto open = ledger_.open_tasks(market_.key(person));
  if (!open) return open.error();
  for (const Task& task : *open) {
    if (auto gone = withdraw(task.id, market_.calendar().midnight_after(day - 1)); !gone)
      return gone;
  }
  return {};
}

}  // namespace muster::simulate
