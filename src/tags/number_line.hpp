#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "muster/tags/predicate.hpp"

namespace muster {

/// All places where predicates cut one number or date, ascending. A value's rank is how many cuts
/// lie at or below it: predicates can not tell values of one rank apart.
class NumberLine {
 public:
  NumberLine() = default;
  /// `cuts` in any order, repeated or not.
  static NumberLine of_numbers(std::vector<Cut> cuts);
  static NumberLine of_days(std::vector<Cut> cuts);

  std::size_t size() const noexcept { return cuts_.size(); }
  std::span<const Cut> cuts() const noexcept { return cuts_; }
  /// Position of a cut. REQUIRES: it is one of cuts().
  std::size_t find(const Cut& cut) const noexcept;

  std::size_t rank(const Number& number) const noexcept {
    return number.beyond_double() ? exact_rank(number) : rank_of_key(key(number.to_double()));
  }
  std::size_t rank(double number) const noexcept { return rank_of_key(key(number)); }
  std::size_t rank_of_days(std::int64_t days) const noexcept { return rank_of_key(days); }

  /// First number of days at or past each cut.
  std::span<const std::int64_t> day_thresholds() const noexcept { return keys_; }
  /// Integers of 16 bits are past the cut where they are more than this one, but for the lowest,
  /// which is never told to be past a cut.
  static std::int16_t last_below_16(const Cut& cut) noexcept;
  /// Doubles are past the cut where they are more than its nearest double, or equal to it and the
  /// cut is not strict.
  static bool is_strict(const Cut& cut) noexcept {
    return cut.after ? cut.at.rest() >= 0 : cut.at.rest() > 0;
  }

 private:
  static std::int64_t key(double number) noexcept;
  std::size_t rank_of_key(std::int64_t key) const noexcept;
  std::size_t exact_rank(const Number& number) const noexcept;

  std::vector<Cut> cuts_;
  std::vector<std::int64_t> keys_;  // first key at or past each cut
};

/// Doubles' bits in an order that integers share, whatever the host made of denormals.
inline std::int64_t NumberLine::key(double number) noexcept {
  const auto bits = std::bit_cast<std::int64_t>(number);
  return bits ^ ((bits >> 63) & INT64_MAX);
}

inline std::size_t NumberLine::rank_of_key(std::int64_t key) const noexcept {
  // Arithmetic in place of branches, which nobody could predict.
  const std::int64_t* first = keys_.data();
  std::size_t left = keys_.size();
  while (left > 1) {
    const std::size_t half = left / 2;
    first += half * static_cast<std::size_t>(first[half - 1] <= key);
    left -= half;
  }
  if (left == 1) first += *first <= key ? 1 : 0;
  return static_cast<std::size_t>(first - keys_.data());
}

}  // namespace muster
