// Ledgers that older versions of the library wrote are gone on with.

#include "engage/schema.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "each_store.hpp"
#include "muster/engage/ledger_history.hpp"
#include "raw_store.hpp"

namespace muster::testing {
namespace {

/// What version 1 wrote of three users: of u1 tasks are planned, u2 was called and is interested,
/// u3 accepted in the shop.
constexpr const char* written_by_version_1 = R"(
INSERT INTO muster_events (sequence, cause, at, kind, user_key, policy, channel, task, state,
  outcome, field, cost, text, key, content, entries) VALUES
  ( 1,  1, 1774871000,  0, 'u1', '',   '',         0, NULL, 0, 0, 0, '{}', 'plan u1', 1, 3),
  ( 2,  1, 1774871000,  1, 'u1', 'P1', 'call',     2,    0, 0, 0, 0, '', NULL, NULL, NULL),
  ( 3,  1, 1774871000,  1, 'u1', 'P1', 'shop',     3,    0, 0, 0, 0, '', NULL, NULL, NULL),
  ( 4,  4, 1774871000,  0, 'u2', '',   '',         0, NULL, 0, 0, 0, '{}', 'plan u2', 1, 4),
  ( 5,  4, 1774871000,  1, 'u2', 'P1', 'call',     5,    0, 0, 0, 0, '', NULL, NULL, NULL),
  ( 6,  4, 1774871000,  1, 'u2', 'P1', 'shop',     6,    0, 0, 0, 0, '', NULL, NULL, NULL),
  ( 7,  4, 1774871000,  1, 'u2', 'P1', 'hotline',  7,    0, 0, 0, 0, '', NULL, NULL, NULL),
  ( 8,  8, 1774871500,  4, '',   '',   'call',     0, NULL, 0, 0, 0, '{"dispatched":1}',
    'dispatch', 1640606647266071137, 2),
  ( 9,  8, 1774871500,  1, 'u2', 'P1', 'call',     5,    1, 0, 0, 0, '', NULL, NULL, NULL),
  (10, 10, 1774871600,  2, 'u2', 'P1', 'call',     5,    3, 0, 1, 0, '想办理', 'call', 1, 1),
  (11, 11, 1774871700,  0, 'u3', '',   '',         0, NULL, 0, 0, 0, '{}', 'plan u3', 1, 3),
  (12, 11, 1774871700,  1, 'u3', 'P1', 'call',    12,    0, 0, 0, 0, '', NULL, NULL, NULL),
  (13, 11, 1774871700,  1, 'u3', 'P1', 'shop',    13,    0, 0, 0, 0, '', NULL, NULL, NULL),
  (14, 14, 1774871800,  2, 'u3', 'P1', 'shop',    13,    5, 1, 0, 4, '', 'settle', 1, 2),
  (15, 14, 1774871800,  1, 'u3', 'P1', 'call',    12,    9, 0, 0, 0, '', NULL, NULL, NULL);
INSERT INTO muster_tasks (id, user_key, policy, channel, state, rank, due, day, cost) VALUES
  ( 2, 'u1', 'P1', 'call',    0, -5, 1774872060, NULL, 0),
  ( 3, 'u1', 'P1', 'shop',    0, -5, 1774872060, NULL, 0),
  ( 5, 'u2', 'P1', 'call',    3, -5, 9223372036854775807, 20542, 4),
  ( 6, 'u2', 'P1', 'shop',    0, -5, 9223372036854775807, NULL, 0),
  ( 7, 'u2', 'P1', 'hotline', 0, -5, 9223372036854775807, NULL, 0),
  (12, 'u3', 'P1', 'call',    9, -5, 9223372036854775807, NULL, 0),
  (13, 'u3', 'P1', 'shop',    5, -5, 9223372036854775807, NULL, 0);
INSERT INTO muster_settlements (user_key, grp, sequence, task, policy, channel, at, until) VALUES
  ('u3', 'policy:P1', 14, 13, 'P1', 'shop', 1774871800, 9223372036854775807);
INSERT INTO muster_uses (policy, reserved, reserved_cost, accepted, cost) VALUES ('P1', 1, 4, 1, 4);
INSERT INTO muster_capacity (channel, day, used) VALUES ('call', 20542, 1);
INSERT INTO muster_outbox (channel, sequence) VALUES ('call', 9);
)";

class OlderLedger : public EachStore {
 protected:
  void SetUp() override {
    EachStore::SetUp();
    if (IsSkipped()) return;
    ledger.reset();
    place.emplace(GetParam());
    make_version_1();
    RawStore(*place).run(written_by_version_1);
  }

