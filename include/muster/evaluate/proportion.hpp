#pragma once

#include <cstdint>
#include <optional>

#include "muster/core/export.hpp"

namespace muster {

/// So many of so many. REQUIRES, wherever one is taken: successes <= trials.
struct Proportion {
  std::uint64_t successes = 0;
  std::uint64_t trials = 0;
  friend bool operator==(const Proportion&, const Proportion&) = default;
};

/// Both ends included.
struct RateInterval {
  double low = 0;
  double high = 0;
};

/// Standard deviations that hold 95 % of a normal distribution.
inline constexpr double z_95 = 1.959963984540054;

/// 0 of none is 0.
MUSTER_EXPORT double rate(Proportion proportion) noexcept;

/// Wilson's score interval for a rate: E. B. Wilson, "Probable inference, the law of succession,
/// and statistical inference", J. Am. Stat. Assoc. 22 (1927). Sound for few trials and for rates of
/// 0 and 1, unlike the interval of the textbooks. Of no trials: 0 to 1.
MUSTER_EXPORT RateInterval wilson(Proportion proportion, double z = z_95) noexcept;

/// Newcombe's hybrid score interval for rate(a) − rate(b), his method 10, made of both Wilson
/// intervals: R. G. Newcombe, "Interval estimation for the difference between independent
/// proportions", Statistics in Medicine 17 (1998). Of no trials in either: −1 to 1.
MUSTER_EXPORT RateInterval newcombe(Proportion a, Proportion b, double z = z_95) noexcept;

/// What treatment adds to a success rate, against the users held out.
struct Uplift {
  Proportion treated;
  Proportion held_out;
  friend bool operator==(const Uplift&, const Uplift&) = default;

  double difference() const noexcept { return rate(treated) - rate(held_out); }
  RateInterval interval() const noexcept { return newcombe(treated, held_out); }
  /// The difference as a part of the holdout's rate; nothing where that is 0.
  std::optional<double> relative() const noexcept {
    if (held_out.successes == 0) return std::nullopt;
    return difference() / rate(held_out);
  }
};

}  // namespace muster
