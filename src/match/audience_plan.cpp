#include "match/audience_plan.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace muster {
namespace {

/// What a kernel is told about a unit, with lines in their final order.
struct Placed {
  std::uint32_t level;
  LineShape shape;
  std::vector<std::uint32_t> operands;
  std::uint32_t target;
  auto key() const { return std::tie(level, shape, operands, target); }
};

LineShape operator+(LineShape a, LineShape b) {
  return {a.all + b.all, a.none + b.none, a.any + b.any};
}

/// Whether a shape has operands of the kind that `step` says.
bool has_operands(LineShape shape, LineShape step) {
  return shape.all * step.all + shape.none * step.none + shape.any * step.any > 0;
}

void repeat_operand(Placed& value, LineShape step) {
  const std::size_t at =
      step.all > 0 ? 0 : value.shape.all + (step.none > 0 ? 0 : value.shape.none);
  value.operands.insert(value.operands.begin() + static_cast<std::ptrdiff_t>(at),
                        value.operands[at]);
  value.shape = value.shape + step;
}

template <class Fn>
void for_each_line(const Unit& unit, Fn&& fn) {
  for (const SignedLine literal : unit.literals) fn(line_of(literal));
  for (const LineId line : unit.any) fn(line);
}

/// How many steps after the columns a line can be computed; 0 for columns.
std::vector<std::uint32_t> find_levels(const UnitGraph& graph) {
  constexpr std::uint32_t unknown = ~0u;
  std::vector<std::uint32_t> levels(graph.lines.size(), unknown);
  std::vector<LineId> pending;  // no recursion: units may stand on one another very high
  for (LineId start = 0; start < levels.size(); ++start) {
    pending.push_back(start);
    while (!pending.empty()) {
      const LineId line = pending.back();
      const std::size_t waiting = pending.size();
      std::uint32_t level = 0;
      if (graph.lines[line].kind == UnitGraph::Origin::Kind::unit) {
        for_each_line(graph.units[graph.lines[line].index], [&](LineId operand) {
          if (levels[operand] == unknown) pending.push_back(operand);
          level = std::max(level, levels[operand] + 1);
        });
      }
      if (pending.size() > waiting) continue;
      levels[line] = level;
      pending.pop_back();
    }
  }
  return levels;
}

std::vector<std::uint32_t> count_uses(const UnitGraph& graph) {
  std::vector<std::uint32_t> uses(graph.lines.size(), 0);
  for (const auto* units : {&graph.units, &graph.rules}) {
    for (const Unit& unit : *units) for_each_line(unit, [&](LineId line) { ++uses[line]; });
  }
  return uses;
}

/// Gives values that would be left over when kernels take values_together of one shape an operand
/// twice, which makes them values of a larger shape. REQUIRES: all of one level.
void even_out(std::vector<Placed>& values) {
  std::map<LineShape, std::vector<Placed*>> members;
  for (Placed& value : values) members[value.shape].push_back(&value);
  for (auto& [shape, here] : members) {
    for (const LineShape step : {LineShape{1, 0, 0}, LineShape{0, 1, 0}, LineShape{0, 0, 1}}) {
      const auto larger = members.find(shape + step);
      if (!has_operands(shape, step) || larger == members.end()) continue;
      for (; here.size() % values_together != 0; here.pop_back()) {
        repeat_operand(*here.back(), step);
        larger->second.push_back(here.back());
      }
    }
  }
}

class Planner {
 public:
  explicit Planner(const UnitGraph& graph)
      : graph_(graph), levels_(find_levels(graph)), place_(graph.lines.size()) {}

