#include "rules/problem.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>

#include "rules/derived_inputs.hpp"
#include "tags/predicate_sets.hpp"

namespace muster {
namespace {

using FormulaOp = Formula::Op;

FormulaOp opposite(FormulaOp op) {
  switch (op) {
    case FormulaOp::all_of:
      return FormulaOp::any_of;
    case FormulaOp::any_of:
      return FormulaOp::all_of;
    case FormulaOp::always:
      return FormulaOp::never;
    case FormulaOp::never:
      return FormulaOp::always;
    default:
      return op;
  }
}

}  // namespace

void Problem::add(const Formula& formula, const PredicatePool& predicates, bool negated) {
  add_nodes(formula, predicates, negated, nullptr);
}

void Problem::add_on(Date today, const Formula& formula, const PredicatePool& predicates) {
  add_nodes(formula, predicates, false, &today);
}

void Problem::add_nodes(const Formula& formula, const PredicatePool& predicates, bool negated,
                        const Date* today) {
  boost::unordered_flat_map<std::uint32_t, std::uint32_t> numbers;
  for (Formula::Node node : formula.nodes) {
    if (node.op == FormulaOp::predicate) {
      const auto [at, added] = numbers.try_emplace(node.id, 0u);
      if (added) {
        Predicate asked = predicates[PredicateId{node.id}];
        if (today) asked = with_aspect(schema_, asked, Aspect::value, *today);
        at->second = question(negated ? negate(schema_, asked) : std::move(asked));
      }
      node.id = at->second;
    } else if (negated) {
      node.op = opposite(node.op);
    }
    nodes_.push_back(node);
  }
  if (!formula.nodes.empty()) roots_.push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
}

void Problem::add_derived() {
  const std::vector<TagId> tags = tags_;
  for (const TagId derived : tags) {
    for (const TagId input : inputs_of(schema_, derived)) {
      if (!schema_.tag(input).nullable || !contains(tags, input)) continue;
      add_either(negate(schema_, known_all(schema_, derived)), known_all(schema_, input));
    }
  }
}

void Problem::add_either(Predicate a, Predicate b) {
  for (Predicate* part : {&a, &b}) {
    Formula::Node node;
    node.op = FormulaOp::predicate;
    node.id = question(std::move(*part));
    nodes_.push_back(node);
  }
  Formula::Node either;
  either.op = FormulaOp::any_of;
  either.arity = 2;
  either.size = 3;
  nodes_.push_back(either);
  roots_.push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
}

std::uint32_t Problem::question(Predicate predicate) {
  auto slot = std::find(tags_.begin(), tags_.end(), predicate.tag);
  if (slot == tags_.end()) {
    tags_.push_back(predicate.tag);
    slot = tags_.end() - 1;
  }
  Predicate opposed = negate(schema_, predicate);
  questions_.push_back(
      {std::move(predicate), std::move(opposed), static_cast<std::uint32_t>(slot - tags_.begin())});
  return static_cast<std::uint32_t>(questions_.size() - 1);
}

}  // namespace muster
