#pragma once

#include <cstdint>
#include <vector>

#include "match/audience_kernel.hpp"

namespace muster {

/// What a kernel is told about a value: operands of each kind after one another, each kind
/// ascending. Repeating an operand does not change it.
struct PlacedValue {
  std::uint32_t level;  ///< values of a level may be computed in any order
  LineShape shape;
  std::vector<std::uint32_t> operands;
  std::uint32_t target;
};

/// Gives values that would be left over when kernels take values_together of one shape an operand
/// twice, which makes them values of a larger shape, where that costs fewer operands than computing
/// values twice. REQUIRES: all of one level. O(values + shapes²).
void even_out(std::vector<PlacedValue>& values);

}  // namespace muster
