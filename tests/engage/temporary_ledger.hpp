#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "muster/engage/ledger.hpp"

namespace muster::testing {

enum class StoreKind { sqlite, postgres };

/// The connection string of a server for tests, from MUSTER_TEST_POSTGRES; nothing: there is none.
std::optional<std::string> postgres_for_tests();

/// A place for a ledger of one test: a folder, or a schema of the server; gone at the end.
class TemporaryPlace {
 public:
  explicit TemporaryPlace(StoreKind kind);
  TemporaryPlace(const TemporaryPlace&) = delete;
  ~TemporaryPlace();

  /// May be called by several, threads and forked processes too.
  Result<Ledger> try_open(const LedgerOptions& options = {}) const;
  /// Fails the test where it can not.
  Ledger open(const LedgerOptions& options = {}) const;

  StoreKind kind() const { return kind_; }
  std::filesystem::path file() const { return folder_ / "ledger"; }
  /// Of the server; empty where it is a folder.
  const std::string& schema() const { return schema_; }
  /// For a connection of the test's own: libpq's string, the schema chosen.
  std::string connection() const { return connection(schema_); }
  /// The same with another search path.
  std::string connection(const std::string& search_path) const;

 private:
  StoreKind kind_;
  std::filesystem::path folder_;
  std::string schema_;
};

}  // namespace muster::testing
