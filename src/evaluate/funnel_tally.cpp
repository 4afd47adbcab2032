#include "evaluate/funnel_tally.hpp"

#include "engage/hand_off_text.hpp"

namespace muster {
namespace {

template <class... Steps>
constexpr std::uint32_t bits(Steps... steps) {
  return ((1u << static_cast<unsigned>(steps)) | ...);
}

using Stage = FunnelStep;
constexpr std::array<std::uint32_t, task_states> steps_of_state{
    bits(Stage::targeted),                                       // planned
    bits(Stage::dispatched),                                     // dispatched
    bits(Stage::contacted),                                      // contacted
    bits(Stage::contacted, Stage::interested),                   // interested
    bits(Stage::contacted),                                      // handed off
    bits(Stage::contacted, Stage::interested, Stage::accepted),  // accepted
    bits(Stage::contacted, Stage::declined),                     // declined
    bits(Stage::unreachable),                                    // unreachable
    bits(Stage::expired),                                        // expired
    bits(Stage::cancelled)};                                     // cancelled

/// A task that is put off is planned again, and was contacted.
std::uint32_t steps_of(const Event& event) {
  const std::uint32_t reached = steps_of_state[static_cast<std::size_t>(*event.state)];
  return is_met(event) ? reached | bits(Stage::contacted) : reached;
}

}  // namespace

bool is_met(const Event& event) noexcept {
  const bool told = event.kind == EventKind::contact || event.kind == EventKind::answer;
  return told && event.outcome != Outcome::unreachable && event.outcome != Outcome::expired;
}

void FunnelTally::take(const Event& event, Date day) {
  if (event.state) take_task(event, day);
  if (event.kind == EventKind::hand_off) take_hand_off(event, day);
}

FunnelCell& FunnelTally::cell(const Event& event, Date day) {
  return cells_[{event.policy, event.channel}][day];
}

void FunnelTally::take_task(const Event& event, Date day) {
  Tracked& task = tasks_[event.task];
  const std::uint32_t reached = steps_of(event), fresh = reached & ~task.reached;
  task.reached |= reached;
  if (fresh != 0) {
    FunnelCounts& counts = cell(event, day).counts;
    for (std::size_t i = 0; i < funnel_steps; ++i) counts.tasks[i] += fresh >> i & 1;
  }
  reserve(event, day, task);
  if (!is_open(*event.state)) tasks_.erase(event.task);
}

// As the ledger's own bookkeeping: a contact confirms what a dispatch reserved.
void FunnelTally::reserve(const Event& event, Date day, Tracked& task) {
  if (event.state == TaskState::dispatched) {
    ++capacity_[event.channel][day];
    task.reserves = true;
    task.day = day;
  } else if (task.reserves) {
    if (event.kind != EventKind::contact) --capacity_[event.channel][task.day];
    task.reserves = false;
  }
}

void FunnelTally::take_hand_off(const Event& event, Date day) {
  const auto hand_off = read_hand_off(event.text);
  if (!hand_off) return;  // another's, who writes as it likes
  const WorkOrder& order = hand_off->order;
  if (order.id == event.sequence) {
    ++cell(event, day).hand_offs.begun;
    orders_[order.id].due = order.due;
    return;
  }
  const auto found = orders_.find(order.id);
  if (found == orders_.end()) return;
  Order& its = found->second;
  if (!its.late && its.due <= event.at) {
    its.late = true;
    // Exact for any two moments: as much as there is between the first and the last of all.
    its.late_by =
        static_cast<std::uint64_t>(event.at.seconds) - static_cast<std::uint64_t>(its.due.seconds);
  }
  its.due = order.due;
  if (is_open(order.state)) return;
  cell(event, day).hand_offs += {0, 1, its.late ? 1u : 0u, its.late_by};
  orders_.erase(found);
}

std::vector<FunnelCell> FunnelTally::funnel() const {
  std::vector<FunnelCell> out;
  for (const auto& [names, days] : cells_) {
    for (const auto& [day, counted] : days) {
      out.push_back({names.first, names.second, day, counted.counts, counted.hand_offs});
    }
  }
  return out;
}

std::vector<CapacityFigures> FunnelTally::capacity() const {
  std::vector<CapacityFigures> out;
  for (const auto& [channel, days] : capacity_) {
    for (const auto& [day, used] : days) out.push_back({channel, day, used});
  }
  return out;
}

}  // namespace muster
