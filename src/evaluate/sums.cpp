#include "evaluate/sums.hpp"

#include <map>

namespace muster {

std::vector<FunnelCell> sum_over_days(const std::vector<FunnelCell>& cells) {
  std::vector<FunnelCell> out;
  for (const FunnelCell& cell : cells) {
    if (out.empty() || out.back().policy != cell.policy || out.back().channel != cell.channel) {
      out.push_back(cell);
      continue;
    }
    out.back().day = cell.day;
    out.back().counts += cell.counts;
    out.back().hand_offs += cell.hand_offs;
  }
  return out;
}

std::vector<FunnelCell> sum_by_day(const std::vector<FunnelCell>& cells) {
  std::map<Date, FunnelCell> days;
  for (const FunnelCell& cell : cells) {
    FunnelCell& day = days[cell.day];
    day.day = cell.day;
    day.counts += cell.counts;
    day.hand_offs += cell.hand_offs;
  }
  std::vector<FunnelCell> out;
  for (auto& [day, cell] : days) out.push_back(std::move(cell));
  return out;
}

std::vector<const CapacityFigures*> last_capacity(const LedgerFigures& figures) {
  std::vector<const CapacityFigures*> out;
  for (const CapacityFigures& its : figures.capacity) {
    if (!out.empty() && out.back()->channel == its.channel) out.pop_back();
    out.push_back(&its);
  }
  return out;
}

}  // namespace muster
