#include <gtest/gtest.h>

#include "each_store.hpp"

namespace muster::testing {
namespace {

class RecordContact : public EachStore {
 protected:
  Result<Receipt> contact(const ContactReport& report, Moment now = noon) {
    return ledger->contact(command(now), catalogue, report);
  }
  Result<Receipt> settle(const ContactReport& report, Moment now = noon) {
    return ledger->settle(command(now), catalogue, report);
  }
  void dispatch(std::string_view channel, Moment now = noon) {
    ASSERT_TRUE(ledger->dispatch(command(now), catalogue, channel, 100));
  }
  TaskState state_of(TaskId id) { return ledger->task(id)->state; }

  Catalogue catalogue = market();
};
MUSTER_IN_EACH_STORE(RecordContact);

ContactReport report_of(TaskId task, Outcome outcome = Outcome::none) {
  ContactReport out;
  out.task = task;
  out.outcome = outcome;
  return out;
}

ContactReport unasked(std::string_view user, std::string_view policy, std::string_view channel) {
  ContactReport out;
  out.user = user;
  out.policy = policy;
  out.channel = channel;
  return out;
}

TEST_P(RecordContact, OutcomesMoveTasks) {
  struct Case {
    const char* channel;
    Outcome outcome;
    bool interested;
    TaskState state;
  } const cases[] = {
      {"shop", Outcome::none, false, TaskState::contacted},
      {"shop", Outcome::none, true, TaskState::interested},
      {"shop", Outcome::deferred, false, TaskState::contacted},
      {"shop", Outcome::declined, false, TaskState::declined},
      {"shop", Outcome::expired, false, TaskState::expired},
      {"call", Outcome::none, false, TaskState::contacted},
      {"call", Outcome::none, true, TaskState::interested},
      {"call", Outcome::deferred, false, TaskState::planned},
      {"call", Outcome::unreachable, false, TaskState::unreachable},
  };
  int user = 0;
  for (const Case& one : cases) {
    const std::string name = fmt::format("u{}", user++);
    plan_for(*ledger, catalogue, name);
    dispatch("call");
    ContactReport report = report_of(task_of(*ledger, name, "P1", one.channel).id, one.outcome);
    report.interested = one.interested;
    const auto receipt = contact(report);
    ASSERT_TRUE(receipt) << receipt.error().message;
    EXPECT_EQ(receipt->changes, (std::vector<TaskChange>{{report.task, one.state}}));
    EXPECT_EQ(state_of(report.task), one.state);
  }
}

TEST_P(RecordContact, EveryChannelSeesTheSharedField) {
  plan_for(*ledger, catalogue, "小明");
  dispatch("call");
  ContactReport call = report_of(task_of(*ledger, "小明", "P1", "call").id);
  call.field = SharedField::intent;
  call.text = "想去营业厅办理";
  ASSERT_TRUE(contact(call, later(60)));
  ContactReport hotline;
  hotline.user = "小明";
  hotline.channel = "hotline";
  hotline.field = SharedField::trail;
  hotline.text = "asked for the nearest shop";
  ASSERT_TRUE(contact(hotline, later(120)));

  std::vector<Event> seen;
  for (Event& event : ledger->timeline("小明").value()) {
    if (event.kind == EventKind::contact) seen.push_back(std::move(event));
  }
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0].text, "想去营业厅办理");
  EXPECT_EQ(seen[0].field, SharedField::intent);
  EXPECT_EQ(seen[0].at, later(60));
  EXPECT_EQ(seen[0].channel, "call");
  EXPECT_EQ(seen[0].state, TaskState::contacted);
  EXPECT_EQ(seen[1].field, SharedField::trail);
  EXPECT_EQ(seen[1].task, 0u);
  EXPECT_EQ(seen[1].state, std::nullopt);
}

TEST_P(RecordContact, WhatIsSaidAfterTheContactIsAnAnswer) {
  plan_for(*ledger, catalogue, "u");
  dispatch("call");
  const TaskId call = task_of(*ledger, "u", "P1", "call").id;
  ASSERT_TRUE(contact(report_of(call)));
  ASSERT_TRUE(contact(report_of(call, Outcome::declined), later(a_day)));
  EXPECT_EQ(ledger->timeline("u")->back().kind, EventKind::answer);
}

