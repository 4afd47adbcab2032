#include "muster/evaluate/ledger_monitor.hpp"

#include "muster/evaluate/watch.hpp"
#include "scripted_ledger.hpp"

namespace muster::testing {
namespace {

using Lines = std::vector<std::string>;
constexpr Moment tomorrow = Moment{noon.seconds + 5 * 3'600};  // Tuesday, 01:00 in Shanghai

class LedgerMonitors : public ScriptedLedger {
 protected:
  LedgerFigures figures() {
    const auto updated = monitor.update(ledger);
    EXPECT_TRUE(updated) << updated.error().message;
    return monitor.figures();
  }
  /// "P1 call 2026-03-30: targeted 2, contacted 1"; what is 0 is left out.
  Lines funnel() {
    Lines out;
    const LedgerFigures found = figures();
    for (const FunnelCell& cell : found.funnel) {
      std::string line;
      const auto add = [&](std::string_view what, std::uint64_t count) {
        if (count != 0) line += fmt::format("{} {} {}", line.empty() ? "" : ",", what, count);
      };
      for (std::size_t i = 0; i < funnel_steps; ++i) {
        add(name(static_cast<FunnelStep>(i)), cell.counts.tasks[i]);
      }
      add("handed off", cell.hand_offs.begun);
      add("back", cell.hand_offs.ended);
      add("late", cell.hand_offs.late);
      add("late seconds", cell.hand_offs.late_seconds);
      out.push_back(
          fmt::format("{} {} {}:{}", cell.policy, cell.channel, to_string(cell.day), line));
    }
    return out;
  }
  PolicyFigures of_policy(std::string_view policy) {
    const LedgerFigures found = figures();
    for (const PolicyFigures& its : found.policies) {
      if (its.policy == policy) return its;
    }
    ADD_FAILURE() << policy;
    return {};
  }

  LedgerMonitor monitor{catalogue.time_zone()};
};

TEST_F(LedgerMonitors, CountEachStepOfATaskOnceOnTheDayItGotThere) {
  EXPECT_EQ(figures(), (LedgerFigures{0, {}, {PolicyFigures()}, {}}));
  const std::string a = planned(), b = planned(), c = planned();
  dispatch();
  tell(a, "call", Outcome::none);
  tell(a, "call", Outcome::none);
  tell(b, "call", Outcome::unreachable);
  EXPECT_EQ(funnel(),
            (Lines{"P1 call 2026-03-30: targeted 3, dispatched 3, contacted 1, unreachable 1",
                   "P1 shop 2026-03-30: targeted 3"}));
  tell(a, "call", Outcome::accepted, tomorrow);
  tell(c, "call", Outcome::deferred, tomorrow);
  dispatch(later(a_day));
  tell(c, "call", Outcome::declined, later(a_day));
  EXPECT_EQ(funnel(),
            (Lines{"P1 call 2026-03-30: targeted 3, dispatched 3, contacted 1, unreachable 1",
                   "P1 call 2026-03-31: contacted 1, interested 1, accepted 1, declined 1",
                   "P1 shop 2026-03-30: targeted 3", "P1 shop 2026-03-31: cancelled 1"}));
  LedgerMonitor anew(catalogue.time_zone());
  ASSERT_TRUE(anew.update(ledger));
  EXPECT_EQ(anew.figures(), figures());
  EXPECT_EQ(figures().sequence, ledger.events(0, 1'000)->back().sequence);
}

TEST_F(LedgerMonitors, CompareTreatedUsersWithThoseHeldOut) {
  const std::string a = planned(), b = planned();
  const std::string held_1 = user(true), held_2 = user(true), early = user(true);
  accept_unasked(early);  // before any decision: nobody would have had a task of it
  for (const std::string& held : {held_1, held_2, early}) {
    EXPECT_TRUE(plan_for(ledger, catalogue, held).empty());
  }
  EXPECT_EQ(of_policy("P1").uplift, (Uplift{{0, 2}, {0, 2}}));
  tell(a, "shop", Outcome::none);
  EXPECT_EQ(of_policy("P1").participation, (Proportion{1, 2}));
  tell(a, "shop", Outcome::accepted);
  accept_unasked(b);  // treated, and not asked
  accept_unasked(held_2);
  EXPECT_EQ(of_policy("P1").uplift, (Uplift{{2, 2}, {1, 2}}));
  EXPECT_EQ(of_policy("P1").participation, (Proportion{2, 2}));
  EXPECT_EQ(of_policy("").uplift, of_policy("P1").uplift);
  plan_for(ledger, catalogue, held_1, tomorrow);  // decided again: one user still
  EXPECT_EQ(of_policy("P1").uplift.held_out.trials, 2u);
}

TEST_F(LedgerMonitors, AreToldByTheLedgerWhatTheHoldoutGoesWithout) {
  const std::string held = user(true), bought = user(true);
  accept_unasked(bought);
  const auto decision_of = [&](const std::string& who) {
    plan_for(ledger, catalogue, who);
    return ledger.timeline(who)->back().text;
  };
  const auto text = [&](const std::string& who, std::string_view offers) {
    return fmt::format(R"({{"decision":"{:016x}","catalogue":"1","holdout":true,"offers":[{}]}})",
                       view_of(catalogue, who).decision_id(), offers);
  };
  EXPECT_EQ(decision_of(held), text(held, "\"P1\""));
  EXPECT_EQ(decision_of(bought), text(bought, ""));
}

TEST_F(LedgerMonitors, CountCapacityAsTheLedgerDoes) {
  const std::string a = planned(), b = planned(), c = planned();
  planned();
  dispatch();
  tell(a, "call", Outcome::none);
  tell(b, "shop", Outcome::accepted);  // the call is not made: its contact is free again
  dispatch();
  ASSERT_TRUE(ledger.expire(command(later(400 * a_day)), 1));
  const LedgerFigures found = figures();
  ASSERT_EQ(found.capacity.size(), 1u);
  EXPECT_EQ(found.capacity[0].channel, "call");
  EXPECT_EQ(to_string(found.capacity[0].day), "2026-03-30");
  EXPECT_EQ(found.capacity[0].used, 3u);
  EXPECT_EQ(ledger.capacity_used("call", found.capacity[0].day).value(), 3u);
}

TEST_F(LedgerMonitors, KnowWhichHandOffsAreLate) {
  HandOffDesk desk(ledger, ShopDirectory::from_json(R"({"shops": [
    {"id": "a", "longitude": 116.3, "latitude": 39.9}]})")
                               .value());
  const std::string prompt = planned(), slow = planned(), open = planned();
  dispatch();
  std::vector<std::uint64_t> orders;
  for (const std::string& who : {prompt, slow, open}) {
    tell(who, "call", Outcome::none, noon, true);
    HandOffRequest request;
    request.task = task_of(ledger, who, "P1", "call").id;
    request.terms = {3'600, 7'200, 600, 1};
    request.wish.place = GeoPoint{116.2, 39.9};
    orders.push_back(desk.hand_off(command(noon), request).value().order.id);
  }
  ASSERT_TRUE(desk.accept(command(later(60)), orders[0], "a"));
  ASSERT_TRUE(desk.accept(command(later(60)), orders[2], "a"));
  ASSERT_TRUE(
      desk.report(command(later(7'000)), catalogue, orders[0], {"a", Outcome::accepted, "办好了"}));
  ASSERT_TRUE(desk.sweep(command(later(3'000)), 100));  // reminds of the slow one
  ASSERT_TRUE(desk.sweep(command(later(3'700)), 100));  // and takes it back
  ASSERT_TRUE(ledger.note(command(noon), {EventKind::hand_off, slow, "P1", "call", 0, "by hand"}));
  EXPECT_EQ(funnel(), (Lines{"P1 call 2026-03-30: targeted 3, dispatched 3, contacted 3, "
                             "interested 3, accepted 1, handed off 3, back 2, late 1, late seconds "
                             "100",
                             "P1 shop 2026-03-30: targeted 3, cancelled 1"}));
}

// Between the first and the last of all moments lie more seconds than a signed number holds.
TEST_F(LedgerMonitors, KnowHowLateFromAnyMomentToAnother) {
  HandOffDesk desk(ledger, ShopDirectory::from_json(R"({"shops": [
    {"id": "a", "longitude": 116.3, "latitude": 39.9}]})")
                               .value());
  const std::string who = planned();
  dispatch();
  tell(who, "call", Outcome::none, noon, true);
  HandOffRequest request;
  request.task = task_of(ledger, who, "P1", "call").id;
  request.terms = {3'600, 7'200, 600, 1};
  request.wish.place = GeoPoint{116.2, 39.9};
  using Seconds = std::numeric_limits<std::int64_t>;
  const auto sent = desk.hand_off(command({Seconds::min()}), request);
  ASSERT_TRUE(sent) << sent.error().message;
  ASSERT_TRUE(desk.sweep(command({Seconds::max()}), 100));
  const Lines lines = funnel();
  EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
    return line.find("late 1, late seconds 184467440737095") != line.npos;
  })) << ::testing::PrintToString(lines);
}

TEST_F(LedgerMonitors, GiveWhatTheCataloguesMonitorsWatch) {
  const std::string a = planned(), b = planned();
  tell(a, "shop", Outcome::declined);
  tell(b, "shop", Outcome::declined, tomorrow);
  const auto states = watch(figures(), catalogue);
  ASSERT_EQ(states.size(), 2u);
  ASSERT_TRUE(states[0].alarm);
  EXPECT_FALSE(states[0].alarm->too_high);
  EXPECT_EQ(to_string(states[0].alarm->day), "2026-03-30");
  EXPECT_EQ(states[0].days.size(), 2u);
  EXPECT_TRUE(states[1].days.empty());
  EXPECT_FALSE(states[1].alarm);
}

}  // namespace
}  // namespace muster::testing
