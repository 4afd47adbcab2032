// Every command is sent again, in any order, after the ledger was closed too: one effect, the same
// answer.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "each_store.hpp"

namespace muster::testing {
namespace {

class Replay : public EachStore {};
MUSTER_IN_EACH_STORE(Replay);

using Act = std::function<Result<Receipt>(Ledger&)>;

TEST_P(Replay, EveryKeyTwiceInAnyOrder) {
  const Catalogue catalogue = market();
  const PolicyView view = view_of(catalogue, "u");
  const TaskId call = 2, shop = 3, hotline = 4;  // as planned below
  const auto report_of = [](TaskId task, Outcome outcome) {
    ContactReport report;
    report.task = task;
    report.outcome = outcome;
    return report;
  };
  const std::vector<Act> acts = {
      [&](Ledger& to) {
        return to.plan({"plan", noon}, {&view, 1});
      },
      [&](Ledger& to) {
        return to.dispatch({"dispatch", noon}, catalogue, "call", 5);
      },
      [&](Ledger& to) {
        return to.contact({"contact", noon}, catalogue, report_of(call, Outcome::none));
      },
      [&](Ledger& to) {
        TaskMove move;
        move.task = call;
        move.to = TaskState::handed_off;
        move.kind = EventKind::hand_off;
        return to.move({"hand-off", noon}, move);
      },
      [&](Ledger& to) {
        Note note;
        note.kind = EventKind::sheet;
        note.task = shop;
        return to.note({"sheet", noon}, note);
      },
      [&](Ledger& to) {
        return to.place({"place", noon}, "u", "account", "home");
      },
      [&](Ledger& to) {
        return to.contact({"no", noon}, catalogue, report_of(hotline, Outcome::declined));
      },
      [&](Ledger& to) {
        return to.settle({"settle", noon}, catalogue, report_of(shop, Outcome::accepted));
      },
      [&](Ledger& to) {
        return to.expire({"expire", later(60)}, 10);
      },
  };
  std::vector<Receipt> first;
  for (const Act& act : acts) {
    const auto done = act(*ledger);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_FALSE(done->repeated);
    first.push_back(*done);
  }
  ASSERT_EQ(ledger->task(call)->channel, "call");
  ASSERT_EQ(ledger->task(shop)->channel, "shop");
  const std::vector<Event> entries = *ledger->events(0, 1'000);

  std::vector<std::size_t> order(acts.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::mt19937 random(1);
  for (int round = 0; round < 4; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    if (round == 2) ledger.emplace(place->open());
    for (const std::size_t i : order) {
      const auto again = acts[i](*ledger);
      ASSERT_TRUE(again) << again.error().message;
      EXPECT_TRUE(again->repeated);
      EXPECT_EQ(again->sequence, first[i].sequence);
      EXPECT_EQ(again->changes, first[i].changes);
    }
  }
  EXPECT_EQ(*ledger->events(0, 1'000), entries);
  EXPECT_EQ(ledger->use_of("P1")->accepted, 1u);
}

}  // namespace
}  // namespace muster::testing
