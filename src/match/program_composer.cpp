#include "match/program_composer.hpp"

#include <algorithm>

namespace muster {

using Op = ProgramNode::Op;

void ProgramComposer::clear() noexcept {
  nodes_.clear();
  operands_.clear();
}

void ProgramComposer::push_literal(Literal literal) {
  operands_.push_back({nodes_.size(), Op::literal, 0, 0, 0});
  nodes_.push_back({Op::literal, literal});
}

void ProgramComposer::push_constant(bool value) {
  const Op op = value ? Op::all_of : Op::any_of;
  operands_.push_back({nodes_.size(), op, 0, 0, 1});
  nodes_.push_back({op, 0});
}

void ProgramComposer::push_program(std::span<const ProgramNode> program) {
  for (const ProgramNode& node : program) {
    if (node.op == Op::literal) {
      push_literal(node.arg);
    } else {
      combine(node.op, node.arg);
    }
  }
}

void ProgramComposer::combine(Op op, std::uint32_t arity) {
  if (arity == 0) return push_constant(op == Op::all_of);
  const std::size_t first = operands_.size() - arity;
  if (!gather(op, first) || !sort_literals()) {
    return replace_by_constant(first, op == Op::any_of);
  }
  replace(op, first);
}

// Takes the operands apart; false where one of them decides the operator.
bool ProgramComposer::gather(Op op, std::size_t first) {
  literals_.clear();
  groups_.clear();
  joined_ = {operands_[first].begin, op, 0, 0, 1};
  for (std::size_t i = first; i < operands_.size(); ++i) {
    const Operand& operand = operands_[i];
    const bool constant = operand.op != Op::literal && operand.literals + operand.groups == 0;
    if (constant && operand.op != op) return false;
    gather_one(op, operand, i + 1 < operands_.size() ? operands_[i + 1].begin : nodes_.size());
  }
  return true;
}

void ProgramComposer::gather_one(Op op, const Operand& operand, std::size_t end) {
  if (operand.op == Op::literal) return literals_.push_back(nodes_[operand.begin].arg);
  const bool same = operand.op == op;
  const std::size_t group_begin = operand.begin + (same ? operand.literals : 0);
  for (std::size_t i = operand.begin; i < group_begin; ++i) literals_.push_back(nodes_[i].arg);
  const auto nodes = nodes_.begin();
  groups_.insert(groups_.end(), nodes + static_cast<std::ptrdiff_t>(group_begin),
                 nodes + static_cast<std::ptrdiff_t>(same ? end - 1 : end));
  joined_.groups += same ? operand.groups : 1;
  joined_.depth = std::max(joined_.depth, operand.depth + (same ? 0 : 1));
  if (!same) last_group_ = operand;
}

// False where a literal stands beside its opposite.
bool ProgramComposer::sort_literals() {
  std::sort(literals_.begin(), literals_.end());
  literals_.erase(std::unique(literals_.begin(), literals_.end()), literals_.end());
  const auto opposite = [](Literal a, Literal b) { return bit_of(a) == bit_of(b); };
  return std::adjacent_find(literals_.begin(), literals_.end(), opposite) == literals_.end();
}

void ProgramComposer::replace(Op op, std::size_t first) {
  const std::size_t begin = joined_.begin;
  nodes_.resize(begin);
  operands_.resize(first);
  for (const Literal literal : literals_) nodes_.push_back({Op::literal, literal});
  nodes_.insert(nodes_.end(), groups_.begin(), groups_.end());
  joined_.literals = static_cast<std::uint32_t>(literals_.size());
  const std::uint32_t arity = joined_.literals + joined_.groups;
  if (arity != 1) {
    nodes_.push_back({op, arity});
  } else if (joined_.literals == 1) {
    joined_ = {begin, Op::literal, 0, 0, 0};
  } else {  // a group left alone was an operand: an operator taken apart gives two or more
    joined_ = last_group_;
    joined_.begin = begin;
  }
  operands_.push_back(joined_);
}

void ProgramComposer::replace_by_constant(std::size_t first, bool value) {
  nodes_.resize(operands_[first].begin);
  operands_.resize(first);
  push_constant(value);
}

}  // namespace muster
