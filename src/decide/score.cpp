#include "decide/score.hpp"

namespace muster {

double context_weight(std::span<const PreparedWeight> weights,
                      const ConditionBits& conditions) noexcept {
  double product = 1;
  for (const PreparedWeight& one : weights) {
    if (conditions[one.when]) product *= one.weight;
  }
  return as_finite(product);
}

}  // namespace muster