TEST_P(RecordContact, AnAcceptanceClosesTheGroupOnEveryChannel) {
  const Catalogue first =
      market({.policies = offer("A", R"(, "groups": ["g"])") + "," + offer("C")});
  const Catalogue second = market({.policies = offer("B", R"(, "groups": ["g", "h"])")});
  catalogue = market({.policies = offer("A", R"(, "groups": ["g"])") + "," + offer("C") + "," +
                                  offer("B", R"(, "groups": ["g", "h"])")});
  plan_for(*ledger, first, "u");
  plan_for(*ledger, second, "u", later(1));
  plan_for(*ledger, first, "other");
  dispatch("call");
  const std::size_t others = ledger->open_tasks("other")->size();
  const TaskId call = task_of(*ledger, "u", "A", "call").id;
  const auto receipt = settle(report_of(task_of(*ledger, "u", "A", "shop").id), later(60));
  ASSERT_TRUE(receipt) << receipt.error().message;
  // A and B on call, shop, hotline and web; the one in the shop is accepted.
  EXPECT_EQ(receipt->changes.size(), 8u);
  EXPECT_EQ(receipt->changes.front().state, TaskState::accepted);
  for (std::size_t i = 1; i < 8; ++i) EXPECT_EQ(receipt->changes[i].state, TaskState::cancelled);
  const std::vector<Task> left = *ledger->open_tasks("u");
  EXPECT_EQ(left.size(), 4u);
  for (const Task& task : left) EXPECT_EQ(task.policy, "C");
  EXPECT_EQ(ledger->open_tasks("other")->size(), others);

  // The call centre's list is cleared.
  const std::vector<Event> told = *ledger->outbox("call", 100);
  ASSERT_FALSE(told.empty());
  EXPECT_TRUE(std::any_of(told.begin(), told.end(), [&](const Event& event) {
    return event.task == call && event.state == TaskState::cancelled;
  }));

  const auto settlement = *ledger->group_settlement("u", "g");
  ASSERT_TRUE(settlement);
  EXPECT_EQ(settlement->channel, "shop");
  EXPECT_EQ(settlement->policy, "A");
  EXPECT_EQ(settlement->at, later(60));
  EXPECT_TRUE(*ledger->policy_settlement("u", "A"));
  EXPECT_FALSE(*ledger->group_settlement("u", "h"));
}

TEST_P(RecordContact, LateAnswersAreToldWhoSettled) {
  plan_for(*ledger, catalogue, "u");
  dispatch("call");
  const TaskId call = task_of(*ledger, "u", "P1", "call").id;
  const TaskId shop = task_of(*ledger, "u", "P1", "shop").id;
  ASSERT_TRUE(settle(report_of(shop), later(60)));
  const std::string text = fmt::format(
      "user 'u' accepted policy 'P1' on channel 'shop' at 2026-03-30T12:01:00Z (task {})", shop);
  for (const auto& late : {settle(report_of(call)), settle(report_of(shop)),
                           contact(report_of(call, Outcome::declined)), contact(report_of(shop))}) {
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, Errc::already_settled);
    EXPECT_EQ(late.error().message, text);
  }
  EXPECT_EQ(ledger->use_of("P1")->accepted, 1u);
  // Views decided before it make no new tasks.
  EXPECT_TRUE(plan_for(*ledger, catalogue, "u", later(61)).empty());
}

TEST_P(RecordContact, AGroupIsOpenAgainWhenTheSettledPolicyHasEnded) {
  const Catalogue january =
      market({.policies = offer("A", R"(, "groups": ["g"], "valid": {"until": "2026-04-01"})")});
  const Catalogue later_one = market({.policies = offer("B", R"(, "groups": ["g"])")});
  plan_for(*ledger, january, "u");
  catalogue = january;
  ASSERT_TRUE(settle(report_of(task_of(*ledger, "u", "A", "shop").id)));
  EXPECT_TRUE(plan_for(*ledger, later_one, "u", later(60)).empty());
  catalogue = later_one;
  EXPECT_FALSE(plan_for(*ledger, later_one, "u", later(30 * a_day)).empty());
  const auto again = settle(report_of(task_of(*ledger, "u", "B", "web").id), later(31 * a_day));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ((*ledger->group_settlement("u", "g"))->policy, "B");
}

