#pragma once

#include <string>

#include "temporary_ledger.hpp"

namespace muster::testing {

/// A connection to the place of a ledger that is no ledger's own: another program's, or another
/// version's. What it is told is SQL that both stores know.
class RawStore {
 public:
  explicit RawStore(const TemporaryPlace& place);
  RawStore(const RawStore&) = delete;
  ~RawStore();

  /// Fails the test where it can not.
  void run(const std::string& script);
  /// The first cell of an answer, as text.
  std::string ask(const std::string& query);
  /// Keeps everybody else from writing, until the transaction ends.
  void begin_to_write();

 private:
  void* connection_ = nullptr;  // a sqlite3, or a PGconn
  bool postgres_ = false;
  std::string schema_;
};

}  // namespace muster::testing
