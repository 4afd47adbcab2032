#pragma once

#include "match/audience_unit.hpp"
#include "match/one_user.hpp"

namespace muster {

/// Cuts programs into units. Equal parts become one unit; shared programs that no rule reads
/// become none. O(nodes of all programs).
UnitGraph make_units(const OneUserInput& input);

/// What share_pairs may do.
struct PairLimits {
  std::size_t least_uses = 6;  ///< units that must want a pair
  std::size_t most_lines =
      1024;  ///< lines in the graph; more would crowd out the first-level cache
};

/// Gives pairs of literals that many units have in common a unit of their own, and again, until
/// none is left that enough units want. Never changes an answer.
void share_pairs(UnitGraph& graph, const PairLimits& limits);

}  // namespace muster
