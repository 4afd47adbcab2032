#include "match/audience_plan.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "match/audience_even_out.hpp"

namespace muster {
namespace {

auto key(const PlacedValue& value) {
  return std::tie(value.level, value.shape, value.operands, value.target);
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

/// In lines read or written for one line of users.
std::size_t cost_of(const UnitGraph& graph) {
  std::size_t cost = 0;
  const auto uses = count_uses(graph);
  for (std::size_t line = 0; line < uses.size(); ++line) {
    const bool is_written = graph.lines[line].kind == UnitGraph::Origin::Kind::unit;
    cost += uses[line] + (is_written ? 2 : 0);
  }
  return cost + (graph.units.empty() ? 0 : 3 * graph.lines.size());
}

class AudiencePlanner {
 public:
  AudiencePlanner(const UnitGraph& graph, std::uint32_t valid_column)
      : graph_(graph),
        valid_column_(valid_column),
        levels_(find_levels(graph)),
        place_(graph.lines.size()) {}

  AudiencePlan plan() {
    plan_.in_place = graph_.units.empty();
    place_lines();
    plan_.rule_count = graph_.rules.size();
    std::vector<PlacedValue> units;
    for (LineId line = 0; line < graph_.lines.size(); ++line) {
      const auto& origin = graph_.lines[line];
      if (origin.kind != UnitGraph::Origin::Kind::unit) continue;
      units.push_back(placed(graph_.units[origin.index], levels_[line], place_[line]));
    }
    std::vector<PlacedValue> rules;
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
  /// Columns where they are in a tile, or copied: valid_line first, then columns, then units by
  /// level; of these, those used most first.
  void place_lines() {
    plan_.lines = plan_.in_place ? valid_column_ + 1 : graph_.lines.size();
    const auto uses = count_uses(graph_);
    std::vector<LineId> order(graph_.lines.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin() + 1, order.end(), [&](LineId a, LineId b) {
      return std::pair(levels_[a], uses[b]) < std::pair(levels_[b], uses[a]);
    });
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      const auto& origin = graph_.lines[order[i]];
      const bool is_valid = origin.kind == UnitGraph::Origin::Kind::valid;
      const std::uint32_t column = is_valid ? valid_column_ : origin.index;
      place_[order[i]] = plan_.in_place ? column : i;
      if (origin.kind != UnitGraph::Origin::Kind::unit) plan_.columns.push_back({column, i});
    }
    std::sort(plan_.columns.begin(), plan_.columns.end(),
              [](LineColumn a, LineColumn b) { return a.column < b.column; });
  }

  PlacedValue placed(const Unit& unit, std::uint32_t level, std::uint32_t target) const {
    PlacedValue out{level, {}, {}, target};
    std::vector<std::uint32_t> none;
    for (const SignedLine l : unit.literals) {
      (is_negative(l) ? none : out.operands).push_back(place_[line_of(l)]);
    }
    std::vector<std::uint32_t> any;
    for (const LineId line : unit.any) any.push_back(place_[line]);
    out.shape = {static_cast<std::uint32_t>(out.operands.size()),
                 static_cast<std::uint32_t>(any.size()), static_cast<std::uint32_t>(none.size())};
    for (auto* part : {&out.operands, &any, &none}) std::sort(part->begin(), part->end());
    out.operands.insert(out.operands.end(), any.begin(), any.end());
    out.operands.insert(out.operands.end(), none.begin(), none.end());
    return out;
  }

  void add_groups(std::vector<PlacedValue>& values, std::vector<LineGroup>& groups) {
    std::sort(values.begin(), values.end(),
              [](const PlacedValue& a, const PlacedValue& b) { return key(a) < key(b); });
    const PlacedValue* last = nullptr;
    for (const PlacedValue& value : values) {
      if (last == nullptr || last->level != value.level || last->shape != value.shape) {
        fill_up(last, groups);
        groups.push_back({value.shape});
      }
      add_value(value, groups.back());
      last = &value;
    }
    fill_up(last, groups);
  }

  void add_value(const PlacedValue& value, LineGroup& group) {
    ++group.count;
    for (const std::uint32_t line : value.operands) {
      plan_.operands.push_back(line * static_cast<std::uint32_t>(line_words));
    }
    plan_.targets.push_back(value.target);
  }

  void fill_up(const PlacedValue* last, std::vector<LineGroup>& groups) {
    if (last == nullptr) return;
    while (groups.back().count % values_together != 0) add_value(*last, groups.back());
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
  std::uint32_t valid_column_;
  std::vector<std::uint32_t> levels_;
  std::vector<std::uint32_t> place_;  // of each line
  AudiencePlan plan_;
};

}  // namespace

AudiencePlan make_audience_plan(const OneUserInput& input) {
  UnitGraph graph = make_units(input);
  UnitGraph shared = graph;
  share_pairs(shared, {});
  if (!graph.units.empty() || cost_of(shared) < cost_of(graph)) graph = std::move(shared);
  return AudiencePlanner(graph, static_cast<std::uint32_t>(input.user_bits)).plan();
}

}  // namespace muster
