#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "muster/core/export.hpp"

namespace muster {

/// A point of time, without a clock: seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
struct Moment {
  std::int64_t seconds = 0;
  friend auto operator<=>(const Moment&, const Moment&) = default;
};

/// Reads "2026-03-01T09:30:00+08:00" or "…Z" (RFC 3339 without fractions, years 0001 to 9999);
/// nothing if it is not such a moment.
MUSTER_EXPORT std::optional<Moment> parse_moment(std::string_view text) noexcept;

/// "2026-03-01T01:30:00Z"; for moments outside years 1 to 9999, "second 999999999999 from 1970".
MUSTER_EXPORT std::string to_string(Moment moment);

}  // namespace muster
