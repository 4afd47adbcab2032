#pragma once

#include <cmath>
#include <limits>
#include <span>

#include "decide/prepared_catalogue.hpp"

namespace muster {

/// A probability, whatever a model says: NaN and what lies below 0 count as 0, above 1 as 1.
constexpr double as_probability(double value) noexcept {
  if (!(value > 0)) return 0;
  return value < 1 ? value : 1;
}

/// What products and sums of large numbers may end in: NaN counts as 0, infinities as the largest
/// number of their sign.
inline double as_finite(double value) noexcept {
  constexpr double largest = std::numeric_limits<double>::max();
  if (std::abs(value) <= largest) return value;
  if (std::isnan(value)) return 0;
  return value < 0 ? -largest : largest;
}

/// A policy's score taken apart.
struct Score {
  double propensity = 0;
  double value = 0;
  double context = 1;
  double lever = 1;
  double contact_cost = 0;
  /// propensity × value × context × lever − contact_cost
  double total() const noexcept {
    return as_finite(propensity * value * context * lever - contact_cost);
  }
};

/// The product of the weights that apply to a user.
double context_weight(std::span<const PreparedWeight> weights,
                      const ConditionBits& conditions) noexcept;

}  // namespace muster
