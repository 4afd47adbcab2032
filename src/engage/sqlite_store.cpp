#include <fmt/core.h>
#include <sqlite3.h>

#include <array>

#include "engage/sqlite_log.hpp"
#include "engage/store.hpp"

namespace muster {
namespace {

struct EndStatement {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using Prepared = std::unique_ptr<sqlite3_stmt, EndStatement>;

class SqliteRow final : public SqlRow {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  bool null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  std::int64_t whole(int column) const override {
    require(column, SQLITE_INTEGER);
    return sqlite3_column_int64(statement_, column);
  }
  double real(int column) const override {
    require(column, SQLITE_FLOAT);
    return sqlite3_column_double(statement_, column);
  }
  std::string_view text(int column) const override {
    require(column, SQLITE_TEXT);
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  // SQLite would make of a damaged value some other one.
  void require(int column, int type) const {
    if (sqlite3_column_type(statement_, column) == type) return;
    throw StoreFailure{{Errc::corrupt,
                        fmt::format("the ledger holds something else than it should for {}",
                                    sqlite3_column_name(statement_, column)),
                        {}}};
  }

  sqlite3_stmt* statement_;
};

/// A statement goes back to its beginning whatever happens.
struct Rewind {
  explicit Rewind(sqlite3_stmt* its_statement) : statement(its_statement) {}
  Rewind(const Rewind&) = delete;
  ~Rewind() { sqlite3_reset(statement); }
  sqlite3_stmt* statement;
};

int bind(sqlite3_stmt* statement, int at, const SqlValue& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    return sqlite3_bind_int64(statement, at, *whole);
  }
  if (const auto* real = std::get_if<double>(&value)) {
    return sqlite3_bind_double(statement, at, *real);
  }
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    const char* bytes = text->data() == nullptr ? "" : text->data();
    return sqlite3_bind_text(statement, at, bytes, static_cast<int>(text->size()), SQLITE_STATIC);
  }
  return sqlite3_bind_null(statement, at);
}

class SqliteStore final : public Store {
 public:
  SqliteStore(const std::filesystem::path& file, const LedgerOptions& options)
      : patience_ms_(static_cast<int>(options.patience.count())),
        log_(file),
        database_(open_database(file, options.must_exist)) {
    sqlite3_busy_handler(database_.get(), &SqliteStore::wait, this);
    // 64 MiB of cache hold the upper parts of all indexes.
    run_script(fmt::format("PRAGMA synchronous = {}; PRAGMA cache_size = -65536",
                           options.durability == Durability::full ? "FULL" : "NORMAL"));
    log_.watch(database_.get());
    if (options.max_file_bytes == 0) return;
    constexpr std::uint64_t page_bytes = 4096;
    run_script(fmt::format("PRAGMA max_page_count = {}", options.max_file_bytes / page_bytes));
  }

  void begin() override {
    check_place();
    run(begin_, "BEGIN IMMEDIATE");
  }
  void commit() override { run(commit_, "COMMIT"); }
  void rollback() noexcept override {
    if (sqlite3_get_autocommit(database_.get()) == 0) {
      sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
  }
  void connect() override {}

  // SQLite itself does not wait here: two that change the journal at once would wait for each
  // other.
  void adopt() override {
    const Prepared statement = prepare("PRAGMA journal_mode = WAL");
    int status = sqlite3_step(statement.get());
    for (int waited = 0; (status & 0xff) == SQLITE_BUSY && waited < patience_ms_;) {
      sqlite3_reset(statement.get());
      waited += sqlite3_sleep(pause_ms);
      status = sqlite3_step(statement.get());
    }
    if (status != SQLITE_ROW) fail(status);
    const std::string_view mode = SqliteRow(statement.get()).text(0);
    if (mode == "wal") return;
    throw StoreFailure{
        {Errc::io,
         fmt::format("the ledger's file: it can not be written ahead, only '{}'", mode),
         {}}};
  }

  using Store::run;
  void run(Sql sql, std::span<const SqlValue> values, See see, void* context) override {
    sqlite3_stmt* const statement =
        prepared(statements_[static_cast<std::size_t>(sql)], text_of(sql));
    const Rewind rewind(statement);
    for (std::size_t i = 0; i < values.size(); ++i) {
      check(bind(statement, static_cast<int>(i + 1), values[i]));
    }
    const SqliteRow row(statement);
    int status = sqlite3_step(statement);
    for (; status == SQLITE_ROW; status = sqlite3_step(statement)) {
      if (see != nullptr) see(context, row);
    }
    if (status != SQLITE_DONE) fail(status);
  }

  void run_script(std::string_view script) override {
    check(sqlite3_exec(database_.get(), std::string(script).c_str(), nullptr, nullptr, nullptr));
  }

  bool has_table(std::string_view name) override {
    return count("SELECT COUNT(*) FROM sqlite_schema WHERE name = '" + std::string(name) + "'") > 0;
  }
  void checkpoint() override { log_.checkpoint(); }
  bool is_taken() override { return count("SELECT COUNT(*) FROM sqlite_schema") > 0; }

 private:
  // SQLite's own way to wait comes to ask every 100 ms only: beside others who write all the time,
  // it may find the file locked each time. Here, who waits long asks more often than who just came.
  static int wait(void* store, int times) {
    constexpr int times_of_who_just_came = 100, often_ms = 1;
    const bool long_ago = times >= times_of_who_just_came;
    const int waited_ms =
        long_ago ? times_of_who_just_came * pause_ms + (times - times_of_who_just_came) * often_ms
                 : times * pause_ms;
    if (waited_ms >= static_cast<const SqliteStore*>(store)->patience_ms_) return 0;
    sqlite3_sleep(long_ago ? often_ms : pause_ms);
    return 1;
  }

  // What is written to a file without a name is lost, and others may have made a new one.
  void check_place() const {
    int moved = 0;
    sqlite3_file_control(database_.get(), nullptr, SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved == 0) return;
    throw StoreFailure{
        {Errc::io, "the ledger's file: it was moved or removed while it was open", {}}};
  }

  [[noreturn]] void fail(int status) const { fail_sqlite(database_.get(), status); }
  void check(int status) const { check_sqlite(database_.get(), status); }

  Prepared prepare(std::string_view text) const {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v3(database_.get(), text.data(), static_cast<int>(text.size()),
                             SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
    return Prepared(statement);
  }

  sqlite3_stmt* prepared(Prepared& place, std::string_view text) {
    if (!place) place = prepare(text);
    return place.get();
  }

  void run(Prepared& place, std::string_view text) {
    const Rewind rewind(prepared(place, text));
    const int status = sqlite3_step(rewind.statement);
    if (status != SQLITE_DONE) fail(status);
  }

  std::int64_t count(std::string_view query) const {
    const Prepared statement = prepare(query);
    const int status = sqlite3_step(statement.get());
    if (status != SQLITE_ROW) fail(status);
    return sqlite3_column_int64(statement.get(), 0);
  }

  static constexpr int pause_ms = 5;
  int patience_ms_;
  SqliteLog log_;      // outlives the database
  Database database_;  // outlives the statements
  std::array<Prepared, sql_statements> statements_;
  Prepared begin_, commit_;
};

}  // namespace

std::unique_ptr<Store> open_sqlite(const std::filesystem::path& file,
                                   const LedgerOptions& options) {
  return std::make_unique<SqliteStore>(file, options);
}

}  // namespace muster
