#pragma once

#include <memory>
#include <mutex>

#include "engage/end_work_orders.hpp"
#include "engage/ledger_tables.hpp"
#include "engage/ledger_writer.hpp"
#include "engage/schema.hpp"

namespace muster {

/// One store, used by one thread at a time.
struct Ledger::Body {
  explicit Body(std::unique_ptr<Store> its_store) : store(std::move(its_store)), tables(*store) {}

  /// Runs act(writer) -> Result<void> in a transaction, under the command's key; nothing is kept
  /// where it fails. Shops need not go on with what is no longer theirs, whatever took it.
  template <class Act>
  Result<Receipt> write(const Command& command, std::uint64_t content, Act act) {
    return guarded([&]() -> Result<Receipt> {
      const Open transaction(*store);
      const LedgerHead head = tables.head(command.key);
      if (Result<void> same = check_version(head.version); !same) return same.error();
      if (head.earlier) {
        if (head.earlier->content != content) return key_reused(command.key);
        return tables.receipt_of(*head.earlier, true);
      }
      LedgerWriter writer(tables, command, content, head.last_sequence + 1);
      if (Result<void> done = act(writer); !done) return done.error();
      if (Result<void> done = end_work_orders(writer, *store); !done) return done.error();
      Receipt receipt = writer.finish();
      store->commit();
      return receipt;
    });
  }

  /// Runs read() -> Result<…>.
  template <class Read>
  auto guarded(Read read) -> decltype(read()) {
    const std::lock_guard lock(mutex);
    for (bool again = false;; again = true) {
      try {
        if (lost) {
          store->connect();
          if (Result<void> same = check_version(version_of(*store)); !same) return same.error();
          lost = false;
        }
        return read();
      } catch (const StoreFailure& failure) {
        lost = failure.lost;
        // A connection may have been lost long ago: keys make it safe to try once more.
        if (!lost || again) return told(failure);
      }
    }
  }

  static Error key_reused(std::string_view key);

  /// Rolls back unless committed.
  struct Open {
    explicit Open(Store& its_store) : store(its_store) { store.begin(); }
    Open(const Open&) = delete;
    ~Open() { store.rollback(); }
    Store& store;
  };

  std::mutex mutex;
  std::unique_ptr<Store> store;
  LedgerTables tables;
  bool lost = false;
};

}  // namespace muster
