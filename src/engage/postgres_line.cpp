#include "engage/postgres_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace muster {
namespace {

/// Sent at the latest when so many wait: their answers have to lie somewhere, too.
constexpr std::size_t most_waiting = 500;

/// What the server calls its errors.
constexpr std::string_view lock_not_available = "55P03", disk_full = "53100",
                           serialization_failure = "40001", deadlock = "40P01";

Errc code_of_state(std::string_view state) noexcept {
  if (state == lock_not_available || state == serialization_failure || state == deadlock) {
    return Errc::ledger_busy;
  }
  return state == disk_full ? Errc::ledger_full : Errc::io;
}

/// SQLite's ?1 is $1 here.
std::string dollars(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '?', '$');
  return out;
}

std::string_view without_line_end(std::string_view message) {
  while (message.ends_with('\n')) message.remove_suffix(1);
  return message;
}

bool is_good(const PGresult* answer) noexcept {
  const ExecStatusType status = PQresultStatus(answer);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

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

}  // namespace

PostgresLine::PostgresLine(const std::string& where) : connection_(PQconnectdb(where.c_str())) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) fail(nullptr);
  // Whatever PGCLIENTENCODING says: texts of a ledger are UTF-8.
  if (PQsetClientEncoding(connection_.get(), "UTF8") != 0) fail(nullptr);
  PQsetNoticeProcessor(
      connection_.get(), [](void*, const char*) {}, nullptr);
}

void PostgresLine::queue(std::size_t number, std::string_view text,
                         std::span<const SqlValue> values) {
  if (waiting_.size() >= most_waiting) answer();
  if (PQpipelineStatus(connection_.get()) == PQ_PIPELINE_OFF) {
    sent(PQenterPipelineMode(connection_.get()));
  }
  const std::string name = fmt::format("muster_{}", number);
  if (!prepared_[number]) prepare(number, name, text);
  const Parameters parameters(values);
  sent(PQsendQueryPrepared(connection_.get(), name.c_str(), parameters.size(), parameters.data(),
                           nullptr, nullptr, 0));
  waiting_.push_back(statements);
}

void PostgresLine::prepare(std::size_t number, const std::string& name, std::string_view text) {
  sent(PQsendPrepare(connection_.get(), name.c_str(), dollars(text).c_str(), 0, nullptr));
  waiting_.push_back(number);
  prepared_[number] = true;
}

PostgresAnswer PostgresLine::answer() {
  if (waiting_.empty()) return {};
  sent(PQpipelineSync(connection_.get()));
  PostgresAnswer last, failed;
  bool good = true;
  for (const std::size_t number : waiting_) {
    PostgresAnswer its = next();
    if (is_good(its.get())) {
      last = std::move(its);
      continue;
    }
    if (number < statements) prepared_[number] = false;
    if (std::exchange(good, false)) failed = std::move(its);
  }
  waiting_.clear();
  if (PQstatus(connection_.get()) == CONNECTION_OK) {
    PostgresAnswer(PQgetResult(connection_.get()));  // of the end of what waited
    PQexitPipelineMode(connection_.get());
  }
  if (!good) fail(failed.get());
  return last;
}

// An answer, and the nothing that ends it.
PostgresAnswer PostgresLine::next() {
  PostgresAnswer its(PQgetResult(connection_.get()));
  if (its) PostgresAnswer(PQgetResult(connection_.get()));
  return its;
}

PostgresAnswer PostgresLine::run(const std::string& script) {
  answer();
  PostgresAnswer its(PQexec(connection_.get(), script.c_str()));
  if (!is_good(its.get())) fail(its.get());
  return its;
}

void PostgresLine::rollback() noexcept {
  try {
    answer();
  } catch (const StoreFailure&) {  // is undone with the rest
  }
  if (PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return;
  PQclear(PQexec(connection_.get(), "ROLLBACK"));
}

void PostgresLine::sent(int status) {
  if (status != 1) fail(nullptr);
}

void PostgresLine::fail(const PGresult* answer) {
  const char* state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
  const bool lost = PQstatus(connection_.get()) != CONNECTION_OK;
  const char* message =
      lost || state == nullptr ? PQerrorMessage(connection_.get()) : PQresultErrorMessage(answer);
  const Errc code = lost ? Errc::ledger_gone : code_of_state(state == nullptr ? "" : state);
  throw StoreFailure{
      {code, fmt::format("the ledger's database: {}", without_line_end(message)), {}}, lost};
}

}  // namespace muster
