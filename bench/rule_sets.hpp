#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "muster/match/rule_set.hpp"
#include "naive.hpp"
#include "workload.hpp"

namespace muster::bench {

/// What the rules of a set say, for the naive loop and as text.
struct RuleSource {
  std::vector<WorkloadRule> own;
  std::vector<WorkloadRule> segments;          ///< where rules share any
  std::vector<std::array<std::size_t, 2>> of;  ///< the segments of each rule, where they share any

  bool holds(std::size_t rule, const WorkloadUser& user) const {
    if (!of.empty()) {
      for (const std::size_t segment : of[rule]) {
        if (!naive_holds(segments[segment], user)) return false;
      }
    }
    return naive_holds(own[rule], user);
  }
  /// "SEGMENT(s3) AND SEGMENT(s17) AND t5 AND NOT t9"
  std::string text(std::size_t rule) const;
};

/// `name` is "w1", "w2" or "w3", a variant of the workload; or "sharing": policies that each ask
/// for two of 40 named segments and a little more, all of variant w2. The first rules are the
/// same whatever the count.
RuleSource rule_source(std::string_view name, std::size_t count);

RuleSet compile(const RuleSource& source);

}  // namespace muster::bench
