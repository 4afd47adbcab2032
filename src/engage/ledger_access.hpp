#pragma once

#include "engage/ledger_body.hpp"

namespace muster {

/// For commands of this room that are no members of Ledger.
struct LedgerAccess {
  static auto& body(Ledger& ledger) noexcept { return *ledger.body_; }
};

}  // namespace muster
