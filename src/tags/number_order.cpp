#include "tags/number_order.hpp"

#include <bit>
#include <cmath>
#include <limits>

namespace muster {
namespace {

constexpr double two_to_63 = 9223372036854775808.0;
constexpr std::int64_t two_to_53 = std::int64_t{1} << 53;

/// From 2^53 on, neighbours are integers rather than doubles.
bool among_integers(std::int64_t value) { return value >= two_to_53 || value <= -two_to_53; }

}  // namespace

std::optional<std::int64_t> as_int64(Number number) noexcept {
  const double nearest = number.to_double();
  if (!(std::abs(nearest) <= two_to_63) || std::floor(nearest) != nearest) return {};
  if (nearest < two_to_63) return static_cast<std::int64_t>(nearest) + number.rest();
  if (number.rest() >= 0) return {};
  return std::numeric_limits<std::int64_t>::max() + (number.rest() + 1);
}

Number negated(Number number) noexcept {
  return Number::from_parts(-number.to_double(), static_cast<std::int16_t>(-number.rest()));
}

Number successor(Number number) noexcept {
  const auto integer = as_int64(number);
  if (integer && among_integers(*integer)) {
    if (*integer == std::numeric_limits<std::int64_t>::max()) return two_to_63;
    return *integer + 1;
  }
  return std::nextafter(number.to_double(), std::numeric_limits<double>::infinity());
}

Number predecessor(Number number) noexcept { return negated(successor(negated(number))); }

bool is_even(Number number) noexcept {
  const auto integer = as_int64(number);
  if (integer && among_integers(*integer)) return *integer % 2 == 0;
  return (std::bit_cast<std::uint64_t>(number.to_double()) & 1) == 0;
}

}  // namespace muster
