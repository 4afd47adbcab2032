#pragma once

#include <string>

#include "cli/commands.hpp"
#include "muster/engage/ledger.hpp"

namespace muster::cli {

/// The positional LEDGER of a command: a file, or a PostgreSQL connection string.
struct LedgerInput {
  std::string where;

  void add_to(CLI::App& command);
  /// Fails as Ledger::open does, and with io where there is no ledger: looking makes none.
  Result<Ledger> open() const;
};

}  // namespace muster::cli
