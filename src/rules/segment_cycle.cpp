#include <fmt/format.h>

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>

#include "core/diagnostics.hpp"
#include "rules/segment_check.hpp"

namespace muster {
namespace {

constexpr std::size_t max_steps = 100'000;  // at looking for paths in one tangle
constexpr std::size_t max_names = 10;       // of a path that are shown

}  // namespace

void SegmentCheck::fail_cycle(const std::vector<std::uint32_t>& members) {
  std::size_t steps = 0;
  for (const std::uint32_t member : members) fail(member, {cycle_at(member, steps)});
}

Diagnostic SegmentCheck::cycle_at(std::uint32_t member, std::size_t& steps) {
  const std::vector<std::uint32_t> path = shortest_cycle(member, steps);
  const std::string_view name = segments_[member].name;
  Diagnostic out{Severity::error, Errc::segment_cycle, {}, {}, {}};
  out.message = fmt::format("segment {} needs itself", in_quotes(name));
  if (path.empty()) return out;
  const Expr& rule = segments_[member].rule;
  const std::string_view next = segments_[path.size() > 1 ? path[1] : member].name;
  for (const Expr::Node& node : rule.nodes()) {
    if (node.op == Expr::Op::segment && rule.text(node) == next) {
      out.range = node.range;
      break;
    }
  }
  out.message += ": ";
  for (std::size_t i = 0; i < std::min(path.size(), max_names); ++i) {
    out.message += segments_[path[i]].name + " -> ";
  }
  if (path.size() > max_names) out.message += "... -> ";
  out.message += name;
  return out;
}

/// Members of a component from one of them around to itself again; breadth first. Empty where
/// there is no cycle, or looking for it has become too dear.
std::vector<std::uint32_t> SegmentCheck::shortest_cycle(std::uint32_t member, std::size_t& steps) {
  boost::unordered_flat_map<std::uint32_t, std::uint32_t> reached_from;
  std::vector<std::uint32_t> queue = {member};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const Expr& rule = segments_[queue[i]].rule;
    for (const Expr::Node& node : rule.nodes()) {
      if (steps > max_steps) return {};
      if (node.op != Expr::Op::segment) continue;
      ++steps;
      const auto needed = segments_.find(rule.text(node));
      if (!needed || visits_[*needed].component != visits_[member].component) continue;
      if (*needed == member) {
        std::vector<std::uint32_t> path = {queue[i]};
        while (path.back() != member) path.push_back(reached_from[path.back()]);
        std::reverse(path.begin(), path.end());
        return path;
      }
      if (reached_from.emplace(*needed, queue[i]).second) queue.push_back(*needed);
    }
  }
  return {};
}

}  // namespace muster
