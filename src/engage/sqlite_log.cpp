#include "engage/sqlite_log.hpp"

namespace muster {
namespace {

// In pages of 4 KiB. What was changed often is written once: every 64 MiB of log is seldom enough.
constexpr int long_alone = 16'000;
/// Where somebody moves the log beside the writers, they help only when that one falls behind.
constexpr int long_when_moved = 4 * long_alone;
/// Less is not worth waiting for the disk.
constexpr int worth_moving = 1'000;
/// From here on the log is to begin anew, for which writers have to stand still.
constexpr int worth_a_stop = 16'000;

/// Writers that come one after the other leave gaps.
int wait_for_gap(void*, int times) {
  constexpr int most_times = 3;
  if (times >= most_times) return 0;
  sqlite3_sleep(1);
  return 1;
}

/// Waits for the disk: a checkpoint beside writers leaves that to the one that they wait for.
void sync_file(sqlite3* database) {
  sqlite3_file* file = nullptr;
  check_sqlite(database, sqlite3_file_control(database, nullptr, SQLITE_FCNTL_FILE_POINTER, &file));
  // A disk tells of a failure once: nobody may hear of it later.
  check_sqlite(database, file->pMethods->xSync(file, SQLITE_SYNC_NORMAL));
}

Database open_to_move(const std::filesystem::path& file) {
  Database out = open_database(file, true);
  sqlite3_busy_handler(out.get(), &wait_for_gap, nullptr);
  // Until it has read something, a connection does not know that there is a log.
  check_sqlite(out.get(), sqlite3_exec(out.get(), "SELECT COUNT(*) FROM sqlite_schema", nullptr,
                                       nullptr, nullptr));
  return out;
}

}  // namespace

void SqliteLog::watch(sqlite3* writer) { sqlite3_wal_hook(writer, &SqliteLog::see_commit, this); }

// What was committed is safe in the log: that it can not be moved now is no failure of the commit.
int SqliteLog::see_commit(void* log, sqlite3* writer, const char* name, int pages) {
  auto& its = *static_cast<SqliteLog*>(log);
  its.pages_ = pages;
  if (pages >= (its.is_moved_ ? long_when_moved : long_alone)) {
    sqlite3_wal_checkpoint_v2(writer, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  }
  return SQLITE_OK;
}

// Beside the writers there is little left to move each time, and less for the disk to do. For the
// last of it they wait, so that the log can begin anew, unless that does not come soon.
void SqliteLog::checkpoint() {
  const std::lock_guard lock(mutex_);
  is_moved_ = true;
  const int pages = pages_;
  if (pages < worth_moving) return;
  if (!own_) own_ = open_to_move(file_);
  pages_ = 0;  // until the next commit says otherwise
  move(SQLITE_CHECKPOINT_PASSIVE);
  if (pages < worth_a_stop) return;
  constexpr int most_tries = 8;
  for (int tries = 0, left = -1; left < 0 && tries < most_tries; ++tries) {
    for (int times = 0; times < 2; ++times) {
      sync_file(own_.get());
      move(SQLITE_CHECKPOINT_PASSIVE);
    }
    left = move(SQLITE_CHECKPOINT_FULL);
  }
}

int SqliteLog::move(int mode) {
  int in_log = 0, moved = 0;
  const int status = sqlite3_wal_checkpoint_v2(own_.get(), nullptr, mode, &in_log, &moved);
  if ((status & 0xff) == SQLITE_BUSY) return -1;
  check_sqlite(own_.get(), status);
  return in_log - moved;
}

}  // namespace muster
