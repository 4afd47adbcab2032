#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "muster/policy/channel.hpp"

namespace muster {

/// What came of a contact.
enum class Outcome : std::uint8_t { none, accepted, declined, deferred, unreachable, expired };
inline constexpr std::size_t outcomes = 6;

/// As catalogues and histories write it: "declined".
MUSTER_EXPORT std::string_view name(Outcome outcome) noexcept;
MUSTER_EXPORT std::optional<Outcome> find_outcome(std::string_view name) noexcept;

/// A stretch of time that ends now.
struct ContactSpan {
  enum class Unit : std::uint8_t {
    rolling_days,  ///< the last `count` times 24 hours, to the second
    days,          ///< today and the count − 1 calendar days before
    weeks,         ///< this week, from Monday, and the count − 1 before
    months,        ///< this calendar month and the count − 1 before
    ever
  };
  Unit unit = Unit::rolling_days;
  std::uint32_t count = 1;  ///< 1 to max_span_count
};
inline constexpr std::uint32_t max_span_count = 10'000;
inline constexpr std::uint32_t max_cap = 1'000'000;

/// The first moment that belongs to a span. Calendar units follow the clocks of `zone`.
MUSTER_EXPORT Moment begin_of(ContactSpan span, Moment now, const TimeZone& zone) noexcept;

/// Bounds how often people are contacted: it forbids carrying a policy on a channel at a moment.
/// What any rule forbids is forbidden.
struct ContactRule {
  enum class Kind : std::uint8_t {
    cap,            ///< where `most` contacts lie within the span already
    cool_down,      ///< where a contact with `outcome` lies within the span
    quiet_hours,    ///< during `hours`, by the catalogue's clocks
    do_not_contact  ///< users of whom `when` is TRUE
  };
  /// Whose contacts count together: the user's own, or those of the whole account or household.
  enum class Scope : std::uint8_t { user, account, household };
  /// Which past contacts count against a proposed one: all, those on its channel, those of its
  /// policy, or those of policies that share an exclusion group with it.
  enum class Counts : std::uint8_t { all, channel, policy, group };

  std::string id;
  Kind kind = Kind::cap;
  std::vector<ChannelId> channels;  ///< contacts on these are forbidden and counted; empty: on all

  Scope scope = Scope::user;        ///< cap, cool_down
  Counts counts = Counts::all;      ///< cap, cool_down
  ContactSpan span;                 ///< cap, cool_down
  std::uint32_t most = 0;           ///< cap; max_cap at most
  Outcome outcome = Outcome::none;  ///< cool_down
  std::vector<Hours> hours;         ///< quiet_hours
  std::string when;                 ///< do_not_contact: a rule
};

MUSTER_EXPORT std::string_view name(ContactRule::Kind kind) noexcept;
MUSTER_EXPORT std::string_view name(ContactRule::Scope scope) noexcept;
MUSTER_EXPORT std::string_view name(ContactRule::Counts counts) noexcept;

}  // namespace muster
