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
