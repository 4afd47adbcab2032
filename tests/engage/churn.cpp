#include "churn.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

namespace muster::testing {
namespace {

const std::string rules = fmt::format(
    R"({{"id": "cap", "kind": "cap", "most": {}, "within": {{"rolling_days": 30}},
        "channels": ["call", "sms"]}})",
    churn_cap);
const std::string a = fmt::format(R"(, "groups": ["g"], "quota": {})", churn_quota);
const std::string b =
    fmt::format(R"(, "groups": ["g", "h"], "cost": 4, "budget": {})", churn_budget);

Catalogue churn_catalogue(const std::string& policies) {
  return market({.policies = policies,
                 .contact_rules = rules,
                 .call = fmt::format(R"(, "daily_capacity": {})", churn_capacity)});
}

bool may_be_refused(Errc code) {
  return code == Errc::already_settled || code == Errc::illegal_move || code == Errc::used_up ||
         code == Errc::unknown_task;
}

}  // namespace

ChurnMarket::ChurnMarket()
    : catalogue(churn_catalogue(offer("A", a) + "," + offer("B", b) + "," + offer("C"))) {
  const Catalogue some[] = {churn_catalogue(offer("A", a) + "," + offer("C")),
                            churn_catalogue(offer("B", b) + "," + offer("C"))};
  for (int user = 0; user < 12; ++user) {
    for (const Catalogue& one : some) views.push_back(view_of(one, fmt::format("u{}", user)));
  }
}

std::optional<std::string> Churn::step(Ledger& ledger) {
  const std::string key = fmt::format("{} {}", name_, count_++);
  const Result<Receipt> done = act(ledger, {key, later(static_cast<std::int64_t>(pick(60)))});
  if (done) return key;
  if (!may_be_refused(done.error().code)) failure_ = done.error().message;
  return std::nullopt;
}

Result<Receipt> Churn::act(Ledger& ledger, const Command& command) {
  const std::size_t choice = pick(10);
  const PolicyView& view = market_.views[pick(market_.views.size())];
  if (choice < 2) return ledger.plan(command, {&view, 1}, {.active_channels = 2, .due = later(50)});
  if (choice < 4) {
    return ledger.dispatch(command, market_.catalogue, pick(2) == 0 ? "call" : "sms", 3);
  }
  if (choice == 4) return ledger.expire(command, 2);
  const auto open = ledger.open_tasks(view.user());
  if (!open) return open.error();
  // Another worker may close the task before this one comes to it.
  return act_on(ledger, command, open->empty() ? 1 : (*open)[pick(open->size())].id);
}

Result<Receipt> Churn::act_on(Ledger& ledger, const Command& command, TaskId task) {
  if (pick(8) == 0) {
    TaskMove withdrawal;
    withdrawal.task = task;
    return ledger.move(command, withdrawal);
  }
  ContactReport report;
  report.task = task;
  constexpr Outcome outcomes[] = {Outcome::none, Outcome::declined, Outcome::deferred,
                                  Outcome::unreachable, Outcome::none};
  report.outcome = outcomes[pick(std::size(outcomes))];
  report.interested = pick(2) == 0;
  if (pick(3) == 0) return ledger.settle(command, market_.catalogue, report);
  return ledger.contact(command, market_.catalogue, report);
}

namespace {

/// What the entries add up to.
class Sums {
 public:
  Sums(Ledger& ledger, const Catalogue& catalogue) : ledger_(ledger), catalogue_(catalogue) {}

  void add(const Event& event) {
    EXPECT_EQ(event.sequence, ++sequence_) << "entries are missing";
    if (event.state) change(event, *event.state);
    const Channel* channel = channel_of(event);
    if (event.kind == EventKind::contact && channel != nullptr && channel->active) {
      ++approached_[event.user];
    }
    EXPECT_LE(approached_[event.user] + waiting_[event.user], churn_cap) << event.sequence;
    EXPECT_LE(used_["call"], churn_capacity) << event.sequence;
  }

  void expect_same() {
    for (const auto& [task, state] : states_) EXPECT_EQ(ledger_.task(task)->state, state) << task;
    for (const Policy& policy : catalogue_.policies()) {
      const PolicyUse use = *ledger_.use_of(policy.id);
      EXPECT_EQ(use.reserved, reserved_[policy.id].size()) << policy.id;
      EXPECT_EQ(use.accepted, accepted_[policy.id]) << policy.id;
      EXPECT_NEAR(use.cost, static_cast<double>(use.accepted) * policy.cost, 1e-9);
      if (policy.quota != 0) {
        EXPECT_LE(use.accepted + use.reserved, policy.quota);
      }
      if (policy.budget != 0) {
        EXPECT_LE(use.cost + use.reserved_cost, policy.budget);
      }
    }
    for (const auto& [channel, used] : used_) {
      EXPECT_EQ(*ledger_.capacity_used(channel, Date{20'542}), used) << channel;
    }
    for (const auto& [user, group] : settled_) {
      for (const Task& task : *ledger_.open_tasks(user)) {
        EXPECT_FALSE(in_group(task.policy, group)) << user << " is still asked for " << task.policy;
      }
    }
  }

 private:
  void change(const Event& event, TaskState to) {
    const auto known = states_.find(event.task);
    if (known == states_.end()) {
      EXPECT_EQ(to, TaskState::planned);
      EXPECT_EQ(event.task, event.sequence);
    } else {
      EXPECT_TRUE(may_move(known->second, to)) << event.sequence;
      leave(event, known->second, to);
    }
    states_[event.task] = to;
    if (to == TaskState::dispatched) {
      ++waiting_[event.user];
      ++used_[event.channel];
      reserved_[event.policy].insert(event.task);
    }
    if (to == TaskState::accepted) accept(event);
  }

  void leave(const Event& event, TaskState from, TaskState to) {
    if (from == TaskState::dispatched) {
      --waiting_[event.user];
      if (event.kind != EventKind::contact) --used_[event.channel];
    }
    if (!is_open(to) || to == TaskState::planned) reserved_[event.policy].erase(event.task);
  }

  void accept(const Event& event) {
    ++accepted_[event.policy];
    for (const char* group : {"g", "h", "C"}) {
      if (!in_group(event.policy, group)) continue;
      EXPECT_TRUE(settled_.emplace(event.user, group).second)
          << event.user << " settled " << group << " twice";
    }
  }

  bool in_group(const std::string& policy, std::string_view group) const {
    const auto& groups = catalogue_.policies()[catalogue_.find(policy)].groups;
    return policy == group || std::find(groups.begin(), groups.end(), group) != groups.end();
  }

  const Channel* channel_of(const Event& event) const {
    const std::size_t at = catalogue_.find_channel(event.channel);
    return at == catalogue_.channels().size() ? nullptr : &catalogue_.channels()[at];
  }

  Ledger& ledger_;
  const Catalogue& catalogue_;
  std::uint64_t sequence_ = 0;
  std::map<TaskId, TaskState> states_;
  std::map<std::string, std::uint64_t> approached_, waiting_, used_, accepted_;
  std::map<std::string, std::set<TaskId>> reserved_;
  std::set<std::pair<std::string, std::string>> settled_;
};

}  // namespace

void expect_sound(Ledger& ledger, const Catalogue& catalogue) {
  Sums sums(ledger, catalogue);
  constexpr std::size_t all = 1'000'000;
  const std::vector<Event> events = ledger.events(0, all).value();
  for (const Event& event : events) sums.add(event);
  sums.expect_same();
}

bool long_tests() { return std::getenv("MUSTER_TEST_LONG") != nullptr; }

}  // namespace muster::testing
