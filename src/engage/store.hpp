#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/diagnostics.hpp"
#include "engage/statements.hpp"
#include "muster/core/error.hpp"
#include "muster/engage/ledger.hpp"

namespace muster {

/// What a statement is given, borrowed for the call; monostate is NULL.
using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string_view>;

/// Sequences, ids and counts: whatever is past the largest of them stays so.
inline SqlValue sql(std::uint64_t value) {
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(std::min(value, most));
}
inline SqlValue sql(std::string_view value) { return value; }

/// A row of an answer, valid while it is seen.
class SqlRow {
 public:
  virtual bool null(int column) const = 0;
  virtual std::int64_t whole(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;

 protected:
  ~SqlRow() = default;
};

/// Any statement may fail for reasons that are the database's own. That is an exception inside this
/// room, so that the rules of the ledger can be read; Ledger makes an Error of it.
struct StoreFailure {
  Error error;
  bool lost = false;  ///< the connection is of no use any more
};

/// What callers are told of it. A database quotes whatever it finds in a damaged file.
inline Error told(const StoreFailure& failure) {
  return {failure.error.code, as_utf8(failure.error.message), {}};
}

/// What a ledger is kept in: runs its statements, knows nothing of what they mean. One transaction
/// at a time writes, whoever began it: begin waits. Everything but the destructor and rollback
/// throws StoreFailure.
class Store {
 public:
  virtual ~Store() = default;

  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  /// Makes a connection that was lost anew.
  virtual void connect() = 0;
  /// Once it is known to be a ledger's, or to become one: until then nothing of it is changed.
  virtual void adopt() = 0;

  using See = void (*)(void* context, const SqlRow& row);
  virtual void run(Sql statement, std::span<const SqlValue> values, See see, void* context) = 0;

  /// Runs statements without values, in this library's common dialect (see schema.cpp).
  virtual void run_script(std::string_view script) = 0;
  virtual bool has_table(std::string_view name) = 0;
  /// Whether it holds something that is no ledger's.
  virtual bool is_taken() = 0;
  /// Does now, from any thread and beside all else, what writes would have to wait for later.
  virtual void checkpoint() = 0;

  void run(Sql statement, std::initializer_list<SqlValue> values) {
    run(statement, {values.begin(), values.size()}, nullptr, nullptr);
  }
  /// Calls see(row) for each row.
  template <class Seeing>
  void run(Sql statement, std::initializer_list<SqlValue> values, Seeing see) {
    run(
        statement, {values.begin(), values.size()},
        [](void* context, const SqlRow& row) { (*static_cast<Seeing*>(context))(row); }, &see);
  }
};

std::unique_ptr<Store> open_sqlite(const std::filesystem::path& file, const LedgerOptions& options);
std::unique_ptr<Store> connect_postgres(std::string_view connection, const LedgerOptions& options);

}  // namespace muster
