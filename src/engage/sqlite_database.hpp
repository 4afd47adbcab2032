#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>

namespace muster {

struct CloseDatabase {
  void operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

/// For one thread at a time. Throws StoreFailure.
Database open_database(const std::filesystem::path& file, bool must_exist);

/// Throws a StoreFailure of what the database says of itself.
[[noreturn]] void fail_sqlite(sqlite3* database, int status);

inline void check_sqlite(sqlite3* database, int status) {
  if (status != SQLITE_OK) fail_sqlite(database, status);
}

}  // namespace muster
