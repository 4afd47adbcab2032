#include "raw_store.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#ifdef MUSTER_TEST_LIBPQ
#include <libpq-fe.h>
#endif

namespace muster::testing {
namespace {

std::string ask_sqlite(sqlite3* database, const std::string& script) {
  std::string first;
  const auto see = [](void* context, int, char** cells, char**) {
    auto& out = *static_cast<std::string*>(context);
    if (out.empty() && cells[0] != nullptr) out = cells[0];
    return 0;
  };
  EXPECT_EQ(sqlite3_exec(database, script.c_str(), see, &first, nullptr), SQLITE_OK)
      << sqlite3_errmsg(database);
  return first;
}

#ifdef MUSTER_TEST_LIBPQ
std::string ask_postgres(PGconn* connection, const std::string& script) {
  PGresult* const result = PQexec(connection, script.c_str());
  const ExecStatusType status = PQresultStatus(result);
  EXPECT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
      << PQerrorMessage(connection);
  const std::string first = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
  PQclear(result);
  return first;
}
#endif

}  // namespace

RawStore::RawStore(const TemporaryPlace& place)
    : postgres_(place.kind() == StoreKind::postgres), schema_(place.schema()) {
#ifdef MUSTER_TEST_LIBPQ
  if (postgres_) {
    connection_ = PQconnectdb(place.connection().c_str());
    return;
  }
#endif
  sqlite3* database = nullptr;
  EXPECT_EQ(sqlite3_open(place.file().c_str(), &database), SQLITE_OK);
  connection_ = database;
}

RawStore::~RawStore() {
#ifdef MUSTER_TEST_LIBPQ
  if (postgres_) {
    PQfinish(static_cast<PGconn*>(connection_));
    return;
  }
#endif
  sqlite3_close(static_cast<sqlite3*>(connection_));
}

void RawStore::run(const std::string& script) { ask(script); }

std::string RawStore::ask(const std::string& query) {
#ifdef MUSTER_TEST_LIBPQ
  if (postgres_) return ask_postgres(static_cast<PGconn*>(connection_), query);
#endif
  return ask_sqlite(static_cast<sqlite3*>(connection_), query);
}

void RawStore::begin_to_write() {
  if (!postgres_) return run("BEGIN IMMEDIATE");
  run("BEGIN; SELECT pg_advisory_xact_lock(1836413556, hashtext('" + schema_ + "'))");
}

}  // namespace muster::testing
