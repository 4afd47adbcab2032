#pragma once

#include <algorithm>
#include <vector>

#include "workload.hpp"

namespace muster::bench {

/// What every ratio refers to: for each rule a loop over its literals, leaving at the first that
/// fails, then its OR group, then its range.
inline bool holds(const WorkloadRule& rule, const WorkloadUser& user) {
  for (const WorkloadRule::Literal literal : rule.literals) {
    if (user.flags[literal.flag] == literal.negated) return false;
  }
  const auto set = [&user](std::uint8_t flag) { return user.flags[flag]; };
  if (!rule.any_of.empty() && std::none_of(rule.any_of.begin(), rule.any_of.end(), set)) {
    return false;
  }
  const std::uint8_t number = user.numbers[rule.number];
  return !rule.has_range || (number >= rule.low && number < rule.high);
}

}  // namespace muster::bench
