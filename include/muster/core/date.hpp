#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "muster/core/export.hpp"

namespace muster {

/// A calendar day of the proleptic Gregorian calendar, 0001-01-01 to 9999-12-31.
struct Date {
  std::int32_t days = 0;  ///< since 1970-01-01
  friend auto operator<=>(const Date&, const Date&) = default;
};

inline constexpr Date first_date{-719'162};  ///< 0001-01-01
inline constexpr Date last_date{2'932'896};  ///< 9999-12-31

/// Reads "YYYY-MM-DD"; nothing if it is not a day of the calendar.
MUSTER_EXPORT std::optional<Date> parse_date(std::string_view text) noexcept;

/// "YYYY-MM-DD"; for days outside the calendar, "day 3000000 from 1970-01-01".
MUSTER_EXPORT std::string to_string(Date date);

}  // namespace muster
