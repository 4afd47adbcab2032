#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "muster/match/rule_set.hpp"
#include "naive.hpp"

namespace muster::bench {

constexpr std::size_t segment_count = 40;

/// What rules say, for the naive loop and as text.
struct Rules {
  std::vector<WorkloadRule> own;
  std::vector<WorkloadRule> segments;          // where shared
  std::vector<std::array<std::size_t, 2>> of;  // the segments of each rule, where shared

  bool hold(std::size_t rule, const WorkloadUser& user) const {
    for (std::size_t i = 0; i < 2 && !of.empty(); ++i) {
      if (!naive_holds(segments[of[rule][i]], user)) return false;
    }
    return naive_holds(own[rule], user);
  }
  std::string text(std::size_t rule) const {
    if (of.empty()) return to_text(own[rule]);
    return "SEGMENT(s" + std::to_string(of[rule][0]) + ") AND SEGMENT(s" +
           std::to_string(of[rule][1]) + ") AND " + to_text(own[rule]);
  }
};

/// Workload "w1", "w2", "w3" or "sharing".
inline Rules make_rules(const std::string& workload, std::size_t count) {
  if (workload == "w2") return {workload_rules(Variant::w2, count), {}, {}};
  if (workload == "w3") return {workload_rules(Variant::w3, count), {}, {}};
  if (workload == "w1") return {workload_rules(Variant::w1, count), {}, {}};
  Rules rules{workload_rules(Variant::w2, count), workload_rules(Variant::w2, segment_count), {}};
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t first = i % segment_count;
    rules.of.push_back(
        {first, (first + 1 + i / segment_count % (segment_count - 1)) % segment_count});
  }
  return rules;
}

inline RuleSet compile(const Rules& rules) {
  RuleSetBuilder builder(workload_schema());
  for (std::size_t i = 0; i < rules.segments.size(); ++i) {
    builder.define("s" + std::to_string(i), to_text(rules.segments[i])).value();
  }
  for (std::size_t i = 0; i < rules.own.size(); ++i) builder.add(rules.text(i)).value();
  return std::move(builder).compile().value();
}

}  // namespace muster::bench