  void make_version_1() {
    const auto store = GetParam() == StoreKind::sqlite ? open_sqlite(place->file(), {})
                                                       : connect_postgres(place->connection(), {});
    store->adopt();
    store->begin();
    raise_version(*store, 0);
    store->commit();
  }

  /// By many at once, who all find it old.
  void open() {
    std::vector<std::thread> all;
    for (int i = 0; i < 4; ++i) all.emplace_back([&] { place->open(); });
    for (std::thread& one : all) one.join();
    ledger.emplace(place->open());
  }

  Result<Receipt> settle(TaskId task) {
    ContactReport report;
    report.task = task;
    return ledger->settle(command(), catalogue, report);
  }

  const Catalogue catalogue = market({.policies = offer("P1", R"(, "cost": 4, "budget": 12)")});
};
MUSTER_IN_EACH_STORE(OlderLedger);

std::vector<TaskChange> changes_of(const Result<Receipt>& done) {
  EXPECT_TRUE(done) << done.error().message;
  return done ? done->changes : std::vector<TaskChange>();
}

TEST_P(OlderLedger, IsBroughtUpToDateOnce) {
  EXPECT_EQ(RawStore(*place).ask("SELECT version FROM muster_ledger"), "1");
  open();
  EXPECT_EQ(RawStore(*place).ask("SELECT version FROM muster_ledger"), "2");
  EXPECT_EQ(ledger->events(0, 100)->size(), 15u);
  EXPECT_EQ(ledger->timeline("u2")->back().text, "想办理");
  EXPECT_EQ(ledger->outbox("call", 10)->at(0).task, 5u);
  LedgerHistory history;
  ASSERT_TRUE(history.update(*ledger));
  EXPECT_EQ(history.taken("P1").acceptances, 1u);
  EXPECT_EQ(history.taken("P1").cost, 4);
}

TEST_P(OlderLedger, GoesOnWithItsTasks) {
  open();
  const auto again = ledger->dispatch({"dispatch", noon}, catalogue, "call", 1);
  EXPECT_EQ(changes_of(again), (std::vector<TaskChange>{{5, TaskState::dispatched}}));
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(changes_of(ledger->dispatch(command(), catalogue, "call", 100)),
            (std::vector<TaskChange>{{2, TaskState::dispatched}}));
  EXPECT_EQ(changes_of(settle(6)),
            (std::vector<TaskChange>{
                {6, TaskState::accepted}, {5, TaskState::cancelled}, {7, TaskState::cancelled}}));
  EXPECT_EQ(ledger->use_of("P1")->accepted, 2u);
  EXPECT_EQ(ledger->use_of("P1")->reserved, 1u);
  EXPECT_EQ(ledger->use_of("P1")->cost + ledger->use_of("P1")->reserved_cost, 12);
  EXPECT_EQ(ledger->capacity_used("call", Date{20'542}).value(), 2u);
  EXPECT_EQ(changes_of(ledger->expire(command(later(60)), 100)),
            (std::vector<TaskChange>{{2, TaskState::expired}, {3, TaskState::expired}}));
}

TEST_P(OlderLedger, KnowsWhatWasSettled) {
  open();
  EXPECT_TRUE(plan_for(*ledger, catalogue, "u3").empty());
  const auto late = settle(12);
  EXPECT_EQ(late.error().code, Errc::already_settled);
  EXPECT_EQ(late.error().message,
            "user 'u3' accepted policy 'P1' on channel 'shop' at 2026-03-30T11:56:40Z (task 13)");
  EXPECT_EQ(ledger->note({"settle", noon}, {}).error().message,
            "another write was done under the key 'settle'");
}

// Version 1 did not say which channels are cooperative.
TEST_P(OlderLedger, TasksOfCooperativeChannelsWaitForTheUserUntilTheChannelTurnsActive) {
  open();
  const Catalogue before = market({.call_mode = "cooperative"});
  EXPECT_EQ(ledger->dispatch(command(), before, "call", 100).error().message,
            "nothing is dispatched to 'call', a cooperative channel: its tasks wait for the user");
  plan_for(*ledger, before, "u1");
  EXPECT_EQ(ledger->open_tasks("u1")->size(), 5u);
  EXPECT_EQ(changes_of(ledger->dispatch(command(), catalogue, "call", 100)),
            (std::vector<TaskChange>{{2, TaskState::dispatched}}));
}

}  // namespace
}  // namespace muster::testing
