#include "muster/evaluate/proportion.hpp"

#include <algorithm>
#include <cmath>

namespace muster {

double rate(Proportion proportion) noexcept {
  if (proportion.trials == 0) return 0;
  return static_cast<double>(proportion.successes) / static_cast<double>(proportion.trials);
}

RateInterval wilson(Proportion proportion, double z) noexcept {
  if (proportion.trials == 0) return {0, 1};
  const auto n = static_cast<double>(proportion.trials);
  const double p = rate(proportion), z2 = z * z;
  const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = z * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
  // At rates of 0 and 1 the end is the rate itself, but for rounding.
  const double low = proportion.successes == 0 ? 0 : std::max(0.0, middle - half);
  const double high = proportion.successes == proportion.trials ? 1 : std::min(1.0, middle + half);
  return {low, high};
}

RateInterval newcombe(Proportion a, Proportion b, double z) noexcept {
  if (a.trials == 0 || b.trials == 0) return {-1, 1};
  const double p = rate(a), q = rate(b);
  const RateInterval of_a = wilson(a, z), of_b = wilson(b, z);
  return {p - q - std::hypot(p - of_a.low, of_b.high - q),
          p - q + std::hypot(of_a.high - p, q - of_b.low)};
}

}  // namespace muster
