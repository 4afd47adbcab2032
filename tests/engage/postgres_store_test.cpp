#include <gtest/gtest.h>

#include <cstdlib>

#include "each_store.hpp"
#include "raw_store.hpp"

namespace muster::testing {
namespace {

using namespace std::chrono_literals;

/// Tests of what only a server has.
class LedgerServer : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!postgres_for_tests()) {
      GTEST_SKIP() << "set MUSTER_TEST_POSTGRES, or use tools/with-postgres.sh";
    }
    place.emplace(StoreKind::postgres);
  }
  std::optional<TemporaryPlace> place;
};

TEST_F(LedgerServer, TextsAreUtf8WhateverTheEnvironmentSays) {
  Note note;
  note.user = "小明";
  note.text = "想去营业厅办理";
  setenv("PGCLIENTENCODING", "GBK", 1);
  const auto done = place->open().note({"k", noon}, note);
  unsetenv("PGCLIENTENCODING");
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(place->open().timeline("小明")->at(0).text, note.text);
}

// What a server says whose disk is full, and where the last entry of a command does not fit.
constexpr const char* no_room = R"(
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'could not extend file: No space left';
END $$;
CREATE TRIGGER no_room BEFORE INSERT ON muster_events FOR EACH ROW
  WHEN (NEW.state = 9) EXECUTE FUNCTION no_room())";

TEST_F(LedgerServer, AFullDiskLosesNothing) {
  Ledger ledger = place->open();
  const Catalogue catalogue = market();
  plan_for(ledger, catalogue, "u");
  ContactReport report;
  report.task = task_of(ledger, "u", "P1", "shop").id;
  const std::vector<Task> open = ledger.open_tasks("u").value();
  const std::vector<Event> before = ledger.timeline("u").value();
  RawStore server(*place);
  server.run(no_room);
  for (int i = 0; i < 2; ++i) {
    const auto full = ledger.settle({"k", noon}, catalogue, report);
    EXPECT_EQ(full.error().code, Errc::ledger_full);
    EXPECT_TRUE(full.error().message.starts_with(
        "the ledger's database: ERROR:  could not extend file: No space left"))
        << full.error().message;
  }
  EXPECT_EQ(ledger.open_tasks("u").value(), open);
  EXPECT_EQ(ledger.timeline("u").value(), before);
  EXPECT_EQ(ledger.use_of("P1")->accepted, 0u);
  server.run("DROP TRIGGER no_room ON muster_events; DROP FUNCTION no_room()");
  const auto done = ledger.settle({"k", noon}, catalogue, report);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_FALSE(done->repeated);
  EXPECT_EQ(done->changes.size(), open.size());
}

// Two who come to the same tables by different search paths keep out of each other's way.
TEST_F(LedgerServer, TheLockIsThatOfTheTables) {
  { const Ledger made = place->open(); }
  const TemporaryPlace first(StoreKind::postgres);
  const std::string path = first.schema() + "," + place->schema();
  Ledger other = Ledger::connect(place->connection(path), {.patience = 50ms}).value();
  RawStore writer(*place);
  writer.begin_to_write();
  EXPECT_EQ(other.note({"k", noon}, {}).error().code, Errc::ledger_busy);
  writer.run("ROLLBACK");
  EXPECT_TRUE(other.note({"k", noon}, {}));
}

}  // namespace
}  // namespace muster::testing
