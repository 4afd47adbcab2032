#include "temporary_ledger.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#ifdef MUSTER_TEST_LIBPQ
#include <libpq-fe.h>
#endif

namespace muster::testing {
namespace {

void run_on_server([[maybe_unused]] const std::string& statement) {
#ifdef MUSTER_TEST_LIBPQ
  PGconn* const connection = PQconnectdb(postgres_for_tests()->c_str());
  PGresult* const result = PQexec(connection, statement.c_str());
  EXPECT_EQ(PQresultStatus(result), PGRES_COMMAND_OK) << PQerrorMessage(connection);
  PQclear(result);
  PQfinish(connection);
#endif
}

}  // namespace

std::optional<std::string> postgres_for_tests() {
#ifdef MUSTER_TEST_LIBPQ
  if (const char* connection = std::getenv("MUSTER_TEST_POSTGRES")) return connection;
#endif
  return std::nullopt;
}

TemporaryPlace::TemporaryPlace(StoreKind kind) : kind_(kind) {
  static int made = 0;
  const std::string name = fmt::format("muster_{}_{}", getpid(), made++);
  folder_ = std::filesystem::temp_directory_path() / name;
  std::filesystem::create_directory(folder_);
  if (kind_ == StoreKind::sqlite) return;
  schema_ = name;
  run_on_server("CREATE SCHEMA " + schema_);
}

TemporaryPlace::~TemporaryPlace() {
  std::filesystem::remove_all(folder_);
  if (kind_ == StoreKind::postgres) {
    run_on_server("SET client_min_messages = warning; DROP SCHEMA " + schema_ + " CASCADE");
  }
}

std::string TemporaryPlace::connection(const std::string& search_path) const {
  return fmt::format("{} options='-csearch_path={}'", *postgres_for_tests(), search_path);
}

Result<Ledger> TemporaryPlace::try_open(const LedgerOptions& options) const {
  if (kind_ == StoreKind::sqlite) return Ledger::open(file(), options);
  return Ledger::connect(connection(), options);
}

Ledger TemporaryPlace::open(const LedgerOptions& options) const {
  Result<Ledger> opened = try_open(options);
  EXPECT_TRUE(opened) << opened.error().message;
  return std::move(opened).value();
}

}  // namespace muster::testing
