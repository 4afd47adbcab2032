#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "muster/core/error.hpp"

namespace muster {

/// Where a policy stands in its life (TM Forum TMF671, states of a promotion).
enum class PolicyState : std::uint8_t {
  draft,      ///< being written
  test,       ///< offered to the catalogue's test users only
  waiting,    ///< for approval
  released,   ///< offered
  suspended,  ///< stopped for now
  retired     ///< stopped for good
};
inline constexpr std::size_t policy_states = 6;

/// As catalogues write it: "released".
MUSTER_EXPORT std::string_view name(PolicyState state) noexcept;
MUSTER_EXPORT std::optional<PolicyState> find_policy_state(std::string_view name) noexcept;

/// Whether a policy may go from one state straight to another: draft → test → waiting → released
/// → retired, back to draft from test and waiting, between released and suspended, and from
/// anywhere to retired. Staying is no transition: false.
MUSTER_EXPORT bool may_follow(PolicyState from, PolicyState to) noexcept;

/// Fails with illegal_transition unless may_follow(from, to): "policy 'P1' can not go from draft to
/// released; from draft it can go to test or retired".
MUSTER_EXPORT Result<void> check_transition(std::string_view policy, PolicyState from,
                                            PolicyState to);

}  // namespace muster
