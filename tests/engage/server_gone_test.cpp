// The database goes and comes back: calls say so, and go on by themselves. Needs a server that may
// be stopped, as tools/with-postgres.sh has one.

#include <gtest/gtest.h>

#include <cstdlib>

#include "each_store.hpp"
#include "engage/schema.hpp"
#include "raw_store.hpp"

namespace muster::testing {
namespace {

bool control(const char* what) {
  const std::string command =
      fmt::format("{} {}", std::getenv("MUSTER_TEST_POSTGRES_CONTROL"), what);
  return std::system(command.c_str()) == 0;
}

TEST(ServerGone, WritesFailThenGoOnUnderTheirKeys) {
  if (!postgres_for_tests() || std::getenv("MUSTER_TEST_POSTGRES_CONTROL") == nullptr) {
    GTEST_SKIP() << "use tools/with-postgres.sh";
  }
  const TemporaryPlace place(StoreKind::postgres);
  Ledger ledger = place.open();
  Note note;
  note.user = "u";
  ASSERT_TRUE(ledger.note({"before", noon}, note));
  ASSERT_TRUE(control("stop"));
  const auto gone = ledger.note({"during", noon}, note);
  EXPECT_EQ(ledger.timeline("u").error().code, Errc::ledger_gone);
  EXPECT_EQ(place.try_open().error().code, Errc::ledger_gone);
  ASSERT_TRUE(control("start"));
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, Errc::ledger_gone);
  EXPECT_TRUE(gone.error().message.starts_with("the ledger's database: ")) << gone.error().message;
  EXPECT_TRUE(ledger.note({"during", noon}, note));
  EXPECT_TRUE(ledger.note({"during", noon}, note)->repeated);
  EXPECT_EQ(ledger.timeline("u")->size(), 2u);

  // Away and back between two calls: nobody notices.
  ASSERT_TRUE(control("stop"));
  ASSERT_TRUE(control("start"));
  EXPECT_TRUE(ledger.note({"after", noon}, note));
  EXPECT_EQ(ledger.timeline("u")->size(), 3u);

  // A newer library brought it up to date meanwhile.
  RawStore(place).run("UPDATE muster_ledger SET version = 7");
  ASSERT_TRUE(control("stop"));
  ASSERT_TRUE(control("start"));
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(ledger.timeline("u").error().code, Errc::unsupported_version);
  }
  RawStore(place).run(fmt::format("UPDATE muster_ledger SET version = {}", ledger_version));
  EXPECT_EQ(ledger.timeline("u")->size(), 3u);
}

}  // namespace
}  // namespace muster::testing
