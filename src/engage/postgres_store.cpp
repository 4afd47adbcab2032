#include <fmt/format.h>
#include <libpq-fe.h>

#include <array>
#include <bitset>
#include <boost/algorithm/string/erase.hpp>
#include <boost/algorithm/string/replace.hpp>
#include <charconv>
#include <vector>

#include "engage/store.hpp"

namespace muster {
namespace {

struct EndConnection {
  void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
};
struct EndResult {
  void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, EndConnection>;
using Answer = std::unique_ptr<PGresult, EndResult>;

/// What the server calls its errors.
constexpr std::string_view lock_not_available = "55P03", disk_full = "53100",
                           too_many_connections = "53300", serialization_failure = "40001",
                           deadlock = "40P01";

Errc code_of(std::string_view state) noexcept {
  if (state == lock_not_available || state == too_many_connections ||
      state == serialization_failure || state == deadlock) {
    return Errc::ledger_busy;
  }
  return state == disk_full ? Errc::ledger_full : Errc::io;
}

/// SQLite's ?1 is $1 here.
std::string dollars(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c == '?') c = '$';
  }
  return out;
}

/// Tables as schema.cpp writes them, in this dialect.
std::string translated(std::string script) {
  boost::algorithm::replace_all(script, " INTEGER", " BIGINT");
  boost::algorithm::replace_all(script, " REAL", " DOUBLE PRECISION");
  boost::algorithm::erase_all(script, " WITHOUT ROWID");
  return script;
}

std::string_view without_line_end(std::string_view message) {
  while (message.ends_with('\n')) message.remove_suffix(1);
  return message;
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
    std::from_chars(its.data(), its.data() + its.size(), value);
    return value;
  }

  const PGresult* answer_;
  int row_;
};

/// Values as text, as libpq sends them.
class Parameters {
 public:
  explicit Parameters(std::span<const SqlValue> values) {
    texts_.reserve(values.size());
    for (const SqlValue& value : values) add(value);
  }
  const char* const* data() const noexcept { return pointers_.data(); }
  int size() const noexcept { return static_cast<int>(pointers_.size()); }

 private:
  void add(const SqlValue& value) {
    if (std::holds_alternative<std::monostate>(value)) return pointers_.push_back(nullptr);
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
      texts_.push_back(fmt::format("{}", *whole));
    } else if (const auto* real = std::get_if<double>(&value)) {
      texts_.push_back(fmt::format("{}", *real));
    } else {
      texts_.emplace_back(std::get<std::string_view>(value));
    }
    pointers_.push_back(texts_.back().c_str());
  }

  std::vector<std::string> texts_;
  std::vector<const char*> pointers_;
};

class PostgresStore final : public Store {
 public:
  PostgresStore(std::string_view connection, const LedgerOptions& options)
      : where_(connection), options_(options) {
    connect();
  }

  void connect() override {
    prepared_.reset();
    connection_.reset(PQconnectdb(where_.c_str()));
    if (PQstatus(connection_.get()) != CONNECTION_OK) fail(nullptr);
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    run_script(fmt::format(
        "SET synchronous_commit = {}; SET lock_timeout = {}; "
        "SET extra_float_digits = 1",
        options_.durability == Durability::full ? "on" : "off", options_.patience.count()));
  }

  // One writer at a time, whichever host it is on: so the order of entries is that of commits, and
  // whoever reads on from an entry misses none. The statements after the lock see all before it.
  void begin() override {
    run_script(
        "BEGIN ISOLATION LEVEL READ COMMITTED; "
        "SELECT pg_advisory_xact_lock(1836413556, hashtext(current_schema()))");
  }
  void commit() override { run_script("COMMIT"); }
  void rollback() noexcept override {
    if (PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return;
    PQclear(PQexec(connection_.get(), "ROLLBACK"));
  }

  using Store::run;
  void run(Sql sql, std::span<const SqlValue> values, See see, void* context) override {
    const std::string name = prepare(sql);
    const Parameters parameters(values);
    const Answer answer(PQexecPrepared(connection_.get(), name.c_str(), parameters.size(),
                                       parameters.data(), nullptr, nullptr, 0));
    check(answer.get());
    for (int row = 0; see != nullptr && row < PQntuples(answer.get()); ++row) {
      see(context, PostgresRow(answer.get(), row));
    }
  }

  void run_script(std::string_view script) override {
    check(Answer(PQexec(connection_.get(), translated(std::string(script)).c_str())).get());
  }

  bool has_table(std::string_view name) override {
    const Answer answer(
        PQexec(connection_.get(), fmt::format("SELECT to_regclass('{}')", name).c_str()));
    check(answer.get());
    return PQgetisnull(answer.get(), 0, 0) == 0;
  }
  bool is_taken() override { return false; }  // a schema may hold others' tables, too

 private:
  void check(const PGresult* answer) {
    const ExecStatusType status = PQresultStatus(answer);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(answer);
  }

  [[noreturn]] void fail(const PGresult* answer) {
    const char* state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    const bool lost = PQstatus(connection_.get()) != CONNECTION_OK;
    const char* message =
        lost || state == nullptr ? PQerrorMessage(connection_.get()) : PQresultErrorMessage(answer);
    const Errc code = lost ? Errc::ledger_gone : code_of(state == nullptr ? "" : state);
    throw StoreFailure{
        {code, fmt::format("the ledger's database: {}", without_line_end(message)), {}}, lost};
  }

  std::string prepare(Sql sql) {
    const auto number = static_cast<std::size_t>(sql);
    std::string name = fmt::format("muster_{}", number);
    if (prepared_[number]) return name;
    check(Answer(
              PQprepare(connection_.get(), name.c_str(), dollars(text_of(sql)).c_str(), 0, nullptr))
              .get());
    prepared_[number] = true;
    return name;
  }

  std::string where_;
  LedgerOptions options_;
  Connection connection_;
  std::bitset<sql_statements> prepared_;
};

}  // namespace

std::unique_ptr<Store> connect_postgres(std::string_view connection, const LedgerOptions& options) {
  return std::make_unique<PostgresStore>(connection, options);
}

}  // namespace muster