TEST_P(RecordContact, ASettlementHoldsAsLongAsItsPolicyIsExtended) {
  const auto with = [](const char* valid) {
    return market({.policies = offer("A", fmt::format(R"(, "groups": ["g"], "valid": {})", valid)) +
                               "," + offer("B", R"(, "groups": ["g"])")});
  };
  catalogue = with(R"({"from": "2026-03-01", "until": "2026-04-01"})");
  plan_for(*ledger, catalogue, "u");
  ASSERT_TRUE(settle(report_of(task_of(*ledger, "u", "A", "shop").id)));
  catalogue = with(R"({"from": "2026-04-01", "until": "2026-06-01"})");
  EXPECT_TRUE(plan_for(*ledger, catalogue, "u", later(40 * a_day)).empty());
  for (const char* policy : {"A", "B"}) {
    const auto again = settle(unasked("u", policy, "web"), later(40 * a_day));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, Errc::already_settled) << again.error().message;
  }
  // After a break it is another campaign.
  catalogue = with(R"({"from": "2026-05-01", "until": "2026-06-01"})");
  EXPECT_TRUE(settle(unasked("u", "A", "web"), later(40 * a_day)));
}

TEST_P(RecordContact, ASettlementHoldsForTheGroupsOfNowToo) {
  catalogue = market({.policies = offer("A", R"(, "groups": ["g"])")});
  plan_for(*ledger, catalogue, "u");
  ASSERT_TRUE(settle(report_of(task_of(*ledger, "u", "A", "shop").id)));
  catalogue = market({.policies = offer("A", R"(, "groups": ["renamed"])") + "," +
                                  offer("B", R"(, "groups": ["renamed"])") + "," +
                                  offer("C", R"(, "groups": ["g"])")});
  for (const char* policy : {"B", "C"}) {
    const auto again = settle(unasked("u", policy, "web"));
    ASSERT_FALSE(again) << policy;
    EXPECT_EQ(again.error().code, Errc::already_settled) << again.error().message;
  }
}

// Settled after the end of the policy: once all the same.
TEST_P(RecordContact, LateAcceptancesSettleOnceToo) {
  catalogue = market({.policies = offer("A", R"(, "groups": ["g"], "quota": 9,
      "valid": {"until": "2026-04-01"})") +
                                  "," + offer("B", R"(, "groups": ["g"])")});
  plan_for(*ledger, catalogue, "u");
  const TaskId web = task_of(*ledger, "u", "A", "web").id;
  const Moment late = later(10 * a_day);
  ASSERT_TRUE(settle(report_of(task_of(*ledger, "u", "A", "shop").id), late));
  for (const auto& again : {settle(unasked("u", "A", "hotline"), later(11 * a_day)),
                            settle(report_of(web), late), contact(report_of(web), late)}) {
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, Errc::already_settled) << again.error().message;
  }
  EXPECT_EQ(ledger->use_of("A")->accepted, 1u);
  EXPECT_TRUE(settle(unasked("u", "B", "shop"), late));  // of the same group, which is open again
}

// Twenty-five times 5.9, added up, is a little more than 147.5.
TEST_P(RecordContact, EverybodyWhoWasPromisedABudgetGetsIt) {
  constexpr int many = 25;
  catalogue = market({.policies = offer("A", R"(, "cost": 5.9, "budget": 147.5)")});
  for (int i = 0; i < many + 1; ++i) plan_for(*ledger, catalogue, fmt::format("u{}", i));
  const auto dispatched = ledger->dispatch(command(), catalogue, "call", 100);
  ASSERT_EQ(dispatched->changes.size(), std::size_t{many});
  for (const TaskChange& sent : dispatched->changes) {
    const auto settled = settle(report_of(sent.task));
    EXPECT_TRUE(settled) << settled.error().message;
  }
  const auto one_more = settle(unasked(fmt::format("u{}", many), "A", "shop"));
  ASSERT_FALSE(one_more);
  EXPECT_EQ(
      one_more.error().message,
      "nothing is left of policy 'A': 25 of quota 0 and 147.5 of budget 147.5 are drawn, 0 and 0 "
      "promised");
}

