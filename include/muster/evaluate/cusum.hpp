#pragma once

#include <cstddef>

#include "muster/core/export.hpp"

namespace muster {

/// A two-sided tabular CUSUM of deviations from a target:
///
///     high = max(0, high + deviation − slack)      low = max(0, low − deviation − slack)
///
/// A sum past the threshold is an alarm. E. S. Page, "Continuous inspection schemes", Biometrika 41
/// (1954); D. C. Montgomery, "Introduction to Statistical Quality Control", chapter 9. Deviations,
/// slack and threshold in one unit; where it is the standard deviation, a slack of 0.5 and a
/// threshold of 5 find a shift of one in about ten steps, and warn for nothing once in about 465.
class MUSTER_EXPORT Cusum {
 public:
  Cusum(double slack, double threshold) noexcept : slack_(slack), threshold_(threshold) {}

  /// One sum. `rising` counts the steps since it was last 0: the shift began that many steps ago.
  struct Side {
    double sum = 0;
    std::size_t rising = 0;
    bool alarm = false;
  };

  void add(double deviation) noexcept;

  const Side& high() const noexcept { return high_; }
  const Side& low() const noexcept { return low_; }

 private:
  void add(Side& side, double deviation) const noexcept;

  double slack_;
  double threshold_;
  Side high_;
  Side low_;
};

}  // namespace muster
