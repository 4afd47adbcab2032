#include <fmt/format.h>

#include <algorithm>
#include <boost/algorithm/string/erase.hpp>
#include <boost/algorithm/string/replace.hpp>
#include <charconv>
#include <optional>
#include <utility>

#include "engage/postgres_line.hpp"

namespace muster {
namespace {

/// Tables as schema.cpp writes them, in this dialect.
std::string translated(std::string script) {
  boost::algorithm::replace_all(script, " INTEGER", " BIGINT");
  boost::algorithm::replace_all(script, " REAL", " DOUBLE PRECISION");
  boost::algorithm::erase_all(script, " WITHOUT ROWID");
  return script;
}

class PostgresRow final : public SqlRow {
 public:
  PostgresRow(const PGresult* answer, int row) : answer_(answer), row_(row) {}
  bool null(int column) const override { return PQgetisnull(answer_, row_, column) == 1; }
  std::int64_t whole(int column) const override { return read<std::int64_t>(column); }
  double real(int column) const override { return read<double>(column); }
  std::string_view text(int column) const override {
    return {PQgetvalue(answer_, row_, column),
            static_cast<std::size_t>(PQgetlength(answer_, row_, column))};
  }

 private:
  template <class Number>
  Number read(int column) const {
    Number value{};
    const std::string_view its = text(column);
    const char* const end = its.data() + its.size();
    const auto [rest, failed] = std::from_chars(its.data(), end, value);
    if (failed == std::errc() && rest == end) return value;
    throw StoreFailure{{Errc::corrupt, fmt::format("the ledger holds '{}' for a number", its), {}}};
  }

  const PGresult* answer_;
  int row_;
};

/// Statements of this store besides those of Sql.
enum Own : std::size_t { own_begin = sql_statements, own_lock, own_commit, all_statements };
static_assert(all_statements <= PostgresLine::statements);

class PostgresStore final : public Store {
 public:
  PostgresStore(std::string_view connection, const LedgerOptions& options)
      : where_(connection), options_(options) {
    connect();
  }

  void connect() override {
    in_transaction_ = false;
    line_.emplace(where_);
    line_->run(
        fmt::format("SET synchronous_commit = {}; SET lock_timeout = {}; "
                    "SET extra_float_digits = 1",
                    options_.durability == Durability::full ? "on" : "off",
                    std::max<std::int64_t>(options_.patience.count(), 1)));  // 0 would be for ever
  }

  void adopt() override {}

  // One writer at a time, whichever host it is on: so the order of entries is that of commits, and
  // whoever reads on from an entry misses none. The statements after the lock see all before it. It
  // is named by the schema that the tables are in, which need not be the first of the search path.
  void begin() override {
    in_transaction_ = true;
    line_->queue(own_begin, "BEGIN ISOLATION LEVEL READ COMMITTED", {});
    line_->queue(own_lock,
                 "SELECT pg_advisory_xact_lock(1836413556, hashtext(COALESCE((SELECT nspname "
                 "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                 "WHERE c.oid = to_regclass('muster_ledger')), current_schema())))",
                 {});
  }
  void commit() override {
    line_->queue(own_commit, "COMMIT", {});
    line_->answer();
    in_transaction_ = false;
  }
  void rollback() noexcept override {
    if (std::exchange(in_transaction_, false)) line_->rollback();
  }

  // In a transaction, what gives no rows waits for what does.
  using Store::run;
  void run(Sql sql, std::span<const SqlValue> values, See see, void* context) override {
    line_->queue(static_cast<std::size_t>(sql), text_of(sql), values);
    if (see == nullptr && in_transaction_) return;
    const PostgresAnswer answer = line_->answer();
    for (int row = 0; see != nullptr && row < PQntuples(answer.get()); ++row) {
      see(context, PostgresRow(answer.get(), row));
    }
  }

  void run_script(std::string_view script) override { line_->run(translated(std::string(script))); }

  bool has_table(std::string_view name) override {
    const PostgresAnswer answer = line_->run(fmt::format("SELECT to_regclass('{}')", name));
    return PQgetisnull(answer.get(), 0, 0) == 0;
  }
  void checkpoint() override {}               // the server has a process for it
  bool is_taken() override { return false; }  // a schema may hold others' tables, too

 private:
  std::string where_;
  LedgerOptions options_;
  std::optional<PostgresLine> line_;
  bool in_transaction_ = false;
};

}  // namespace

std::unique_ptr<Store> connect_postgres(std::string_view connection, const LedgerOptions& options) {
  return std::make_unique<PostgresStore>(connection, options);
}

}  // namespace muster
