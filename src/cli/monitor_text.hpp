#pragma once

#include <span>
#include <string>

#include "muster/evaluate/watch.hpp"

namespace muster::cli {

/// What a ledger adds up to, for a terminal. Policies and channels go by id.
std::string to_text(const LedgerFigures& figures, std::span<const WatchedState> watched,
                    const Catalogue* catalogue);

}  // namespace muster::cli
