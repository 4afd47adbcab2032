#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "each_store.hpp"

namespace muster::testing {
namespace {

class DispatchTasks : public EachStore {
 protected:
  Result<Receipt> dispatch(std::string_view channel, Moment now = noon, std::size_t most = 100) {
    return ledger->dispatch(command(now), catalogue, channel, most);
  }
  std::size_t dispatched(std::string_view channel, Moment now = noon, std::size_t most = 100) {
    const auto receipt = dispatch(channel, now, most);
    EXPECT_TRUE(receipt) << receipt.error().message;
    return receipt->changes.size();
  }
  /// What the last run left out.
  std::string summary() {
    std::string out;
    for (const Event& event : ledger->events(0, 1'000).value()) {
      if (event.kind == EventKind::dispatch) out = event.text;
    }
    return out;
  }
  void contact(std::string_view user, std::string_view channel, Outcome outcome,
               Moment now = noon) {
    ContactReport report;
    report.task = task_of(*ledger, user, "P1", channel).id;
    report.outcome = outcome;
    const auto done = ledger->contact(command(now), catalogue, report);
    ASSERT_TRUE(done) << done.error().message;
  }
  void plan(int users, const PlanOptions& options = {}) {
    for (int i = 0; i < users; ++i) {
      plan_for(*ledger, catalogue, fmt::format("u{}", i), noon, options);
    }
  }

  Catalogue catalogue = market();
};
MUSTER_IN_EACH_STORE(DispatchTasks);

TEST_P(DispatchTasks, PushesToTheOutboxUntilAcknowledged) {
  plan(3);
  EXPECT_EQ(dispatched("call", noon, 2), 2u);
  const std::vector<Event> first = *ledger->outbox("call", 100);
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first[0].user, "u0");
  EXPECT_EQ(first[0].state, TaskState::dispatched);
  EXPECT_EQ(*ledger->outbox("call", 100), first);  // nobody said it arrived
  ASSERT_TRUE(ledger->acknowledge("call", first[0].sequence));
  EXPECT_EQ(ledger->outbox("call", 100)->size(), 1u);
  EXPECT_EQ(dispatched("call"), 1u);
  EXPECT_EQ(dispatched("call"), 0u);
  ASSERT_TRUE(ledger->acknowledge("call", ~std::uint64_t{0} >> 1));
  EXPECT_TRUE(ledger->outbox("call", 100)->empty());
}

TEST_P(DispatchTasks, BestScoreFirst) {
  catalogue = market({.policies = R"({"id": "low", "name": "l", "segment": "fee >= 0", "value": 1},
    {"id": "high", "name": "h", "segment": "fee >= 0", "value": 9},
    {"id": "middle", "name": "m", "segment": "fee >= 0", "value": 5})"});
  plan(2);
  const auto receipt = dispatch("call", noon, 5);
  std::vector<std::string> order;
  for (const TaskChange& change : receipt->changes) {
    order.push_back(ledger->task(change.task)->policy);
  }
  EXPECT_EQ(order, (std::vector<std::string>{"high", "high", "middle", "middle", "low"}));
}

TEST_P(DispatchTasks, CapacityIsOfTheDayAndComesBackWithTheTask) {
  catalogue = market({.call = R"(, "daily_capacity": 2)"});
  plan(4);
  EXPECT_EQ(dispatched("call"), 2u);
  EXPECT_EQ(dispatched("call"), 0u);
  EXPECT_EQ(*ledger->capacity_used("call", Date{20'542}), 2u);
  // Withdrawn before the contact: another may be called in its stead.
  ASSERT_TRUE(ledger->move(command(), {task_of(*ledger, "u0", "P1", "call").id, {}, {}, {}})
                  .has_error());  // to nowhere
  TaskMove withdrawal;
  withdrawal.task = task_of(*ledger, "u0", "P1", "call").id;
  ASSERT_TRUE(ledger->move(command(), withdrawal));
  EXPECT_EQ(*ledger->capacity_used("call", Date{20'542}), 1u);
  EXPECT_EQ(dispatched("call"), 1u);
  // Contacted: it is used.
  contact("u1", "call", Outcome::unreachable);
  EXPECT_EQ(dispatched("call"), 0u);
  EXPECT_EQ(dispatched("call", later(a_day)), 1u);
  // The clock goes back: that day's capacity is as used as it was.
  EXPECT_EQ(dispatched("call", noon), 0u);
}

TEST_P(DispatchTasks, CapsCountContactsAndWhatIsReserved) {
  catalogue = market({.policies = offer("P1") + "," + offer("P2"),
                      .contact_rules = R"({"id": "week", "kind": "cap", "most": 1,
                        "within": {"weeks": 1}, "channels": ["call", "sms"]})"});
  plan(1, {.active_channels = 2, .due = {}});
  EXPECT_EQ(dispatched("call"), 1u);  // P1; P2 would be the second
  EXPECT_NE(summary().find(R"("forbidden":1)"), std::string::npos) << summary();
  EXPECT_EQ(dispatched("sms"), 0u);
  // Expired before any contact: released.
  TaskMove withdrawal;
  withdrawal.task = task_of(*ledger, "u0", "P1", "call").id;
  ASSERT_TRUE(ledger->move(command(), withdrawal));
  EXPECT_EQ(dispatched("sms"), 1u);
  contact("u0", "sms", Outcome::none);
  EXPECT_EQ(dispatched("call"), 0u);                 // confirmed
  EXPECT_EQ(dispatched("call", later(-a_day)), 0u);  // the clock went back: it counts still
  EXPECT_EQ(dispatched("call", later(7 * a_day)), 1u);
}

TEST_P(DispatchTasks, CapsHoldFromOnePageOfTheRunToTheNext) {
  catalogue = market({.policies = offer("P1") + "," + offer("P2"),
                      .contact_rules = R"({"id": "week", "kind": "cap", "most": 1,
                        "within": {"weeks": 1}, "channels": ["call"]})"});
  plan(3);
  // A run reads as many tasks at a time as it may still dispatch.
  EXPECT_EQ(dispatched("call", noon, 1), 1u);
  EXPECT_EQ(dispatched("call", noon, 2), 2u);
  EXPECT_EQ(dispatched("call", noon, 3), 0u);
  EXPECT_NE(summary().find(R"("forbidden":3)"), std::string::npos) << summary();
}

TEST_P(DispatchTasks, CapsOfAnAccountCountItsMembers) {
  catalogue = market({.contact_rules = R"({"id": "home", "kind": "cap", "most": 1,
    "within": {"days": 1}, "per": "account"})"});
  plan(3);
  ASSERT_TRUE(ledger->place(command(), "u0", "account", ""));
  ASSERT_TRUE(ledger->place(command(), "u1", "account", ""));
  EXPECT_EQ(dispatched("call"), 2u);  // u0 or u1, and u2
  EXPECT_EQ(ledger->place(command(), "u0", "two\nlines", "").error().message,
            R"(an account must be one line, not 'two\x0alines')");
}

TEST_P(DispatchTasks, CoolDownsFollowAnswers) {
  catalogue = market({.policies = offer("P1") + "," + offer("P2"),
                      .contact_rules = R"({"id": "no", "kind": "cool_down", "after": "declined",
                        "within": {"rolling_days": 30}})"});
  plan(1);
  contact("u0", "shop", Outcome::declined);
  EXPECT_EQ(dispatched("call"), 0u);
  EXPECT_EQ(dispatched("call", later(31 * a_day)), 2u);
}

TEST_P(DispatchTasks, QuotaAndBudgetAreReservedWhileTheTaskIsOpen) {
  catalogue = market({.policies = offer("P1", R"(, "quota": 2, "cost": 5, "budget": 100)")});
  plan(3);
  EXPECT_EQ(dispatched("call"), 2u);
  EXPECT_NE(summary().find(R"("used_up":1)"), std::string::npos) << summary();
  EXPECT_EQ(ledger->use_of("P1")->reserved, 2u);
  EXPECT_EQ(ledger->use_of("P1")->reserved_cost, 10);
  contact("u0", "call", Outcome::none);  // may still say yes
  EXPECT_EQ(dispatched("call"), 0u);
  contact("u0", "call", Outcome::declined);
  EXPECT_EQ(ledger->use_of("P1")->reserved, 1u);
  EXPECT_EQ(dispatched("call"), 1u);
  // Both are promised: whoever walks into a shop comes too late, but for those two.
  ContactReport report;
  report.task = task_of(*ledger, "u0", "P1", "shop").id;
  EXPECT_EQ(ledger->settle(command(), catalogue, report).error().code, Errc::used_up);
  report.task = task_of(*ledger, "u1", "P1", "shop").id;
  EXPECT_TRUE(ledger->settle(command(), catalogue, report));
  EXPECT_EQ(ledger->use_of("P1")->reserved, 1u);
  EXPECT_EQ(ledger->use_of("P1")->accepted, 1u);
}

TEST_P(DispatchTasks, ExpiryReleasesAndTellsTheChannel) {
  catalogue = market({.policies = offer("P1", R"(, "quota": 1)")});
  plan(2, {.active_channels = 1, .due = later(60)});
  EXPECT_EQ(dispatched("call"), 1u);
  EXPECT_EQ(ledger->expire(command(later(59)), 100)->changes.size(), 0u);
  EXPECT_EQ(ledger->expire(command(later(60)), 3)->changes.size(), 3u);
  EXPECT_EQ(ledger->expire(command(later(60)), 100)->changes.size(), 5u);
  EXPECT_EQ(ledger->use_of("P1")->reserved, 0u);
  EXPECT_EQ(ledger->outbox("call", 9)->back().state, TaskState::expired);
  EXPECT_TRUE(ledger->open_tasks("u0")->empty());
}

TEST_P(DispatchTasks, DeferredTasksAreDispatchedAgain) {
  plan(1);
  EXPECT_EQ(dispatched("call"), 1u);
  contact("u0", "call", Outcome::deferred);
  EXPECT_EQ(ledger->use_of("P1")->reserved, 0u);
  EXPECT_EQ(dispatched("call", later(a_day)), 1u);
  EXPECT_EQ(ledger->use_of("P1")->reserved, 1u);
}

TEST_P(DispatchTasks, LeavesOutWhatIsNotLive) {
  plan(1);
  catalogue = market({.policies = offer("P1", R"(, "state": "suspended")")});
  EXPECT_EQ(dispatched("call"), 0u);
  EXPECT_EQ(summary(),
            R"({"dispatched":0,"forbidden":0,"used_up":0,"settled":0,"not_live":1,"overdue":0})");
  catalogue = market({.policies = offer("P2")});
  EXPECT_EQ(dispatched("call"), 0u);
}

// A host that has not the newest catalogue yet settles A: of B it knows no group.
TEST_P(DispatchTasks, LeavesOutWhatIsSettledThoughItsTasksAreOpen) {
  const Catalogue older = market({.policies = offer("A", R"(, "groups": ["g"])")});
  catalogue = market({.policies = offer("B", R"(, "groups": ["g"])")});
  plan_for(*ledger, older, "u");
  plan_for(*ledger, catalogue, "u", later(1));
  ContactReport report;
  report.task = task_of(*ledger, "u", "A", "shop").id;
  ASSERT_TRUE(ledger->settle(command(), older, report));
  ASSERT_EQ(task_of(*ledger, "u", "B", "call").state, TaskState::planned);
  EXPECT_EQ(dispatched("call"), 0u);
  EXPECT_NE(summary().find(R"("settled":1)"), std::string::npos) << summary();
}

TEST_P(DispatchTasks, TakesUpTasksOfAChannelThatBecomesActiveOncePlannedAgain) {
  const Catalogue before = market({.call_mode = "cooperative"});
  plan_for(*ledger, before, "u0");
  const TaskId waiting = task_of(*ledger, "u0", "P1", "call").id;
  EXPECT_EQ(dispatched("call"), 0u);
  plan_for(*ledger, catalogue, "u0", later(1));
  EXPECT_EQ(dispatched("call"), 1u);
  EXPECT_EQ(ledger->task(waiting)->state, TaskState::dispatched);
  // The other way round it is for the user to come.
  EXPECT_EQ(ledger->dispatch(command(), before, "call", 1).error().code, Errc::illegal_move);
}

TEST_P(DispatchTasks, TasksWithoutAnEndNeverExpire) {
  plan(1);
  const Moment last{std::numeric_limits<std::int64_t>::max()};
  EXPECT_EQ(ledger->expire(command(last), 100)->changes.size(), 0u);
  EXPECT_EQ(task_of(*ledger, "u0", "P1", "call").due, last);
}

TEST_P(DispatchTasks, RefusesChannelsThatCanNot) {
  catalogue = market({.contact_rules = R"({"id": "night", "kind": "quiet_hours",
      "hours": [{"from": "21:00", "until": "08:00"}], "channels": ["sms"]})",
                      .call = R"(, "hours": [{"from": "09:00", "until": "18:00"}])"});
  const Moment night = later(10 * 3'600 + 300);
  EXPECT_EQ(dispatch("call", night).error().message, "channel 'call' is closed at 22:05");
  EXPECT_EQ(dispatch("sms", night).error().message, "channel 'sms' has quiet hours at 22:05");
  EXPECT_EQ(dispatch("sms", night).error().code, Errc::channel_closed);
  EXPECT_EQ(dispatch("fax").error().message, "the catalogue has no channel 'fax'");
  EXPECT_EQ(dispatch("calls").error().message,
            "the catalogue has no channel 'calls'; did you mean 'call'?");
  EXPECT_EQ(dispatch("shop").error().message,
            "nothing is dispatched to 'shop', a cooperative channel: its tasks wait for the user");
  EXPECT_EQ(dispatch("call", noon, max_run + 1).error().message,
            "100001 at once, more than max_run, 100000");
}

}  // namespace
}  // namespace muster::testing
