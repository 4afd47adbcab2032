#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "match/audience_kernel.hpp"
#include "match/audience_units.hpp"

namespace muster {

/// All rules as straight-line work over the lines of one run of users, in the order in which it
/// is to be done. Immutable.
struct AudiencePlan {
  bool in_place = false;                ///< lines are a tile's columns, for there are no units
  std::vector<LineColumn> columns;      ///< that are read, in the order of memory
  std::vector<LineGroup> units;         ///< targets are lines
  std::vector<LineGroup> rules;         ///< targets are rule ids
  std::vector<std::uint32_t> operands;  ///< what the groups point into
  std::vector<std::uint16_t> short_operands;  ///< the same, where 16 bits hold them; or empty
  std::vector<std::uint32_t> targets;         ///< of units, then of rules
  std::size_t lines = 0;
  std::size_t rule_count = 0;

  /// Rules as they are computed, some twice.
  std::span<const std::uint32_t> rule_targets() const {
    return {rules.empty() ? targets.data() : rules.front().targets,
            targets.data() + targets.size()};
  }
};

/// O(literals of all rules).
AudiencePlan make_audience_plan(const OneUserInput& input);

}  // namespace muster
