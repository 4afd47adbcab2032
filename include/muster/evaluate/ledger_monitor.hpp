#pragma once

#include <memory>

#include "muster/core/time_zone.hpp"
#include "muster/engage/ledger.hpp"
#include "muster/evaluate/ledger_figures.hpp"

namespace muster {

/// Adds up a ledger's entries as they come, in one pass. Holds every user and policy that met
/// (some 20 bytes each, and the users' keys), and every open task. Not thread-safe.
class MUSTER_EXPORT LedgerMonitor {
 public:
  /// Days are those of the zone: the catalogue's.
  explicit LedgerMonitor(TimeZone zone);
  LedgerMonitor(LedgerMonitor&&) noexcept;
  LedgerMonitor& operator=(LedgerMonitor&&) noexcept;
  ~LedgerMonitor();

  /// Takes in what was written since, by whomever. O(new entries); the first time, of all. Fails as
  /// Ledger::events does; what was read until then is kept.
  Result<void> update(Ledger& ledger);

  /// O(size of the figures × log of it).
  LedgerFigures figures() const;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace muster
