#include "muster/engage/ledger.hpp"

#include <gtest/gtest.h>

#include "each_store.hpp"
#include "raw_store.hpp"

namespace muster::testing {
namespace {

class LedgerCommands : public EachStore {};
MUSTER_IN_EACH_STORE(LedgerCommands);

Note note_of(std::string_view text) {
  Note note;
  note.user = "u";
  note.text = text;
  return note;
}

TEST_P(LedgerCommands, AKeyTwiceHasOneEffectAndOneAnswer) {
  const Catalogue catalogue = market();
  const PolicyView view = view_of(catalogue, "u");
  const auto once = ledger->plan({"k", noon}, {&view, 1});
  const auto twice = ledger->plan({"k", later(5)}, {&view, 1});
  ASSERT_TRUE(once && twice);
  EXPECT_FALSE(once->repeated);
  EXPECT_TRUE(twice->repeated);
  EXPECT_EQ(once->sequence, twice->sequence);
  EXPECT_EQ(once->changes, twice->changes);
  EXPECT_EQ(once->changes.size(), 4u);
  EXPECT_EQ((*ledger->find("k"))->changes, once->changes);
  EXPECT_FALSE(*ledger->find("another"));
  EXPECT_EQ(ledger->events(0, 100)->size(), 5u);

  const auto other = ledger->note({"k", noon}, note_of("x"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Errc::key_reused);
  EXPECT_EQ(other.error().message, "another write was done under the key 'k'");
}

TEST_P(LedgerCommands, RefusalsAreNotRemembered) {
  EXPECT_FALSE(ledger->move({"k", noon}, {}));
  EXPECT_TRUE(ledger->note({"k", noon}, note_of("x")));
}

TEST_P(LedgerCommands, RefusesBadKeys) {
  const auto text = [&](std::string_view key) {
    return ledger->note({key, noon}, note_of("x")).error().message;
  };
  EXPECT_EQ(text(""), "an idempotency key must not be empty");
  EXPECT_EQ(text(std::string(201, 'k')),
            "an idempotency key of 201 bytes is longer than max_command_key_bytes, 200");
  EXPECT_EQ(text(std::string_view("a\0b", 3)),
            R"(an idempotency key must be UTF-8 without NUL, not 'a\x00b')");
}

TEST_P(LedgerCommands, APlanWithAnEndIsAnotherPlan) {
  const PolicyView view = view_of(market(), "u");
  ASSERT_TRUE(ledger->plan({"k", noon}, {&view, 1}));
  EXPECT_EQ(ledger->plan({"k", noon}, {&view, 1}, {.due = Moment{0}}).error().code,
            Errc::key_reused);
  EXPECT_TRUE(ledger->plan({"k", noon}, {&view, 1})->repeated);
}

TEST_P(LedgerCommands, NotesOfATaskAreOfItsUser) {
  const Catalogue catalogue = market();
  plan_for(*ledger, catalogue, "u");
  const Task task = task_of(*ledger, "u", "P1", "shop");
  Note note;
  note.task = task.id;
  note.text = "asked for a colour";
  ASSERT_TRUE(ledger->note(command(), note));
  const Event last = ledger->timeline("u")->back();
  EXPECT_EQ(last.text, "asked for a colour");
  EXPECT_EQ(last.policy + " " + last.channel, "P1 shop");
  note.user = "v";
  const auto refused = ledger->note(command(), note);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::unknown_user);
  EXPECT_EQ(refused.error().message, fmt::format("task {} is of user 'u', not 'v'", task.id));
}

TEST_P(LedgerCommands, NotesAndMovesKeepToTheirKinds) {
  Note note = note_of("x");
  note.kind = EventKind::contact;
  EXPECT_EQ(ledger->note(command(), note).error().message,
            "an entry of kind 'contact' is not written by itself");
  note.kind = EventKind::sheet;
  note.task = 5;
  EXPECT_EQ(ledger->note(command(), note).error().message, "the ledger has no task 5");
  TaskMove move;
  move.to = TaskState::accepted;
  EXPECT_EQ(ledger->move(command(), move).error().message,
            "a task is not moved to accepted: that is settled, dispatched or planned");
  move.to = TaskState::cancelled;
  EXPECT_EQ(ledger->move(command(), move).error().message, "the ledger has no task 0");
  EXPECT_EQ(ledger->plan(command(), {}).error().message, "there is no view to plan tasks of");
  EXPECT_EQ(ledger->task(3).error().code, Errc::unknown_task);
}

TEST_P(LedgerCommands, AnotherPlanLeavesOpenTasksAlone) {
  const Catalogue catalogue = market();
  EXPECT_EQ(plan_for(*ledger, catalogue, "u").size(), 4u);
  EXPECT_EQ(plan_for(*ledger, catalogue, "u", later(60)).size(), 0u);
  EXPECT_EQ(plan_for(*ledger, catalogue, "u", later(90), {.active_channels = 2, .due = {}}).size(),
            1u);
}

TEST_P(LedgerCommands, AnotherLedgerOfTheSamePlaceSeesEverything) {
  ASSERT_TRUE(ledger->note(command(), note_of("一")));
  Ledger other = place->open();
  ASSERT_TRUE(other.note({"other", noon}, note_of("二")));
  EXPECT_EQ(*ledger->timeline("u"), *other.timeline("u"));
  EXPECT_EQ(ledger->timeline("u")->size(), 2u);
  EXPECT_EQ(ledger->timeline("u")->back().text, "二");
  EXPECT_TRUE(ledger->timeline("nobody")->empty());
  EXPECT_EQ(ledger->events(1, 100)->size(), 1u);
  EXPECT_EQ(ledger->events(0, 1)->size(), 1u);
}

TEST_P(LedgerCommands, WhatIsLookedForMayBeAnything) {
  ASSERT_TRUE(ledger->note(command(), note_of("x")));
  const std::string_view cut("u\0x", 3), torn = "u\xff";
  const std::string long_desk = "shop:" + std::string(max_id_bytes, 'x');
  EXPECT_EQ(ledger->timeline(cut).error().message,
            R"(a user must be UTF-8 without NUL, not 'u\x00x')");
  const Errc codes[] = {ledger->timeline(torn).error().code,
                        ledger->open_tasks(torn).error().code,
                        ledger->outbox(torn, 1).error().code,
                        ledger->acknowledge(torn, 1).error().code,
                        ledger->find(torn).error().code,
                        ledger->use_of(torn).error().code,
                        ledger->capacity_used(torn, {}).error().code,
                        ledger->group_settlement(torn, "g").error().code,
                        ledger->group_settlement("u", torn).error().code,
                        ledger->policy_settlement("u", torn).error().code};
  for (const Errc code : codes) EXPECT_EQ(code, Errc::invalid_argument);
  EXPECT_TRUE(ledger->outbox(long_desk, 1)->empty());
}

TEST_P(LedgerCommands, TheLargestNumbersAreNoSmallOnes) {
  const Catalogue catalogue = market();
  plan_for(*ledger, catalogue, "u");
  ASSERT_TRUE(ledger->dispatch(command(), catalogue, "call", 1));
  constexpr std::uint64_t most = ~std::uint64_t{0};
  EXPECT_TRUE(ledger->events(most, 100)->empty());
  EXPECT_FALSE(ledger->events(0, static_cast<std::size_t>(most))->empty());
  EXPECT_EQ(ledger->task(most).error().code, Errc::unknown_task);
  ASSERT_FALSE(ledger->outbox("call", 100)->empty());
  ASSERT_TRUE(ledger->acknowledge("call", most));
  EXPECT_TRUE(ledger->outbox("call", 100)->empty());
}

TEST_P(LedgerCommands, TrustsNoNumberOfTheTables) {
  const Catalogue catalogue = market();
  plan_for(*ledger, catalogue, "u");
  ContactReport report;
  report.task = task_of(*ledger, "u", "P1", "shop").id;
  ASSERT_TRUE(ledger->contact({"k", noon}, catalogue, report));
  RawStore other(*place);
  const auto said = [&](const std::string& column, const std::string& wrong) {
    const std::string at = " WHERE key = 'k'";
    const std::string right = other.ask("SELECT " + column + " FROM muster_events" + at);
    other.run("UPDATE muster_events SET " + column + " = " + wrong + at);
    const auto timeline = ledger->timeline("u");
    EXPECT_EQ(timeline.error().code, Errc::corrupt);
    other.run("UPDATE muster_events SET " + column + " = " + right + at);
    return timeline.error().message;
  };
  EXPECT_EQ(said("kind", "200"), "the ledger holds 200 for the kind of an entry, which is none");
  EXPECT_EQ(said("state", "10"), "the ledger holds 10 for the state of a task, which is none");
  EXPECT_EQ(said("outcome", "-1"), "the ledger holds -1 for an outcome, which is none");
  EXPECT_EQ(said("field", "5"), "the ledger holds 5 for a shared field, which is none");
  EXPECT_EQ(said("cost", "-0.5"), "the ledger holds -0.5 for a cost, which is none");
  EXPECT_EQ(said("cost", "2e12"), "the ledger holds 2000000000000 for a cost, which is none");
  EXPECT_TRUE(ledger->timeline("u"));
  other.run("UPDATE muster_events SET state = 99 WHERE key = 'k'");
  EXPECT_EQ(ledger->find("k").error().code, Errc::corrupt);
  other.run("UPDATE muster_tasks SET state = -3");
  EXPECT_EQ(ledger->open_tasks("u").error().code, Errc::corrupt);
}

TEST_P(LedgerCommands, MomentsMayGoBack) {
  ASSERT_TRUE(ledger->note(command(later(60)), note_of("first")));
  ASSERT_TRUE(ledger->note(command(noon), note_of("second")));
  EXPECT_EQ(ledger->timeline("u")->front().text, "first");
  EXPECT_EQ(ledger->timeline("u")->back().at, noon);
}

TEST(LedgerFile, AFullDiskLosesNothing) {
  const TemporaryPlace place(StoreKind::sqlite);
  const std::string text(max_event_text_bytes, 'x');
  std::size_t written = 0;
  {
    Ledger ledger = place.open({.max_file_bytes = 1'000'000});
    const auto write = [&] {
      return ledger.note({fmt::format("k{}", written), noon}, note_of(text));
    };
    auto last = write();
    for (; last; last = write()) ++written;
    EXPECT_GT(written, 5u);
    EXPECT_EQ(last.error().code, Errc::ledger_full);
    EXPECT_EQ(last.error().message, "the ledger's file: database or disk is full");
    EXPECT_EQ(write().error().code, Errc::ledger_full);
    EXPECT_EQ(ledger.timeline("u")->size(), written);
  }
  Ledger ledger = place.open();  // there is room again
  EXPECT_TRUE(ledger.note({fmt::format("k{}", written), noon}, note_of(text)));
  EXPECT_EQ(ledger.timeline("u")->size(), written + 1);
}

}  // namespace
}  // namespace muster::testing
