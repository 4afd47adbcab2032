#include "muster/evaluate/ledger_figures.hpp"

namespace muster {
namespace {

constexpr std::array<std::string_view, funnel_steps> step_names{
    "targeted", "dispatched",  "contacted", "interested", "accepted",
    "declined", "unreachable", "expired",   "cancelled"};

}  // namespace

std::string_view name(FunnelStep step) noexcept {
  return step_names[static_cast<std::size_t>(step)];
}

FunnelCounts& FunnelCounts::operator+=(const FunnelCounts& other) noexcept {
  for (std::size_t i = 0; i < funnel_steps; ++i) tasks[i] += other.tasks[i];
  return *this;
}

HandOffCounts& HandOffCounts::operator+=(const HandOffCounts& other) noexcept {
  begun += other.begun;
  ended += other.ended;
  late += other.late;
  late_seconds += other.late_seconds;
  return *this;
}

Proportion success(const FunnelCounts& counts) noexcept {
  return {counts[FunnelStep::accepted], counts[FunnelStep::contacted]};
}

}  // namespace muster
