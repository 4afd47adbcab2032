#pragma once

#include <cstdint>
#include <string_view>

#include "muster/core/export.hpp"

namespace muster {

/// What became of a policy for a user, in the order of the steps that can end it. Stable: numbers
/// and names are never reused for another meaning.
enum class Reason : std::uint8_t {
  primary = 0,    ///< offered first
  secondary = 1,  ///< offered after these

  not_in_segment = 10,  ///< the segment is not TRUE
  not_eligible = 11,
  not_applicable = 12,
  not_suitable = 13,

  not_released = 20,  ///< draft, waiting, suspended or retired
  test_only = 21,     ///< in test, and the user is not on the test list
  not_yet_valid = 22,
  no_longer_valid = 23,
  quota_used_up = 24,
  budget_used_up = 25,  ///< what is left does not pay for one acceptance more

  channel_not_permitted = 30,  ///< no channel may carry it; at the gate: not this one

  channel_closed = 40,  ///< no channel is left; that of the first one that may carry it
  do_not_contact = 41,
  quiet_hours = 42,
  contact_cap = 43,
  cool_down = 44,

  excluded = 50,   ///< a better policy of an exclusion group is offered
  outranked = 51,  ///< there are enough better ones
};

/// The steps of a decision (DESIGN: matched, live, permitted, contactable, arbitrated).
enum class Step : std::uint8_t { match, live, permit, contact, arbitrate, offered };
inline constexpr std::size_t steps = 6;

constexpr Step step_of(Reason reason) noexcept {
  const auto code = static_cast<unsigned>(reason);
  if (code < 10) return Step::offered;
  return static_cast<Step>(code / 10 - 1);
}

/// As written in this header: "not_in_segment".
MUSTER_EXPORT std::string_view name(Reason reason) noexcept;
MUSTER_EXPORT std::string_view name(Step step) noexcept;

enum class Language : std::uint8_t { english, chinese };

/// One short sentence for people, without a full stop: "the policy's quota is used up".
MUSTER_EXPORT std::string_view describe(Reason reason, Language language) noexcept;

}  // namespace muster
