#pragma once

#include <vector>

#include "muster/evaluate/ledger_figures.hpp"

namespace muster {

/// One cell for each policy and channel, its day the last one.
std::vector<FunnelCell> sum_over_days(const std::vector<FunnelCell>& cells);
/// One cell for each day, ascending, without policy and channel.
std::vector<FunnelCell> sum_by_day(const std::vector<FunnelCell>& cells);
/// The last day of each channel.
std::vector<const CapacityFigures*> last_capacity(const LedgerFigures& figures);

}  // namespace muster
