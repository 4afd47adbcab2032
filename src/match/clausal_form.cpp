#include "match/clausal_form.hpp"

#include <algorithm>
#include <utility>

namespace muster {
namespace {

using Op = ProgramNode::Op;

// Sorts, removes repetitions; false if a literal meets its opposite.
bool tidy(Literals& literals) {
  std::sort(literals.begin(), literals.end());
  literals.erase(std::unique(literals.begin(), literals.end()), literals.end());
  const auto opposite = [](Literal a, Literal b) { return (a ^ 1) == b; };
  return std::adjacent_find(literals.begin(), literals.end(), opposite) == literals.end();
}

bool contains(const Literals& sorted, Literal literal) {
  return std::binary_search(sorted.begin(), sorted.end(), literal);
}

enum class GroupState { open, true_anyway, false_anyway };

// Drops the group's literals that `literals` makes false.
GroupState narrow(Literals& group, const Literals& literals) {
  if (!tidy(group)) return GroupState::true_anyway;
  for (Literal literal : group) {
    if (contains(literals, literal)) return GroupState::true_anyway;
  }
  const auto excluded = [&](Literal literal) { return contains(literals, literal ^ 1); };
  group.erase(std::remove_if(group.begin(), group.end(), excluded), group.end());
  return group.empty() ? GroupState::false_anyway : GroupState::open;
}

// Simplifies until nothing changes; false if the alternative is never true.
bool simplify(Alternative& alternative) {
  for (bool again = true; std::exchange(again, false);) {
    if (!tidy(alternative.literals)) return false;
    auto& groups = alternative.groups;
    for (std::size_t i = 0; i < groups.size();) {
      const GroupState state = narrow(groups[i], alternative.literals);
      if (state == GroupState::false_anyway) return false;
      if (state == GroupState::open && groups[i].size() > 1) {
        ++i;
        continue;
      }
      if (state == GroupState::open) {
        alternative.literals.push_back(groups[i][0]);
        again = true;
      }
      groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(i));
      if (again) break;
    }
  }
  return true;
}

}  // namespace

ClausalForm::Nodes ClausalForm::operands_of(std::size_t node) const {
  Nodes operands(program_[node].arg);
  std::size_t end = node;
  for (std::size_t i = operands.size(); i-- > 0;) {
    operands[i] = end - 1;
    end = starts_[end - 1];
  }
  return operands;
}

bool ClausalForm::is_small_group(const Nodes& operands) const {
  return operands.size() <= bounds_.group_literals &&
         std::all_of(operands.begin(), operands.end(),
                     [&](std::size_t node) { return program_[node].op == Op::literal; });
}

void ClausalForm::add_literals(const Nodes& operands, Literals& out) const {
  for (std::size_t node : operands) out.push_back(program_[node].arg);
}

// Appends the disjunctive normal form of a subtree; false if it would exceed the bound.
bool ClausalForm::expand(std::size_t node, Conjunctions& out) const {
  if (program_[node].op == Op::any_of) {
    for (std::size_t operand : operands_of(node)) {
      if (!expand(operand, out)) return false;
    }
    return true;
  }
  Conjunctions product(1);
  if (program_[node].op == Op::literal) {
    product[0] = {program_[node].arg};
  } else {
    for (std::size_t operand : operands_of(node)) {
      if (!multiply(product, operand)) return false;
    }
  }
  if (out.size() + product.size() > bounds_.alternatives) return false;
  out.insert(out.end(), product.begin(), product.end());
  return true;
}

bool ClausalForm::multiply(Conjunctions& product, std::size_t node) const {
  Conjunctions factor;
  if (!expand(node, factor) || product.size() * factor.size() > bounds_.alternatives) return false;
  Conjunctions result;
  for (const auto& left : product) {
    for (const auto& right : factor) {
      result.push_back(left);
      result.back().insert(result.back().end(), right.begin(), right.end());
    }
  }
  product = std::move(result);
  return true;
}

// ANDs an any_of with nested operands to every alternative, or leaves it to the program.
void ClausalForm::distribute(std::vector<Alternative>& product, std::size_t node) const {
  Conjunctions factor;
  if (!expand(node, factor) ||
      alternatives_.size() + product.size() * factor.size() > bounds_.alternatives) {
    for (Alternative& alternative : product) alternative.unsure = true;
    return;
  }
  std::vector<Alternative> result;
  for (const Alternative& left : product) {
    for (const auto& right : factor) {
      result.push_back(left);
      auto& literals = result.back().literals;
      literals.insert(literals.end(), right.begin(), right.end());
    }
  }
  product = std::move(result);
}

void ClausalForm::finish(Alternative alternative) {
  if (simplify(alternative)) alternatives_.push_back(std::move(alternative));
}

// One operand of the top-level OR, or the whole program.
void ClausalForm::add_alternative(std::size_t node) {
  if (program_[node].op == Op::literal) return finish({{program_[node].arg}, {}, false});
  std::vector<Alternative> product(1);
  Nodes tangled;
  for (std::size_t operand : operands_of(node)) {
    if (program_[operand].op == Op::literal) {
      product[0].literals.push_back(program_[operand].arg);
      continue;
    }
    const auto inner = operands_of(operand);
    if (product[0].groups.size() < bounds_.groups && is_small_group(inner)) {
      add_literals(inner, product[0].groups.emplace_back());
    } else {
      tangled.push_back(operand);
    }
  }
  for (std::size_t operand : tangled) distribute(product, operand);
  for (Alternative& alternative : product) finish(std::move(alternative));
}

std::span<const Alternative> ClausalForm::of(std::span<const ProgramNode> program) {
  program_ = program;
  alternatives_.clear();
  starts_.resize(program.size());
  for (std::size_t i = 0; i < program.size(); ++i) {
    starts_[i] = i;
    if (program[i].op == Op::literal) continue;
    for (std::uint32_t k = 0; k < program[i].arg; ++k) starts_[i] = starts_[starts_[i] - 1];
  }
  const std::size_t root = program.size() - 1;
  if (program[root].op != Op::any_of) {
    add_alternative(root);
  } else if (program[root].arg > bounds_.alternatives) {
    alternatives_.push_back({{}, {}, true});
  } else {
    for (std::size_t operand : operands_of(root)) add_alternative(operand);
  }
  return alternatives_;
}

}  // namespace muster
