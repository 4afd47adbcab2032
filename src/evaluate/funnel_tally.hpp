#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "muster/engage/event.hpp"
#include "muster/evaluate/ledger_figures.hpp"

namespace muster {

/// How far tasks and hand-offs got, by policy, channel and day.
class FunnelTally {
 public:
  /// An entry, and the day of its moment.
  void take(const Event& event, Date day);

  std::vector<FunnelCell> funnel() const;
  std::vector<CapacityFigures> capacity() const;

 private:
  struct Tracked {
    std::uint32_t reached = 0;  // steps, bit by bit
    bool reserves = false;      // a contact of `day`
    Date day;
  };
  struct Order {
    Moment due;
    std::uint64_t late_by = 0;
    bool late = false;
  };

  FunnelCell& cell(const Event& event, Date day);
  void take_task(const Event& event, Date day);
  void take_hand_off(const Event& event, Date day);
  void reserve(const Event& event, Date day, Tracked& task);

  boost::unordered_flat_map<TaskId, Tracked> tasks_;        // open ones
  boost::unordered_flat_map<std::uint64_t, Order> orders_;  // likewise
  std::map<std::pair<std::string, std::string>, std::map<Date, FunnelCell>> cells_;
  std::map<std::string, std::map<Date, std::uint64_t>> capacity_;
};

/// Whether the user was met in an entry.
bool is_met(const Event& event) noexcept;

}  // namespace muster