  AudiencePlan plan() {
    place_lines();
    plan_.lines = graph_.lines.size();
    plan_.rule_count = graph_.rules.size();
    std::vector<Placed> units;
    for (LineId line = 0; line < graph_.lines.size(); ++line) {
      const auto& origin = graph_.lines[line];
      if (origin.kind != UnitGraph::Origin::Kind::unit) continue;
      units.push_back(placed(graph_.units[origin.index], levels_[line], place_[line]));
    }
    std::vector<Placed> rules;
    for (std::size_t r = 0; r < graph_.rules.size(); ++r) {
      rules.push_back(placed(graph_.rules[r], 0, static_cast<std::uint32_t>(r)));
    }
    even_out(rules);
    add_groups(units, plan_.units);
    add_groups(rules, plan_.rules);
    shorten_operands();
    point_groups();
    return std::move(plan_);
  }

 private:
  /// valid_line first, then columns, then units by level; of these, those used most first.
  void place_lines() {
    const auto uses = count_uses(graph_);
    std::vector<LineId> order(graph_.lines.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin() + 1, order.end(), [&](LineId a, LineId b) {
      return std::pair(levels_[a], uses[b]) < std::pair(levels_[b], uses[a]);
    });
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      place_[order[i]] = i;
      const auto& origin = graph_.lines[order[i]];
      if (origin.kind == UnitGraph::Origin::Kind::column)
        plan_.columns.push_back({origin.index, i});
    }
    std::sort(plan_.columns.begin(), plan_.columns.end(),
              [](LineColumn a, LineColumn b) { return a.column < b.column; });
  }

  Placed placed(const Unit& unit, std::uint32_t level, std::uint32_t target) const {
    Placed out{level, {}, {}, target};
    std::vector<std::uint32_t> none;
    for (const SignedLine l : unit.literals) {
      (is_negative(l) ? none : out.operands).push_back(place_[line_of(l)]);
    }
    std::vector<std::uint32_t> any;
    for (const LineId line : unit.any) any.push_back(place_[line]);
    out.shape = {static_cast<std::uint32_t>(out.operands.size()),
                 static_cast<std::uint32_t>(none.size()), static_cast<std::uint32_t>(any.size())};
    for (auto* part : {&out.operands, &none, &any}) std::sort(part->begin(), part->end());
    out.operands.insert(out.operands.end(), none.begin(), none.end());
    out.operands.insert(out.operands.end(), any.begin(), any.end());
    return out;
  }

  void add_groups(std::vector<Placed>& values, std::vector<LineGroup>& groups) {
    std::sort(values.begin(), values.end(),
              [](const Placed& a, const Placed& b) { return a.key() < b.key(); });
    const Placed* last = nullptr;
    for (const Placed& value : values) {
      if (last == nullptr || last->level != value.level || last->shape != value.shape) {
        groups.push_back({value.shape});
      }
      ++groups.back().count;
      for (const std::uint32_t line : value.operands) {
        plan_.operands.push_back(line * static_cast<std::uint32_t>(line_words));
      }
      plan_.targets.push_back(value.target);
      last = &value;
    }
  }

  void shorten_operands() {
    if (plan_.lines * line_words > std::size_t{1} << 16) return;
    for (const std::uint32_t operand : plan_.operands) {
      plan_.short_operands.push_back(static_cast<std::uint16_t>(operand));
    }
  }

  void point_groups() {
    const std::uint32_t* operands = plan_.operands.data();
    const std::uint16_t* short_operands = plan_.short_operands.data();
    const bool is_short = !plan_.short_operands.empty();
    const std::uint32_t* targets = plan_.targets.data();
    for (auto* groups : {&plan_.units, &plan_.rules}) {
      for (LineGroup& group : *groups) {
        group.operands = operands;
        group.targets = targets;
        if (is_short) group.short_operands = short_operands;
        const std::size_t here = std::size_t{group.count} * group.shape.operands();
        operands += here;
        if (is_short) short_operands += here;
        targets += group.count;
      }
    }
  }

  const UnitGraph& graph_;
  std::vector<std::uint32_t> levels_;
  std::vector<std::uint32_t> place_;  // of each line
  AudiencePlan plan_;
};

}  // namespace

AudiencePlan make_audience_plan(const OneUserInput& input) {
  UnitGraph graph = make_units(input);
  share_pairs(graph, {});
  return Planner(graph).plan();
}

}  // namespace muster
