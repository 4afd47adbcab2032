#pragma once

#include <cstdint>
#include <vector>

#include "match/formula_tape.hpp"
#include "muster/rules/check.hpp"

namespace muster {

/// One side of a segment, the users for whom it is TRUE or those for whom it is FALSE:
/// segment * 2 + negated.
using SegmentSide = std::uint32_t;

constexpr SegmentSide segment_side(std::uint32_t segment, bool negated) {
  return segment * 2 + (negated ? 1u : 0u);
}

/// The sides of segments that rules reach, directly or through other segments.
struct SegmentPlan {
  std::vector<SegmentSide> order;         ///< each after those it refers to
  FormulaTape formulas;                   ///< of order[i] at i
  std::vector<std::uint32_t> references;  ///< by side: from rules and from sides in `order`
};

/// REQUIRES: the segments that rules reach check.
SegmentPlan plan_segments(const Checker& checker, const FormulaTape& rules);

}  // namespace muster
