#pragma once

#include <span>
#include <string>
#include <string_view>

#include "muster/evaluate/watch.hpp"

namespace muster {

inline constexpr std::size_t max_page_days = 62;  ///< the last ones are drawn; tables sum up all

/// The figures as one page of HTML: funnel, effect, monitors, capacity, with charts. It loads
/// nothing and runs nothing, so that it can be read offline and mailed; in dark mode it is dark.
/// With a catalogue, policies and channels go by their names, and capacity has its limit. The same
/// figures give the same bytes.
MUSTER_EXPORT std::string monitor_page(const LedgerFigures& figures,
                                       std::span<const WatchedState> watched,
                                       std::string_view title,
                                       const Catalogue* catalogue = nullptr);

}  // namespace muster