// What no enum knows would be acknowledged, and be damage to whoever reads it.
TEST_P(RecordContact, NumbersThatMeanNothingAreRefused) {
  plan_for(*ledger, catalogue, "u");
  const TaskId task = task_of(*ledger, "u", "P1", "shop").id;
  ContactReport field = report_of(task);
  field.field = static_cast<SharedField>(200);
  TaskMove to, kind;
  to.to = static_cast<TaskState>(10);
  kind.kind = static_cast<EventKind>(11);
  Note note;
  note.kind = static_cast<EventKind>(255);
  const std::pair<Result<Receipt>, const char*> cases[] = {
      {contact(report_of(task, static_cast<Outcome>(6))), "an outcome must be 0 to 5, not 6"},
      {contact(field), "a shared field must be 0 to 4, not 200"},
      {ledger->move(command(), to), "a task's state must be 0 to 9, not 10"},
      {ledger->move(command(), kind), "an entry's kind must be 0 to 10, not 11"},
      {ledger->note(command(), note), "an entry's kind must be 0 to 10, not 255"}};
  for (const auto& [refused, message] : cases) {
    ASSERT_FALSE(refused) << message;
    EXPECT_EQ(refused.error().code, Errc::invalid_argument);
    EXPECT_EQ(refused.error().message, message);
  }
}

// Else it would neither count nor keep what was reserved for it.
TEST_P(RecordContact, ThatSomebodyWasMetIsToldByAContact) {
  plan_for(*ledger, catalogue, "u");
  dispatch("call");
  const TaskId task = task_of(*ledger, "u", "P1", "call").id;
  for (const TaskState to : {TaskState::contacted, TaskState::interested}) {
    TaskMove move;
    move.task = task;
    move.to = to;
    const auto refused = ledger->move(command(), move);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::illegal_move);
    EXPECT_EQ(refused.error().message,
              fmt::format("task {} is dispatched: that it is {} is recorded as a contact", task,
                          name(to)));
  }
  ASSERT_TRUE(contact(report_of(task)));
  EXPECT_EQ(ledger->timeline("u")->back().kind, EventKind::contact);
}

TEST_P(RecordContact, SettlingDrawsQuotaAndBudget) {
  catalogue = market({.policies = offer("A", R"(, "quota": 2, "cost": 40, "budget": 100)") + "," +
                                  offer("B", R"(, "cost": 60, "budget": 100)")});
  for (const char* user : {"u1", "u2", "u3"}) plan_for(*ledger, catalogue, user);
  ASSERT_TRUE(settle(report_of(task_of(*ledger, "u1", "A", "shop").id)));
  ASSERT_TRUE(settle(report_of(task_of(*ledger, "u2", "A", "shop").id)));
  const auto third = settle(report_of(task_of(*ledger, "u3", "A", "shop").id));
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, Errc::used_up);
  EXPECT_EQ(third.error().message,
            "nothing is left of policy 'A': 2 of quota 2 and 80 of budget 100 are drawn, 0 and 0 "
            "promised");
  EXPECT_EQ(ledger->use_of("A")->cost, 80);
  EXPECT_EQ(task_of(*ledger, "u3", "A", "shop").state, TaskState::planned);
  ASSERT_TRUE(settle(report_of(task_of(*ledger, "u1", "B", "shop").id)));
  EXPECT_FALSE(settle(report_of(task_of(*ledger, "u2", "B", "shop").id)));
}

