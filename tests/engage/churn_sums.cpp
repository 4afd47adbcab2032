#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "churn.hpp"

namespace muster::testing {
namespace {

/// What the entries add up to.
class Sums {
 public:
  Sums(Ledger& ledger, const ChurnMarket& market)
      : ledger_(ledger),
        shops_(market.shops),
        catalogue_(market.catalogue),
        capacity_(catalogue_.channels()[catalogue_.find_channel("call")].daily_capacity) {}

  void add(const Event& event) {
    EXPECT_EQ(event.sequence, ++sequence_) << "entries are missing";
    if (event.state) change(event, *event.state);
    const Channel* channel = channel_of(event);
    if (event.kind == EventKind::contact && channel != nullptr && channel->active) {
      ++approached_[event.user];
    }
    EXPECT_LE(approached_[event.user] + waiting_[event.user], churn_cap) << event.sequence;
    EXPECT_LE(used_["call"], capacity_) << event.sequence;
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
    expect_room_in_shops();
    for (const auto& [user, group] : settled_) {
      for (const Task& task : *ledger_.open_tasks(user)) {
        EXPECT_FALSE(in_group(task.policy, group)) << user << " is still asked for " << task.policy;
      }
    }
  }

 private:
  /// No shop has more than it can do, and each order that is open is of a task that is with it.
  void expect_room_in_shops() {
    HandOffDesk desk(ledger_, shops_);
    for (const Shop& shop : shops_.shops()) {
      const std::vector<HandOff> open = desk.orders_of(shop.id).value();
      const std::uint64_t used = ledger_.capacity_used(shop_desk(shop.id), Date{20'542}).value();
      EXPECT_EQ(open.size(), used) << shop.id;
      EXPECT_LE(used, shop.daily_capacity) << shop.id;
      std::set<TaskId> tasks;
      for (const HandOff& one : open) {
        EXPECT_EQ(states_[one.order.task], TaskState::handed_off) << one.order.task;
        EXPECT_TRUE(tasks.insert(one.order.task).second) << one.order.task << " is there twice";
      }
    }
  }

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
  const ShopDirectory& shops_;
  const Catalogue& catalogue_;
  std::uint64_t capacity_;
  std::uint64_t sequence_ = 0;
  std::map<TaskId, TaskState> states_;
  std::map<std::string, std::uint64_t> approached_, waiting_, used_, accepted_;
  std::map<std::string, std::set<TaskId>> reserved_;
  std::set<std::pair<std::string, std::string>> settled_;
};

}  // namespace

double share_of_changes_at_the_end(Ledger& ledger) {
  constexpr std::size_t all = 1'000'000;
  const std::vector<Event> events = ledger.events(0, all).value();
  std::map<std::uint64_t, bool> commands;  // by their first entry: whether it changed a task
  for (std::size_t i = events.size() * 3 / 4; i < events.size(); ++i) {
    bool& changes = commands[events[i].cause];
    changes = changes || events[i].state.has_value();
  }
  const auto changed =
      std::count_if(commands.begin(), commands.end(), [](const auto& one) { return one.second; });
  return static_cast<double>(changed) / static_cast<double>(commands.size());
}

void expect_sound(Ledger& ledger, const ChurnMarket& market) {
  Sums sums(ledger, market);
  constexpr std::size_t all = 1'000'000;
  const std::vector<Event> events = ledger.events(0, all).value();
  for (const Event& event : events) sums.add(event);
  sums.expect_same();
}

}  // namespace muster::testing
