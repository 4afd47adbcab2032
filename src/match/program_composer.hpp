#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "match/programs.hpp"

namespace muster {

/// Builds one program at a time from operands and operators in postfix order, and makes it
/// canonical on the way: no all_of in all_of, no operator over one operand, literals first and
/// ascending, none twice, none beside its opposite, constants folded.
class ProgramComposer {
 public:
  void clear() noexcept;
  void push_literal(Literal literal);
  /// The postfix nodes of a whole program as one operand.
  void push_program(std::span<const ProgramNode> program);
  void push_constant(bool value);
  /// Joins the last `arity` operands.
  void combine(ProgramNode::Op op, std::uint32_t arity);

  /// The one operand left, and how many groups it has within one another. REQUIRES: there is one.
  std::span<const ProgramNode> program() const noexcept { return nodes_; }
  std::size_t depth() const noexcept { return operands_.back().depth; }

 private:
  struct Operand {
    std::size_t begin = 0;  // in nodes_; up to where the next one begins
    ProgramNode::Op op = ProgramNode::Op::literal;
    std::uint32_t literals = 0;  // among its operands, first of them
    std::uint32_t groups = 0;    // the others
    std::size_t depth = 0;
  };

  bool gather(ProgramNode::Op op, std::size_t first);
  void gather_one(ProgramNode::Op op, const Operand& operand, std::size_t end);
  bool sort_literals();
  void replace(ProgramNode::Op op, std::size_t first);
  void replace_by_constant(std::size_t first, bool value);

  std::vector<ProgramNode> nodes_;
  std::vector<Operand> operands_;
  // Of the operator being applied: its literals, the nodes of its groups, and what they are.
  std::vector<Literal> literals_;
  std::vector<ProgramNode> groups_;
  Operand joined_;
  Operand last_group_;
};

}  // namespace muster
