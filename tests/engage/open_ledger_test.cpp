// Opening, what else may lie where a ledger should, and others who are at it at the same time.

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "each_store.hpp"
#include "engage/schema.hpp"
#include "raw_store.hpp"

namespace muster::testing {
namespace {

using namespace std::chrono_literals;

class OpenLedger : public EachStore {
 protected:
  Result<Receipt> note() {
    Note note;
    note.user = "u";
    return ledger->note(command(), note);
  }
};
MUSTER_IN_EACH_STORE(OpenLedger);

TEST_P(OpenLedger, WhoWaitsTooLongIsToldSoAndMayGoOn) {
  ledger.emplace(place->open({.patience = 50ms}));
  RawStore other(*place);
  other.begin_to_write();
  for (int i = 0; i < 2; ++i) {
    const auto refused = note();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::ledger_busy) << refused.error().message;
  }
  EXPECT_EQ(ledger->acknowledge("call", 1).error().code, Errc::ledger_busy);
  EXPECT_TRUE(ledger->timeline("u")->empty());  // readers do not wait
  Ledger at_once = place->open({.patience = 0ms});
  EXPECT_EQ(at_once.note({"k", noon}, {}).error().code, Errc::ledger_busy);
  other.run("ROLLBACK");
  EXPECT_TRUE(note());
  EXPECT_EQ(ledger->timeline("u")->size(), 1u);
  EXPECT_TRUE(at_once.note({"k", noon}, {}));
}

TEST_P(OpenLedger, WhoIsPatientWaits) {
  RawStore other(*place);
  other.begin_to_write();
  std::thread release([&] {
    std::this_thread::sleep_for(50ms);
    other.run("ROLLBACK");
  });
  EXPECT_TRUE(note());
  release.join();
}

TEST_P(OpenLedger, RefusesOptionsThatMakeNoSense) {
  const auto text = [&](const LedgerOptions& options) {
    const auto opened = place->try_open(options);
    EXPECT_EQ(opened.error().code, Errc::bad_setting);
    return opened.error().message;
  };
  EXPECT_EQ(text({.patience = -1ms}), "patience must be 0 to 86400000 ms, not -1");
  EXPECT_EQ(text({.patience = max_patience + 1ms}),
            "patience must be 0 to 86400000 ms, not 86400001");
  EXPECT_EQ(text({.patience = std::chrono::milliseconds::max()}),
            "patience must be 0 to 86400000 ms, not 9223372036854775807");
  EXPECT_EQ(text({.max_file_bytes = min_ledger_file_bytes - 1}),
            "max_file_bytes must be 0 or at least 4096, not 4095");
}

TEST_P(OpenLedger, MayBeToldToMakeNone) {
  const TemporaryPlace empty(GetParam());
  const auto none = empty.try_open({.must_exist = true});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::io);
  if (GetParam() == StoreKind::sqlite) {
    EXPECT_FALSE(std::filesystem::exists(empty.file()));
    std::ofstream(empty.file()).flush();
    EXPECT_EQ(empty.try_open({.must_exist = true}).error().message, "there is no ledger yet");
    EXPECT_EQ(std::filesystem::file_size(empty.file()), 0u);
  } else {
    EXPECT_EQ(none.error().message, "there is no ledger yet");
    EXPECT_EQ(RawStore(empty).ask("SELECT to_regclass('muster_events')"), "");
  }
  EXPECT_TRUE(place->try_open({.must_exist = true}));
}

TEST_P(OpenLedger, RefusesVersionsThatItDoesNotKnow) {
  RawStore other(*place);
  ASSERT_TRUE(note());
  const auto said = [](const auto& result) { return result.error().message; };
  const std::string newer =
      "the ledger is of version 7, made by a newer library; this one knows versions up to 2";
  other.run("UPDATE muster_ledger SET version = 7");
  EXPECT_EQ(place->try_open().error().code, Errc::unsupported_version);
  EXPECT_EQ(said(place->try_open()), newer);
  EXPECT_EQ(said(note()), newer);  // under our hands
  EXPECT_EQ(said(ledger->acknowledge("call", 1)), newer);
  other.run("UPDATE muster_ledger SET version = -1");
  EXPECT_EQ(place->try_open().error().code, Errc::corrupt);
  EXPECT_EQ(said(place->try_open()), "the ledger is of version -1, which it should not be");
  other.run(fmt::format("UPDATE muster_ledger SET version = {}", ledger_version));
  EXPECT_TRUE(note());
}

TEST(LedgerFile, RefusesOtherFilesAndLeavesThemAsTheyAre) {
  const TemporaryPlace place(StoreKind::sqlite);
  RawStore(place).run("CREATE TABLE customers (id)");
  EXPECT_EQ(place.try_open().error().code, Errc::corrupt);
  EXPECT_EQ(place.try_open().error().message, "the database holds something else than a ledger");
  EXPECT_EQ(RawStore(place).ask("PRAGMA journal_mode"), "delete");
  std::ofstream(place.file(), std::ios::trunc) << std::string(4096, 'x');
  EXPECT_EQ(place.try_open().error().code, Errc::corrupt);
  EXPECT_EQ(place.try_open().error().message, "the ledger's file: file is not a database");
  EXPECT_EQ(Ledger::open("/nowhere/at/all").error().code, Errc::io);
}

