#pragma once

#include <libpq-fe.h>

#include <bitset>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engage/store.hpp"

namespace muster {

struct EndPostgresAnswer {
  void operator()(PGresult* answer) const noexcept { PQclear(answer); }
};
using PostgresAnswer = std::unique_ptr<PGresult, EndPostgresAnswer>;

/// A connection to a server on which statements wait until an answer is wanted: a round trip costs
/// more than most of them. Everything that may fail throws StoreFailure, of a statement that waited
/// too, when it is sent; those after it were not run then.
class PostgresLine {
 public:
  static constexpr std::size_t statements = 64;

  explicit PostgresLine(const std::string& where);

  /// Prepared under its number, which is below `statements`, when it comes first.
  void queue(std::size_t number, std::string_view text, std::span<const SqlValue> values);
  /// Sends what waits; the answer of the last of it, or nothing where nothing waits.
  PostgresAnswer answer();
  /// Sends what waits, and then statements without values.
  PostgresAnswer run(const std::string& script);
  /// Leaves the transaction, if there is one, whatever became of it.
  void rollback() noexcept;

 private:
  struct End {
    void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
  };

  void prepare(std::size_t number, const std::string& name, std::string_view text);
  PostgresAnswer next();
  void sent(int status);
  [[noreturn]] void fail(const PGresult* answer);

  std::unique_ptr<PGconn, End> connection_;
  std::bitset<statements> prepared_;
  /// Of what waits: a statement's number where it is prepared, `statements` where it is run.
  std::vector<std::size_t> waiting_;
};

}  // namespace muster
