// The log is moved into the file beside those who write: nothing is lost, and it stays short.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <random>
#include <thread>

#include "churn.hpp"
#include "each_store.hpp"

namespace muster::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::uintmax_t mib = 1 << 20;

/// An entry of some pages: 500 of them put 8 MiB into a log.
Result<Receipt> note(Ledger& ledger, std::string_view key, std::size_t bytes = 4'000) {
  const std::string text(bytes, 'x');
  Note note;
  note.user = "u";
  note.text = text;
  return ledger.note({key, noon}, note);
}

class Checkpoint : public EachStore {
 protected:
  void write_much() {
    for (int i = 0; i < 500; ++i) ASSERT_TRUE(note(*ledger, keys.next()));
  }
  bool is_sqlite() const { return GetParam() == StoreKind::sqlite; }
  std::uintmax_t file_bytes() const { return std::filesystem::file_size(place->file()); }
  std::uintmax_t log_bytes() const {
    return std::filesystem::file_size(place->file().string() + "-wal");
  }
};
MUSTER_IN_EACH_STORE(Checkpoint);

TEST_P(Checkpoint, MovesWhatWasWritten) {
  write_much();
  if (is_sqlite()) {
    EXPECT_LT(file_bytes(), mib);
  }
  ASSERT_TRUE(ledger->checkpoint());
  if (is_sqlite()) {
    EXPECT_GT(file_bytes(), 2 * mib);
  }
  EXPECT_EQ(ledger->timeline("u")->size(), 500u);
  EXPECT_TRUE(ledger->checkpoint());  // nothing is left
}

TEST_P(Checkpoint, LeavesALittleWhereItIs) {
  ASSERT_TRUE(note(*ledger, "k"));
  ASSERT_TRUE(ledger->checkpoint());
  if (is_sqlite()) {
    EXPECT_LT(file_bytes(), 4'096 * 2);
  }
  EXPECT_EQ(ledger->timeline("u")->size(), 1u);
}

TEST_P(Checkpoint, LetsTheLogBeginAnew) {
  for (int i = 0; i < 5; ++i) {
    write_much();
    ASSERT_TRUE(ledger->checkpoint());
  }
  if (is_sqlite()) {
    EXPECT_LT(log_bytes(), 16 * mib);
  }
  EXPECT_EQ(ledger->timeline("u")->size(), 2'500u);
}

// So long that writers would have to wait for its end, if there were any.
TEST_P(Checkpoint, MovesALongLogToItsEnd) {
  ASSERT_TRUE(ledger->checkpoint());  // or else writers move it
  for (int i = 0; i < 1'200; ++i) ASSERT_TRUE(note(*ledger, keys.next(), 60'000));
  if (is_sqlite()) {
    ASSERT_GT(log_bytes(), 64 * mib);
    ASSERT_LT(file_bytes(), mib);
  }
  ASSERT_TRUE(ledger->checkpoint());
  if (is_sqlite()) {
    EXPECT_GT(file_bytes(), 64 * mib);
  }
  const std::uintmax_t before = is_sqlite() ? log_bytes() : 0;
  write_much();
  if (is_sqlite()) {
    EXPECT_EQ(log_bytes(), before);  // it began anew
  }
  EXPECT_EQ(ledger->timeline("u")->size(), 1'700u);
}

TEST_P(Checkpoint, RunsBesideWritersAndReaders) {
  std::atomic<bool> stop{false};
  std::atomic<int> failed{0};
  std::thread keeper([&] {
    for (; !stop; std::this_thread::sleep_for(1ms)) {
      if (!ledger->checkpoint()) ++failed;
    }
  });
  Ledger other = place->open({.durability = Durability::normal});
  std::thread reader([&] {
    while (!stop) {
      if (!other.events(0, 100)) ++failed;
    }
  });
  for (int i = 0; i < 4; ++i) write_much();
  stop = true;
  keeper.join();
  reader.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(ledger->timeline("u")->size(), 2'000u);
  EXPECT_EQ(other.timeline("u")->size(), 2'000u);
}

TEST(CheckpointOfAFile, SaysWhatIsWrong) {
  const TemporaryPlace place(StoreKind::sqlite);
  Ledger ledger = place.open({.durability = Durability::normal});
  for (int i = 0; i < 500; ++i) ASSERT_TRUE(note(ledger, std::to_string(i)));
  const std::filesystem::path elsewhere = place.file().string() + ".moved";
  std::filesystem::rename(place.file(), elsewhere);
  const auto refused = ledger.checkpoint();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::io);
  EXPECT_EQ(refused.error().message, "the ledger's file: unable to open database file");
  std::filesystem::rename(elsewhere, place.file());
  EXPECT_TRUE(ledger.checkpoint());
  EXPECT_EQ(ledger.events(0, 1'000)->size(), 500u);
}

/// Writes and moves the log until it is killed, a byte for each write that it was told of.
[[noreturn]] void write_for_ever(const TemporaryPlace& place, int run, int report) {
  auto ledger = place.try_open({.durability = Durability::normal});
  if (!ledger) _exit(1);
  std::thread([&] {
    for (;;) {
      if (!ledger->checkpoint()) _exit(1);
    }
  }).detach();
  for (int i = 0;; ++i) {
    if (!note(*ledger, fmt::format("{} {}", run, i))) _exit(1);
    if (write(report, "w", 1) < 0) _exit(1);
  }
}

/// How many writes a process was told of before it was killed.
int write_until_killed(const TemporaryPlace& place, int run, std::chrono::milliseconds life) {
  int ends[2];
  if (pipe(ends) != 0) return -1;
  const pid_t child = fork();
  if (child == 0) write_for_ever(place, run, ends[1]);
  close(ends[1]);
  std::this_thread::sleep_for(life);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  int told = 0;
  char bytes[4096];
  for (ssize_t some = 0; (some = read(ends[0], bytes, sizeof bytes)) > 0;) {
    told += static_cast<int>(some);
  }
  close(ends[0]);
  return told;
}

TEST(CheckpointOfAFile, MayBeKilledInTheMiddle) {
  const TemporaryPlace place(StoreKind::sqlite);
  std::mt19937 random(5);
  std::size_t all = 0;
  for (int run = 0; run < (long_tests() ? 200 : 10); ++run) {
    const int told = write_until_killed(place, run, 50ms + random() % 200 * 1ms);
    ASSERT_GE(told, 0);
    Ledger ledger = place.open({.durability = Durability::normal});
    for (int i = 0; i < told; ++i) {
      const auto found = ledger.find(fmt::format("{} {}", run, i));
      ASSERT_TRUE(found && *found) << "run " << run << ", write " << i << " of " << told;
    }
    all += static_cast<std::size_t>(told);
  }
  EXPECT_GT(all, 100u);
}

}  // namespace
}  // namespace muster::testing
