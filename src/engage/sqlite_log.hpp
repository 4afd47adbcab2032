#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <utility>

#include "engage/sqlite_database.hpp"

namespace muster {

/// A ledger's log, which is moved into its file from time to time: that waits for the disk twice.
/// A writer does so itself when the log is long, unless others do before.
class SqliteLog {
 public:
  explicit SqliteLog(std::filesystem::path file) : file_(std::move(file)) {}
  SqliteLog(const SqliteLog&) = delete;

  /// From now on the log is moved where a commit of `writer` finds it long. `*this` outlives it.
  void watch(sqlite3* writer);

  /// Moves the log through a connection of its own, while others write; from any thread.
  /// Throws StoreFailure.
  void checkpoint();

 private:
  static int see_commit(void* log, sqlite3* writer, const char* name, int pages);
  /// How many pages of the log are not in the file yet; -1 where others keep it from being moved.
  int move(int mode);

  std::filesystem::path file_;
  std::atomic<int> pages_{0};          // in the log after the last commit that was seen
  std::atomic<bool> is_moved_{false};  // by calls of checkpoint()
  std::mutex mutex_;
  Database own_;
};

}  // namespace muster
