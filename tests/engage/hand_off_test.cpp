#include "muster/engage/hand_off.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "each_store.hpp"
#include "engage/hand_off_text.hpp"
#include "raw_store.hpp"

namespace muster::testing {
namespace {

// Three shops in a row; a is the nearest to the wish and has room for one.
constexpr std::string_view three_shops = R"({"shops": [
  {"id": "a", "longitude": 116.3, "latitude": 39.9, "daily_capacity": 1},
  {"id": "b", "longitude": 116.4, "latitude": 39.9},
  {"id": "c", "longitude": 116.5, "latitude": 39.9, "hours": [{"from": "13:00", "until": "20:00"}]}
], "installers": {"i1": ["b"]}})";

class HandOffs : public EachStore {
 protected:
  void SetUp() override {
    EachStore::SetUp();
    if (IsSkipped()) return;
    desk.emplace(*ledger, ShopDirectory::from_json(three_shops).value());
  }

  /// A task on the call channel that the user showed interest in.
  TaskId interested(std::string_view user) {
    plan_for(*ledger, catalogue, user, noon, {.due = later(a_day)});
    EXPECT_TRUE(ledger->dispatch(command(), catalogue, "call", 100));
    ContactReport report;
    report.task = task_of(*ledger, user, "P1", "call").id;
    report.interested = true;
    EXPECT_TRUE(ledger->contact(command(), catalogue, report));
    return report.task;
  }
  static HandOffRequest request(TaskId task) {
    HandOffRequest out;
    out.task = task;
    out.wish.place = GeoPoint{116.2, 39.9};
    out.terms = {3'600, 7'200, 600, 3};
    out.note = "要换手机";
    return out;
  }
  static TaskMove withdrawal(TaskId task) {
    TaskMove out;
    out.task = task;
    return out;
  }
  HandOff handed_off(TaskId task, Moment now = noon) {
    const auto made = desk->hand_off(command(now), request(task));
    EXPECT_TRUE(made) << made.error().message;
    return *made;
  }
  std::string state_of(TaskId id) { return std::string(name(ledger->task(id)->state)); }
  /// Entries for a desk or channel since the last time.
  std::size_t told(std::string_view where) {
    const auto entries = ledger->outbox(where, 100).value();
    if (!entries.empty()) {
      EXPECT_TRUE(ledger->acknowledge(where, entries.back().sequence));
    }
    return entries.size();
  }
  std::vector<std::string> shops_of(const std::vector<HandOff>& orders) {
    std::vector<std::string> out;
    for (const HandOff& one : orders) {
      out.push_back(one.order.shop + " " + std::string(name(one.order.state)));
    }
    return out;
  }

  Catalogue catalogue = market();
  std::optional<HandOffDesk> desk;
};
MUSTER_IN_EACH_STORE(HandOffs);

using Texts = std::vector<std::string>;

template <class Value>
std::string why(const Result<Value>& result) {
  if (result) return "none";
  return std::string(name(result.error().code)) + ": " + result.error().message;
}

TEST_P(HandOffs, GoToTheNearestShopAndComeBackWithItsResult) {
  const TaskId task = interested("u1");
  told("call");
  const HandOff sent = handed_off(task);
  EXPECT_EQ(sent.order.shop, "a");
  EXPECT_EQ(sent.note, "要换手机");
  EXPECT_EQ(sent.before, TaskState::interested);
  EXPECT_EQ(state_of(task), "handed_off");
  EXPECT_EQ(told("shop:a"), 1u);
  EXPECT_EQ(desk->orders_of("a").value(), std::vector<HandOff>{sent});
  const HandOff taken = desk->accept(command(later(60)), sent.order.id, "a").value();
  EXPECT_EQ(taken.order.state, WorkOrderState::accepted);
  const auto done = desk->report(command(later(600)), catalogue, sent.order.id,
                                 {"a", Outcome::accepted, "办好了"});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->order.state, WorkOrderState::reported);
  EXPECT_EQ(state_of(task), "accepted");
  EXPECT_EQ(ledger->open_tasks("u1")->size(), 0u);  // settled on every channel
  EXPECT_EQ(ledger->policy_settlement("u1", "P1")->value().task, task);
  EXPECT_GE(told("call"), 1u);
  EXPECT_EQ(desk->orders_of("a")->size(), 0u);
  EXPECT_EQ(desk->find(sent.order.id).value(), *done);
}

