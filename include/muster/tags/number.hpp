#pragma once

#include <cmath>
#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>

namespace muster {

/// A number tag's value: any double but NaN, or any 64-bit signed integer, exactly. Integers
/// and doubles compare by the numbers they stand for, as in SQLite: 9007199254740993 is more
/// than 9007199254740992.0.
class Number {
 public:
  constexpr Number() = default;

  /// REQUIRES: value is not NaN (a missing number is NULL, not NaN).
  constexpr Number(double value) : nearest_(value == 0 ? 0.0 : value) {}  // NOLINT: implicit

  template <std::signed_integral Integer>
  constexpr Number(Integer value)  // NOLINT: implicit
      : nearest_(static_cast<double>(value)), rest_(rest_of(value, nearest_)) {}

  constexpr double to_double() const { return nearest_; }
  /// True where a double could not hold the number.
  constexpr bool beyond_double() const { return rest_ != 0; }
  /// What `to_double()` misses: the number is exactly `to_double() + rest()`.
  constexpr std::int16_t rest() const { return rest_; }
  /// REQUIRES: rest is what rest() gave for a Number of that to_double().
  static constexpr Number from_parts(double nearest, std::int16_t rest) {
    Number number(nearest);
    number.rest_ = rest;
    return number;
  }

  friend constexpr bool operator==(const Number&, const Number&) = default;
  friend constexpr std::strong_ordering operator<=>(const Number& a, const Number& b) {
    if (a.nearest_ < b.nearest_) return std::strong_ordering::less;
    if (a.nearest_ > b.nearest_) return std::strong_ordering::greater;
    return a.rest_ <=> b.rest_;
  }

 private:
  static constexpr std::int16_t rest_of(std::int64_t value, double nearest) {
    // 2^63, which the largest integers round up to, is no 64-bit integer itself.
    if (nearest >= 0x1p63) {
      return static_cast<std::int16_t>(value - std::numeric_limits<std::int64_t>::max() - 1);
    }
    return static_cast<std::int16_t>(value - static_cast<std::int64_t>(nearest));
  }

  double nearest_ = 0;
  std::int16_t rest_ = 0;
};

}  // namespace muster
