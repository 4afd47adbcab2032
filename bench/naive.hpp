#pragma once

#include <vector>

#include "workload.hpp"

namespace muster::bench {

/// The loop that speed-ups are measured against: for each rule its literals, leaving at the first
/// that fails; the OR group and the range after them.
inline bool naive_holds(const WorkloadRule& rule, const WorkloadUser& user) {
  for (const WorkloadRule::Literal& literal : rule.literals) {
    if (user.flags[literal.flag] == literal.negated) return false;
  }
  bool any = rule.any_of.empty();
  for (const std::uint8_t flag : rule.any_of) {
    if (user.flags[flag]) {
      any = true;
      break;
    }
  }
  if (!any) return false;
  if (!rule.has_range) return true;
  const std::uint8_t value = user.numbers[rule.number];
  return value >= rule.low && value < rule.high;
}

}  // namespace muster::bench