TEST_P(HandOffs, BringBackWhateverCameOfIt) {
  const std::pair<Outcome, const char*> cases[] = {{Outcome::none, "interested"},
                                                   {Outcome::declined, "declined"},
                                                   {Outcome::unreachable, "unreachable"},
                                                   {Outcome::deferred, "planned"}};
  for (const auto& [outcome, state] : cases) {
    const TaskId task = interested(fmt::format("u{}", static_cast<int>(outcome)));
    const HandOff sent = handed_off(task);
    ASSERT_TRUE(desk->report(command(), catalogue, sent.order.id, {sent.order.shop, outcome, ""}));
    EXPECT_EQ(state_of(task), state);
  }
}

TEST_P(HandOffs, GoOnToTheNextBestShopInTimeAndThenBack) {
  const TaskId task = interested("u1");
  told("call");
  const HandOff sent = handed_off(task);
  EXPECT_EQ(ledger->capacity_used(shop_desk("a"), *sent.day).value(), 1u);
  EXPECT_EQ(desk->sweep(command(later(2'999)), 10)->size(), 0u);
  EXPECT_EQ(shops_of(*desk->sweep(command(later(3'000)), 10)), (Texts{"a offered"}));
  EXPECT_EQ(told("shop:a"), 2u);  // the work, and the reminder
  EXPECT_EQ(shops_of(*desk->sweep(command(later(3'600)), 10)), (Texts{"b offered"}));
  EXPECT_EQ(told("shop:b"), 1u);
  EXPECT_EQ(ledger->capacity_used(shop_desk("a"), *sent.day).value(), 0u);
  EXPECT_EQ(
      why(desk->accept(command(later(3'700)), sent.order.id, "a")),
      fmt::format("illegal_step: work order {} is with shop 'b', not with 'a'", sent.order.id));
  const HandOff third = desk->refuse(command(later(3'700)), sent.order.id, "b", "没货").value();
  EXPECT_EQ(third.order.shop, "c");
  EXPECT_EQ(third.order.text, "没货");
  EXPECT_EQ(shops_of(*desk->sweep(command(later(7'199)), 10)), (Texts{"c offered"}));
  EXPECT_EQ(told("call"), 0u);
  EXPECT_EQ(shops_of(*desk->sweep(command(later(7'200)), 10)), (Texts{"c returned"}));
  EXPECT_EQ(told("call"), 1u);
  EXPECT_EQ(state_of(task), "interested");
  EXPECT_EQ(desk->sweep(command(later(9'999)), 10)->size(), 0u);
  for (const char* shop : {"a", "b", "c"}) {
    EXPECT_EQ(ledger->capacity_used(shop_desk(shop), *sent.day).value(), 0u) << shop;
  }
}

TEST_P(HandOffs, KeepToHoursAndCapacity) {
  EXPECT_EQ(handed_off(interested("u1")).order.shop, "a");
  EXPECT_EQ(handed_off(interested("u2")).order.shop, "b");  // a is full today
  HandOffRequest directed = request(interested("u3"));
  directed.wish = {GeoPoint{116.5, 39.9}, "i1", "", ""};
  EXPECT_EQ(desk->hand_off(command(), directed)->order.shop, "b");
  HandOffRequest near_c = request(interested("u4"));
  near_c.wish.place = GeoPoint{116.5, 39.9};
  const HandOff waits = desk->hand_off(command(), near_c).value();
  EXPECT_EQ(waits.order.shop, "c");
  EXPECT_EQ(waits.order.due, later(7'200));  // c opens at 13:00, an hour from now
  HandOffRequest nowhere = request(interested("u5"));
  nowhere.wish.place.reset();
  EXPECT_EQ(why(desk->hand_off(command(), nowhere)),
            fmt::format("no_shop: no shop takes task {}: none that it may go to is open in time "
                        "and has capacity left",
                        nowhere.task));
  EXPECT_EQ(state_of(nowhere.task), "interested");
}

TEST_P(HandOffs, AreTakenBackByTheSender) {
  const TaskId task = interested("u1");
  const HandOff sent = handed_off(task);
  EXPECT_EQ(desk->cancel(command(), sent.order.id)->order.state, WorkOrderState::cancelled);
  EXPECT_EQ(state_of(task), "interested");
  EXPECT_EQ(ledger->capacity_used(shop_desk("a"), *sent.day).value(), 0u);
  EXPECT_EQ(handed_off(task).order.shop, "a");  // and may be handed off again
}

TEST_P(HandOffs, EndWithTheirTask) {
  const TaskId task = interested("u1");
  const HandOff sent = handed_off(task);
  ContactReport elsewhere;
  elsewhere.task = task_of(*ledger, "u1", "P1", "web").id;
  ASSERT_TRUE(ledger->settle(command(), catalogue, elsewhere));
  EXPECT_EQ(state_of(task), "cancelled");
  EXPECT_EQ(desk->find(sent.order.id)->order.state, WorkOrderState::cancelled);
  EXPECT_EQ(why(desk->accept(command(), sent.order.id, "a")),
            fmt::format("illegal_step: work order {} is at an end: its task {} is cancelled",
                        sent.order.id, task));
  EXPECT_EQ(told("shop:a"), 2u);  // the work, and that it is called off
  EXPECT_EQ(desk->orders_of("a")->size(), 0u);
  EXPECT_EQ(desk->sweep(command(later(9'999)), 10)->size(), 0u);
}

// Whatever takes a task from its shop, the shop's place is free in the same transaction.
TEST_P(HandOffs, GiveTheShopsPlaceBackAtOnce) {
  struct Case {
    const char* what;
    std::function<bool(TaskId)> act;
    const char* state;  // of the task, then
  };
  const auto answer = [&](TaskId task, Outcome outcome) {
    ContactReport report;
    report.task = task;
    report.outcome = outcome;
    return outcome == Outcome::accepted ? ledger->settle(command(), catalogue, report).has_value()
                                        : ledger->contact(command(), catalogue, report).has_value();
  };
  const Case cases[] = {
      {"settled by the sender", [&](TaskId task) { return answer(task, Outcome::accepted); },
       "accepted"},
      {"settled elsewhere",
       [&](TaskId task) {
         const Task own = ledger->task(task).value();
         return answer(task_of(*ledger, own.user, "P1", "web").id, Outcome::accepted);
       },
       "cancelled"},
      {"withdrawn",
       [&](TaskId task) { return ledger->move(command(), withdrawal(task)).has_value(); },
       "cancelled"},
      {"declined", [&](TaskId task) { return answer(task, Outcome::declined); }, "declined"},
      {"goes on with the sender", [&](TaskId task) { return answer(task, Outcome::none); },
       "contacted"},
      {"expired", [&](TaskId) { return ledger->expire(command(later(a_day)), 1'000).has_value(); },
       "expired"}};
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    const TaskId task = interested(one.what);
    const HandOff sent = handed_off(task);
    ASSERT_EQ(sent.order.shop, "a");  // has room for one: the case before gave it back
    told("shop:a");
    ASSERT_TRUE(one.act(task));
    EXPECT_EQ(state_of(task), one.state);
    EXPECT_EQ(ledger->capacity_used(shop_desk("a"), *sent.day).value(), 0u);
    EXPECT_EQ(desk->find(sent.order.id)->order.state, WorkOrderState::cancelled);
    EXPECT_EQ(told("shop:a"), 1u);
  }
}

// Entries of this kind may be anybody's; only those of work orders end with their task.
TEST_P(HandOffs, ByOthersEndWithoutAWorkOrder) {
  const TaskId task = interested("u1");
  TaskMove away;
  away.task = task;
  away.to = TaskState::handed_off;
  away.kind = EventKind::hand_off;
  away.text = "by telephone";
  ASSERT_TRUE(ledger->move(command(), away));
  const auto done = ledger->move(command(), withdrawal(task));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(state_of(task), "cancelled");
}

TEST_P(HandOffs, AreFoundBehindOthersEntries) {
  const TaskId other = interested("u2");
  const HandOff elsewhere = handed_off(other);
  const TaskId task = interested("u1");
  const HandOff sent = handed_off(task);
  const std::string of_another = ledger->events(elsewhere.order.id - 1, 1)->front().text;
  HandOff made_up = sent;
  made_up.order.id = 4'711;
  for (const std::string& text : {std::string("called the shop"), of_another, to_text(made_up)}) {
    ASSERT_TRUE(ledger->note(command(), {EventKind::hand_off, "u1", "P1", "call", task, text}));
  }
  ASSERT_TRUE(ledger->move(command(later(99'999)), withdrawal(task)));
  EXPECT_EQ(desk->find(sent.order.id)->order.state, WorkOrderState::cancelled);
  EXPECT_EQ(desk->find(elsewhere.order.id)->order.state, WorkOrderState::offered);
}

TEST_P(HandOffs, SameKeySameAnswerOneEffect) {
  const TaskId task = interested("u1");
  const HandOffRequest wanted = request(task);
  const HandOff sent = desk->hand_off({"h", noon}, wanted).value();
  const HandOff taken = desk->accept({"t", noon}, sent.order.id, "a").value();
  ASSERT_TRUE(desk->report({"r", noon}, catalogue, sent.order.id, {"a", Outcome::declined, ""}));
  const std::uint64_t entries = ledger->events(0, 1'000)->size();
  EXPECT_EQ(desk->hand_off({"h", later(99)}, wanted).value(), sent);
  EXPECT_EQ(desk->accept({"t", later(99)}, sent.order.id, "a").value(), taken);
  EXPECT_EQ(ledger->events(0, 1'000)->size(), entries);
  HandOffRequest other = wanted;
  other.note = "other";
  EXPECT_EQ(why(desk->hand_off({"h", noon}, other)),
            "key_reused: another write was done under the key 'h'");
  EXPECT_EQ(why(desk->refuse({"t", noon}, sent.order.id, "a", "")),
            "key_reused: another write was done under the key 't'");
  const TaskId second = interested("u2");
  handed_off(second);
  const auto swept = desk->sweep({"s", later(3'600)}, 10).value();
  EXPECT_EQ(swept.size(), 1u);
  EXPECT_EQ(desk->sweep({"s", later(9'999)}, 10).value(), swept);
}

TEST_P(HandOffs, RefusalsHaveNoEffect) {
  EXPECT_EQ(why(desk->hand_off(command(), request(99))), "unknown_task: the ledger has no task 99");
  EXPECT_EQ(why(desk->accept(command(), 99, "a")),
            "unknown_work_order: the ledger has no work order 99");
  EXPECT_EQ(why(desk->find(99)), "unknown_work_order: the ledger has no work order 99");
  plan_for(*ledger, catalogue, "u1");
  const TaskId planned = task_of(*ledger, "u1", "P1", "shop").id;
  EXPECT_EQ(desk->hand_off(command(), request(planned)).error().code, Errc::illegal_move);
  HandOffRequest bad = request(interested("u2"));
  bad.terms.offers = 0;
  EXPECT_EQ(why(desk->hand_off(command(), bad)),
            "bad_setting: offers of a work order must be from 1 to 20, not 0");
  bad = request(bad.task);
  bad.wish.area = "\xff";
  EXPECT_EQ(desk->hand_off(command(), bad).error().code, Errc::invalid_argument);
  const std::string long_note(max_work_order_text_bytes + 1, 'x');
  bad = request(bad.task);
  bad.note = long_note;
  EXPECT_EQ(why(desk->hand_off(command(), bad)),
            "limit: the note is longer than max_work_order_text_bytes");
  EXPECT_EQ(desk->sweep(command(), max_run + 1).error().code, Errc::limit);
  EXPECT_EQ(state_of(bad.task), "interested");
  EXPECT_EQ(told("shop:a"), 0u);
}

TEST_P(HandOffs, AreForPlacesOnTheGlobe) {
  HandOffRequest off = request(interested("u"));
  off.wish.place = GeoPoint{std::numeric_limits<double>::quiet_NaN(), 39.9};
  const auto refused = desk->hand_off(command(), off);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::invalid_argument);
  EXPECT_EQ(refused.error().message,
            "a place has a longitude of -180 to 180 and a latitude of -90 to 90, not nan and 39.9");
}

TEST_P(HandOffs, OneThatCanNotBeReadKeepsNobodyWaiting) {
  const HandOff first = handed_off(interested("u1"));
  const HandOff second = handed_off(interested("u2"));
  RawStore(*place).run("UPDATE muster_papers SET body = 'x' WHERE id = " +
                       std::to_string(first.order.id));
  const auto swept = desk->sweep(command(later(3'600)), 10);
  ASSERT_TRUE(swept) << swept.error().message;
  ASSERT_EQ(swept->size(), 1u);
  EXPECT_EQ(swept->front().order.id, second.order.id);
  const std::vector<Event> entries = ledger->events(0, 1'000).value();
  const std::string said =
      fmt::format("work order {} can not be read; it is set aside", first.order.id);
  EXPECT_EQ(std::count_if(entries.begin(), entries.end(),
                          [&](const Event& entry) { return entry.text == said; }),
            1);
  EXPECT_TRUE(desk->sweep(command(later(3'600)), 10)->empty());
  EXPECT_EQ(desk->find(first.order.id).error().code, Errc::corrupt);
}

}  // namespace
}  // namespace muster::testing
