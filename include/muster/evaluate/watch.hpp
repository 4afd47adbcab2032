#pragma once

#include <optional>
#include <string>
#include <vector>

#include "muster/evaluate/cusum.hpp"
#include "muster/evaluate/ledger_figures.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster {

/// A day of a monitor that had enough cases to be judged.
struct WatchedDay {
  Date day;
  Proportion seen;
  double high = 0;  ///< sums after that day, in standard deviations
  double low = 0;
  friend bool operator==(const WatchedDay&, const WatchedDay&) = default;
};

/// A rate that has left its band.
struct RateAlarm {
  bool too_high = false;  ///< else too low
  Date day;               ///< on which the sum passed the threshold
  Date since;  ///< on which it began to rise: when the rate changed, as far as one can say
  friend bool operator==(const RateAlarm&, const RateAlarm&) = default;
};

/// Where a monitor of the catalogue stands.
struct WatchedState {
  RateMonitor monitor;
  std::vector<WatchedDay> days;
  std::optional<RateAlarm> alarm;  ///< of the last day judged; the later one where there are two
};

/// Judges each monitor of a catalogue by all days of the figures, in its order. The last day may
/// not be over yet: its rate counts as far as it is known. O(monitors × cells).
MUSTER_EXPORT std::vector<WatchedState> watch(const LedgerFigures& figures,
                                              const Catalogue& catalogue);

/// "too low since 2026-03-31, seen on 2026-04-02"; "within its band"; "not enough cases yet".
MUSTER_EXPORT std::string alarm_text(const WatchedState& state);

}  // namespace muster
