#include "muster/evaluate/cusum.hpp"

namespace muster {

void Cusum::add(double deviation) noexcept {
  add(high_, deviation);
  add(low_, -deviation);
}

void Cusum::add(Side& side, double deviation) const noexcept {
  const double sum = side.sum + deviation - slack_;
  if (sum > 0) {
    side = {sum, side.rising + 1, sum > threshold_};
  } else {
    side = {};
  }
}

}  // namespace muster
