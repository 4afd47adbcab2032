#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "match/audience_kernel.hpp"
#include "match/audience_units.hpp"

namespace muster {

/// All rules as straight-line work over the lines of one run of users, in the order in which it
/// is to be done. Immutable.
struct AudiencePlan {
  std::vector<LineColumn> columns;            ///< in the order of memory; line 0 is valid_line
  std::vector<LineGroup> units;               ///< targets are lines
  std::vector<LineGroup> rules;               ///< targets are rule ids
  std::vector<std::uint32_t> operands;        ///< what the groups point into
  std::vector<std::uint16_t> short_operands;  ///< the same, where 16 bits hold them; or empty
  std::vector<std::uint32_t> targets;         ///< of units, then of rules
  std::size_t lines = 0;
  std::size_t rule_count = 0;
};

/// O(literals of all rules).
AudiencePlan make_audience_plan(const OneUserInput& input);

}  // namespace muster
