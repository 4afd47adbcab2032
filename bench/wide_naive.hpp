#pragma once

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "muster/match/rule_set.hpp"
#include "muster/rules/check.hpp"
#include "one_user_run.hpp"

namespace muster::bench {

/// The naive loop: for each rule its literals, leaving at the first that fails; then its OR
/// groups; then what is nested deeper, as a tree.
class NaiveLoop {
 public:
  explicit NaiveLoop(Checker& checker) : checker_(checker) {}

  void add(std::string_view rule) {
    Formula formula = checker_.spell_out(checker_.check(rule).value().formula).value();
    Rule& to = rules_.emplace_back();
    const auto& nodes = formula.nodes;
    if (nodes.back().op != Formula::Op::all_of) return place(to, nodes, nodes.size() - 1);
    std::size_t child = nodes.size() - 2;
    std::vector<std::size_t> children;
    for (std::uint32_t i = 0; i < nodes.back().arity; ++i, child -= nodes[child].size) {
      children.push_back(child);
      if (i + 1 == nodes.back().arity) break;
    }
    for (auto at = children.rbegin(); at != children.rend(); ++at) place(to, nodes, *at);
  }

  Encoder encoder() const {
    std::vector<Predicate> predicates;
    for (std::uint32_t i = 0; i < checker_.predicates().size(); ++i) {
      predicates.push_back(checker_.predicates()[PredicateId{i}]);
    }
    return Encoder(checker_.schema(), std::move(predicates));
  }

  /// Lays the rules out one behind the other, without what compiling left between them.
  void pack() { rules_ = std::vector<Rule>(rules_); }

  /// Writes the ids of the rules that fit, returns how many. REQUIRES: room for all rules.
  std::size_t match(const Bits& user, std::span<RuleId> out) const {
    std::size_t found = 0;
    for (RuleId rule = 0; rule < rules_.size(); ++rule) {
      if (holds(rules_[rule], user)) out[found++] = rule;
    }
    return found;
  }

 private:
  using Nodes = std::vector<Formula::Node>;
  struct Rule {
    std::vector<std::uint32_t> literals;
    std::vector<std::vector<std::uint32_t>> groups;
    std::vector<Nodes> trees;
  };

  static bool test(const Bits& user, std::uint32_t bit) { return user[bit / 64] >> (bit % 64) & 1; }

  /// Puts the subtree that ends at `at` where it belongs.
  static void place(Rule& to, const Nodes& nodes, std::size_t at) {
    const Formula::Node& node = nodes[at];
    if (node.op == Formula::Op::predicate) return to.literals.push_back(node.id);
    const auto begin = nodes.begin() + static_cast<std::ptrdiff_t>(at + 1 - node.size);
    const Nodes subtree(begin, begin + node.size);
    const bool flat = node.op == Formula::Op::any_of && node.size == node.arity + 1;
    if (!flat) return to.trees.push_back(subtree);
    auto& group = to.groups.emplace_back();
    for (std::uint32_t i = 0; i < node.arity; ++i) group.push_back(subtree[i].id);
  }

  static bool holds(const Rule& rule, const Bits& user) {
    for (const std::uint32_t literal : rule.literals) {
      if (!test(user, literal)) return false;
    }
    for (const auto& group : rule.groups) {
      if (std::none_of(group.begin(), group.end(), [&](auto bit) { return test(user, bit); })) {
        return false;
      }
    }
    for (const Nodes& tree : rule.trees) {
      if (!evaluate(tree, tree.size() - 1, user)) return false;
    }
    return true;
  }

  static bool evaluate(const Nodes& nodes, std::size_t at, const Bits& user) {
    const Formula::Node& node = nodes[at];
    if (node.op == Formula::Op::predicate) return test(user, node.id);
    if (node.op == Formula::Op::always || node.op == Formula::Op::never) {
      return node.op == Formula::Op::always;
    }
    const bool all = node.op == Formula::Op::all_of;
    for (std::uint32_t i = 0, left = node.size - 1; i < node.arity; ++i) {
      const std::size_t child = at - (node.size - left);
      if (evaluate(nodes, child, user) != all) return !all;
      left -= nodes[child].size;
    }
    return all;
  }

  Checker& checker_;
  std::vector<Rule> rules_;
};

}  // namespace muster::bench
