#include "muster/evaluate/watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace muster {
namespace {

/// Whether a list of positions names an id; an empty one names all.
template <class Positions, class Entries>
bool names(const Positions& positions, const Entries& entries, std::string_view id) {
  return positions.empty() || std::any_of(positions.begin(), positions.end(), [&](auto position) {
           return entries[position].id == id;
         });
}

Proportion seen_in(const FunnelCell& cell, WatchedRate rate) {
  if (rate == WatchedRate::lateness) return {cell.hand_offs.late, cell.hand_offs.ended};
  const FunnelCounts& counts = cell.counts;
  const std::uint64_t accepted = counts[FunnelStep::accepted],
                      declined = counts[FunnelStep::declined],
                      unreachable = counts[FunnelStep::unreachable];
  const std::uint64_t ended = accepted + declined + unreachable + counts[FunnelStep::expired];
  if (rate == WatchedRate::success) return {accepted, ended};
  return {rate == WatchedRate::refusal ? declined : unreachable, ended};
}

std::map<Date, Proportion> seen_by_day(const LedgerFigures& figures, const Catalogue& catalogue,
                                       const RateMonitor& monitor) {
  std::map<Date, Proportion> days;
  for (const FunnelCell& cell : figures.funnel) {
    if (!names(monitor.policies, catalogue.policies(), cell.policy)) continue;
    if (!names(monitor.channels, catalogue.channels(), cell.channel)) continue;
    const Proportion seen = seen_in(cell, monitor.rate);
    days[cell.day].successes += seen.successes;
    days[cell.day].trials += seen.trials;
  }
  return days;
}

/// In standard deviations of such a day on target.
double deviation(Proportion seen, double target) {
  const double spread = std::sqrt(target * (1 - target) / static_cast<double>(seen.trials));
  return (rate(seen) - target) / spread;
}

/// Follows one side of the sums.
class AlarmSide {
 public:
  explicit AlarmSide(bool too_high) : too_high_(too_high) {}

  void follow(const Cusum::Side& side, Date day) {
    if (side.rising == 1) since_ = day;
    if (!side.alarm) return alarm_.reset();
    if (!alarm_) alarm_ = RateAlarm{too_high_, day, since_};
  }
  const std::optional<RateAlarm>& alarm() const noexcept { return alarm_; }

 private:
  bool too_high_;
  Date since_;
  std::optional<RateAlarm> alarm_;
};

WatchedState judge(const RateMonitor& monitor, const std::map<Date, Proportion>& days) {
  WatchedState state{monitor, {}, {}};
  Cusum cusum(monitor.slack, monitor.threshold);
  AlarmSide high(true), low(false);
  for (const auto& [day, seen] : days) {
    if (seen.trials < monitor.least) continue;
    cusum.add(deviation(seen, monitor.target));
    high.follow(cusum.high(), day);
    low.follow(cusum.low(), day);
    state.days.push_back({day, seen, cusum.high().sum, cusum.low().sum});
  }
  const bool low_is_later = low.alarm() && (!high.alarm() || high.alarm()->day < low.alarm()->day);
  state.alarm = low_is_later ? low.alarm() : high.alarm();
  return state;
}

}  // namespace

std::string alarm_text(const WatchedState& state) {
  if (state.days.empty()) return "not enough cases yet";
  if (!state.alarm) return "within its band";
  return fmt::format("too {} since {}, seen on {}", state.alarm->too_high ? "high" : "low",
                     to_string(state.alarm->since), to_string(state.alarm->day));
}

std::vector<WatchedState> watch(const LedgerFigures& figures, const Catalogue& catalogue) {
  std::vector<WatchedState> out;
  for (const RateMonitor& monitor : catalogue.monitors()) {
    out.push_back(judge(monitor, seen_by_day(figures, catalogue, monitor)));
  }
  return out;
}

}  // namespace muster
