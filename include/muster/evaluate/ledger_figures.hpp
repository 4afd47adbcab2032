#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/date.hpp"
#include "muster/evaluate/proportion.hpp"

namespace muster {

/// What a task can get to. It counts once at each step, on the day it got there; a step that was
/// jumped over counts on the day of the next one, except for `dispatched`: tasks of cooperative
/// channels are not.
enum class FunnelStep : std::uint8_t {
  targeted,    ///< the task was planned
  dispatched,  ///< pushed to an active channel
  contacted,   ///< the user was met
  interested,
  accepted,
  declined,  ///< from here on other ends
  unreachable,
  expired,
  cancelled
};
inline constexpr std::size_t funnel_steps = 9;
inline constexpr std::size_t shown_funnel_steps = 5;  ///< up to and with `accepted`
MUSTER_EXPORT std::string_view name(FunnelStep step) noexcept;

/// Tasks by step.
struct FunnelCounts {
  std::array<std::uint64_t, funnel_steps> tasks{};

  std::uint64_t operator[](FunnelStep step) const noexcept {
    return tasks[static_cast<std::size_t>(step)];
  }
  std::uint64_t& operator[](FunnelStep step) noexcept {
    return tasks[static_cast<std::size_t>(step)];
  }
  MUSTER_EXPORT FunnelCounts& operator+=(const FunnelCounts& other) noexcept;
  friend bool operator==(const FunnelCounts&, const FunnelCounts&) = default;
};

/// Of contacted tasks, those accepted.
MUSTER_EXPORT Proportion success(const FunnelCounts& counts) noexcept;

/// Hand-offs to shops. One is late where a deadline passed before anything was done about it.
struct HandOffCounts {
  std::uint64_t begun = 0;
  std::uint64_t ended = 0;         ///< with a result, without one, or called off
  std::uint64_t late = 0;          ///< of those that ended
  std::uint64_t late_seconds = 0;  ///< past the first deadline missed, of all of these

  MUSTER_EXPORT HandOffCounts& operator+=(const HandOffCounts& other) noexcept;
  friend bool operator==(const HandOffCounts&, const HandOffCounts&) = default;
};

struct FunnelCell {
  std::string policy;
  std::string channel;
  Date day;
  FunnelCounts counts;
  HandOffCounts hand_offs;  ///< from this channel
  friend bool operator==(const FunnelCell&, const FunnelCell&) = default;
};

/// Users a policy was meant for. A user counts in the group where they were first: treated when a
/// task of the policy was planned, held out when a decision that offered it found them in the
/// holdout. They succeed when they accept the policy after that, on any channel, with a task or
/// without: what is compared is who was to be treated, not who was reached.
struct PolicyFigures {
  std::string policy;        ///< empty: of all policies together, by user
  Proportion participation;  ///< of the users treated, those met at least once about the policy
  Uplift uplift;
  friend bool operator==(const PolicyFigures&, const PolicyFigures&) = default;
};

/// Contacts of an active channel's day that are taken: see Ledger::capacity_used.
struct CapacityFigures {
  std::string channel;
  Date day;
  std::uint64_t used = 0;
  friend bool operator==(const CapacityFigures&, const CapacityFigures&) = default;
};

/// What a ledger's entries add up to.
struct LedgerFigures {
  std::uint64_t sequence = 0;             ///< the last entry taken in
  std::vector<FunnelCell> funnel;         ///< by policy, channel, day
  std::vector<PolicyFigures> policies;    ///< by policy; all together first
  std::vector<CapacityFigures> capacity;  ///< by channel, day
  friend bool operator==(const LedgerFigures&, const LedgerFigures&) = default;
};

}  // namespace muster