TEST_P(RecordContact, RefusesWhatDoesNotFit) {
  plan_for(*ledger, catalogue, "u");
  const TaskId shop = task_of(*ledger, "u", "P1", "shop").id;
  const TaskId call = task_of(*ledger, "u", "P1", "call").id;
  const auto refused = [&](Errc code, std::string_view text, const auto& change) {
    ContactReport report = report_of(shop);
    change(report);
    const auto receipt = contact(report);
    ASSERT_FALSE(receipt) << text;
    EXPECT_EQ(receipt.error().code, code);
    EXPECT_EQ(receipt.error().message, text);
  };
  refused(Errc::unknown_task, "the ledger has no task 999", [](auto& r) { r.task = 999; });
  refused(Errc::unknown_user, fmt::format("task {} is of user 'u', not 'v'", shop),
          [](auto& r) { r.user = "v"; });
  refused(Errc::unknown_policy, fmt::format("task {} is of policy 'P1', not 'P2'", shop),
          [](auto& r) { r.policy = "P2"; });
  refused(Errc::unknown_channel, fmt::format("task {} is of channel 'shop', not 'fax'", shop),
          [](auto& r) { r.channel = "fax"; });
  refused(Errc::invalid_argument, "an acceptance is to be settled, not just recorded",
          [](auto& r) { r.outcome = Outcome::accepted; });
  refused(
      Errc::illegal_move,
      fmt::format("task {} was not dispatched; on 'call', an active channel, it has to be", call),
      [&](auto& r) { r.task = call; });
  refused(Errc::invalid_argument, "a user must not be empty", [](auto& r) { r.task = 0; });
  refused(Errc::unknown_channel, "the catalogue has no channel 'fax'", [](auto& r) {
    r.task = 0;
    r.user = "u";
    r.channel = "fax";
  });
  refused(Errc::unknown_policy, "the catalogue has no policy 'P9'; did you mean 'P1'?",
          [](auto& r) {
            r.task = 0;
            r.user = "u";
            r.channel = "shop";
            r.policy = "P9";
          });
  refused(Errc::invalid_argument, R"(a text must be UTF-8 without NUL, not '\xff')",
          [](auto& r) { r.text = "\xFF"; });
  const std::string long_text(max_event_text_bytes + 1, 'x'), long_id(max_id_bytes + 1, 'x');
  refused(Errc::limit, "a text of 65537 bytes is longer than max_event_text_bytes, 65536",
          [&](auto& r) { r.text = long_text; });
  refused(Errc::limit, "a user of 801 bytes is longer than max_id_bytes, 800",
          [&](auto& r) { r.user = long_id; });
  EXPECT_EQ(state_of(shop), TaskState::planned);
  catalogue = market({.policies = offer("P2")});
  refused(Errc::unknown_policy, "the catalogue has no policy 'P1'; did you mean 'P2'?",
          [](auto&) {});
}

// Nobody in the holdout has tasks; some buy all the same.
TEST_P(RecordContact, SettlesWhatNoTaskWasMadeFor) {
  catalogue = market({.policies = offer("P1", R"(, "cost": 7, "groups": ["g"])") + "," +
                                  offer("P2", R"(, "groups": ["g"])")});
  plan_for(*ledger, catalogue, "u");
  dispatch("call");
  const auto receipt = settle(unasked("u", "P1", "shop"));
  ASSERT_TRUE(receipt) << receipt.error().message;
  EXPECT_EQ(receipt->changes.size(), 4u);  // on call, shop, hotline and web
  EXPECT_TRUE(ledger->open_tasks("u")->empty());
  const auto settlement = ledger->group_settlement("u", "g").value();
  ASSERT_TRUE(settlement);
  EXPECT_EQ(settlement->task, 0u);
  EXPECT_EQ(settlement->sequence, receipt->sequence);
  EXPECT_EQ(ledger->use_of("P1")->accepted, 1u);
  EXPECT_EQ(ledger->use_of("P1")->cost, 7);
  EXPECT_EQ(ledger->use_of("P1")->reserved, 0u);
  const Event event = ledger->events(receipt->sequence - 1, 1)->at(0);
  EXPECT_EQ(event.kind, EventKind::contact);
  EXPECT_EQ(event.outcome, Outcome::accepted);
  EXPECT_EQ(event.task, 0u);
  EXPECT_EQ(event.policy, "P1");
  EXPECT_FALSE(event.state);

  const auto again = settle(unasked("u", "P2", "web"));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Errc::already_settled);
  EXPECT_EQ(again.error().message,
            "user 'u' accepted policy 'P1' on channel 'shop' at 2026-03-30T12:00:00Z (without a "
            "task)");
}

TEST_P(RecordContact, RefusesAcceptancesOfNothingKnown) {
  const auto said = [&](const ContactReport& report) { return settle(report).error().message; };
  EXPECT_EQ(said(unasked("u", "P9", "shop")),
            "the catalogue has no policy 'P9'; did you mean 'P1'?");
  EXPECT_EQ(said(unasked("u", "", "shop")), "the catalogue has no policy ''");
  EXPECT_EQ(said(unasked("u", "P1", "fax")), "the catalogue has no channel 'fax'");
  EXPECT_EQ(said(unasked("", "P1", "shop")), "a user must not be empty");
}

}  // namespace
}  // namespace muster::testing
