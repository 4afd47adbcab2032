#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "muster/policy/channel.hpp"

namespace muster {

/// What came of a contact.
enum class Outcome : std::uint8_t { none, accepted, declined, deferred, unreachable, expired };
MUSTER_EXPORT std::string_view name(Outcome outcome) noexcept;
MUSTER_EXPORT std::optional<Outcome> find_outcome(std::string_view name) noexcept;

/// Bounds how often people are contacted. A rule forbids (policy, channel) pairs at a moment; what
/// any rule forbids is forbidden.
struct ContactRule {
  enum class Kind : std::uint8_t {
    cap,         ///< no more than `most` contacts within the span
    cool_down,   ///< none for `span.count` days after `outcome`
    quiet_hours  ///< none during `hours`
  };
  /// Whose contacts count together.
  enum class Scope : std::uint8_t { user, account, household };
  /// Which past contacts count against a proposed one: all, those on its channel, of its policy,
  /// or of a policy that shares an exclusion group with it.
  enum class Counts : std::uint8_t { all, channel, policy, group };
  struct Span {
    enum class Unit : std::uint8_t {
      rolling_days,  ///< the last `count` times 24 hours
      days,          ///< today and the count − 1 calendar days before
      weeks,         ///< this week (from Monday) and the count − 1 before
      months,
      ever
    };
    Unit unit = Unit::rolling_days;
    std::uint32_t count = 1;
  };

  std::string id;
  Kind kind = Kind::cap;
  Scope scope = Scope::user;
  Counts counts = Counts::all;
  Span span;
  std::uint32_t most = 0;            ///< cap
  Outcome outcome = Outcome::none;   ///< cool_down
  std::vector<Hours> hours;          ///< quiet_hours
  std::vector<ChannelId> channels;   ///< it speaks of contacts on these; empty: on all
};

/// The first moment that counts for a span that ends at `now`.
MUSTER_EXPORT Moment begin_of(const ContactRule::Span& span, Moment now,
                              const TimeZone& zone) noexcept;

}  // namespace muster
