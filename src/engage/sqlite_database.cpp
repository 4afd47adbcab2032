#include "engage/sqlite_database.hpp"

#include <fmt/core.h>

#include "engage/store.hpp"

namespace muster {
namespace {

Errc code_of(int status) noexcept {
  switch (status & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Errc::ledger_busy;
    case SQLITE_FULL:
      return Errc::ledger_full;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return Errc::corrupt;
    default:
      return Errc::io;
  }
}

}  // namespace

Database open_database(const std::filesystem::path& file, bool must_exist) {
  sqlite3* opened = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | (must_exist ? 0 : SQLITE_OPEN_CREATE) |
                    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int status = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
  Database out(opened);
  check_sqlite(opened, status);
  return out;
}

void fail_sqlite(sqlite3* database, int status) {
  throw StoreFailure{
      {code_of(status), fmt::format("the ledger's file: {}", sqlite3_errmsg(database)), {}}};
}

}  // namespace muster