TEST(LedgerFile, TakesNothingWhereItIsNoLonger) {
  const TemporaryPlace place(StoreKind::sqlite);
  Ledger ledger = place.open({.durability = Durability::normal});
  const std::filesystem::path elsewhere = place.file().string() + ".moved";
  std::filesystem::rename(place.file(), elsewhere);
  const auto refused = ledger.note({"k", noon}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::io);
  EXPECT_EQ(refused.error().message,
            "the ledger's file: it was moved or removed while it was open");
  std::filesystem::rename(elsewhere, place.file());
  EXPECT_TRUE(ledger.note({"k", noon}, {}));
  std::filesystem::remove(place.file());
  EXPECT_EQ(ledger.note({"k2", noon}, {}).error().message, refused.error().message);
}

// A page of tasks would begin again and again where a rank is no number.
TEST(LedgerFile, ValuesOfAnotherTypeAreDamage) {
  const TemporaryPlace place(StoreKind::sqlite);
  Ledger ledger = place.open({.durability = Durability::normal});
  const Catalogue catalogue = market();
  plan_for(ledger, catalogue, "u");
  RawStore(place).run("UPDATE muster_tasks SET rank = '{}'");
  const auto refused = ledger.dispatch({"k", noon}, catalogue, "call", 9);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::corrupt);
  EXPECT_EQ(refused.error().message, "the ledger holds something else than it should for rank");
}

// A mount that goes and comes back, as far as a file can be taken away from who has it open.
TEST(LedgerFile, LosesNothingWhereItIsAwayForAWhile) {
  const TemporaryPlace place(StoreKind::sqlite);
  const std::filesystem::path folder = place.file().parent_path(), away = folder.string() + ".away";
  Note note;
  note.user = "u";
  {
    Ledger ledger = place.open();
    ASSERT_TRUE(ledger.note({"before", noon}, note));
  }
  std::filesystem::rename(folder, away);
  for (const bool must_exist : {false, true}) {
    const auto gone = place.try_open({.must_exist = must_exist});
    EXPECT_EQ(gone.error().code, Errc::io);
    EXPECT_EQ(gone.error().message, "the ledger's file: unable to open database file");
  }
  std::filesystem::rename(away, folder);
  Ledger ledger = place.open();
  EXPECT_TRUE(ledger.note({"before", noon}, note)->repeated);
  EXPECT_EQ(ledger.timeline("u")->size(), 1u);

  // For who has it open meanwhile, too.
  std::filesystem::rename(folder, away);
  EXPECT_EQ(ledger.note({"during", noon}, note).error().code, Errc::io);
  std::filesystem::rename(away, folder);
  EXPECT_FALSE(ledger.note({"during", noon}, note)->repeated);
  EXPECT_EQ(place.open().timeline("u")->size(), 2u);
}

TEST(LedgerFile, QuotesWhatIsDamagedInUtf8) {
  const TemporaryPlace place(StoreKind::sqlite);
  { const Ledger made = place.open(); }
  RawStore(place).run(
      "PRAGMA writable_schema = ON; "
      "UPDATE sqlite_schema SET sql = CAST(x'e8616c' AS TEXT) WHERE name = 'muster_uses'; "
      "UPDATE sqlite_schema SET name = CAST(x'ff75c3' AS TEXT) WHERE name = 'muster_uses'");
  const auto damaged = place.try_open();
  EXPECT_EQ(damaged.error().code, Errc::corrupt);
  EXPECT_EQ(damaged.error().message, "the ledger's file: malformed database schema (\\xffu\\xc3)");
}

TEST(LedgerFile, NeedsAFileThatStays) {
  EXPECT_EQ(Ledger::open("").error().message, "a ledger needs a file that stays, not ''");
  EXPECT_EQ(Ledger::open(":memory:").error().message,
            "a ledger needs a file that stays, not ':memory:'");
  EXPECT_EQ(Ledger::open(":memory:").error().code, Errc::invalid_argument);
}

// Whoever changes the journal of a fresh file must wait for all who look into it.
TEST(LedgerFile, MayBeMadeWhileOthersLook) {
  const TemporaryPlace place(StoreKind::sqlite);
  RawStore other(place);
  other.run("BEGIN; SELECT COUNT(*) FROM sqlite_schema");
  EXPECT_EQ(place.try_open({.patience = 20ms}).error().code, Errc::ledger_busy);
  std::thread release([&] {
    std::this_thread::sleep_for(50ms);
    other.run("ROLLBACK");
  });
  const auto opened = place.try_open();
  EXPECT_TRUE(opened) << opened.error().message;
  release.join();
}

TEST(LedgerFile, MayBeMadeByManyAtOnce) {
  const TemporaryPlace place(StoreKind::sqlite);
  std::vector<std::thread> all;
  for (int i = 0; i < 6; ++i) {
    all.emplace_back([&, i] {
      Ledger own = place.open({.durability = Durability::normal});
      EXPECT_TRUE(own.note({std::to_string(i), noon}, {}));
    });
  }
  for (std::thread& one : all) one.join();
  EXPECT_EQ(place.open().events(0, 100)->size(), 6u);
}

}  // namespace
}  // namespace muster::testing
