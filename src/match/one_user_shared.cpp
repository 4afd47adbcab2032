#include "match/one_user_shared.hpp"

#include <algorithm>

#include "core/bits.hpp"

namespace muster {
namespace {

using Op = ProgramNode::Op;

}  // namespace

// An any_of is the inverted AND of its inverted operands.
void SharedGates::add_gate(const ProgramNode& node, Literal target,
                           std::vector<Literal>& operands) {
  const Literal invert = node.op == Op::any_of ? 1 : 0;
  const auto first = operands.end() - static_cast<std::ptrdiff_t>(node.arg);
  gates_.push_back(target ^ invert);
  gates_.push_back(node.arg);
  for (auto at = first; at != operands.end(); ++at) gates_.push_back(*at ^ invert);
  operands.erase(first, operands.end());
  operands.push_back(target);
}

SharedGates::SharedGates(const ProgramList& programs, std::size_t first_bit) {
  if (programs.size() == 0) return;
  first_word_ = first_bit / 64;
  inner_word_ = words_ = words_for(first_bit + programs.size());
  std::vector<ProgramNode> program;
  std::vector<Literal> operands;
  ProgramList::Cursor cursor(programs);
  for (std::size_t i = 0; i < programs.size(); ++i) {
    cursor.next(program);
    // As if there were an operator of one operand around it.
    if (program.back().op == Op::literal) program.push_back({Op::all_of, 1});
    std::size_t inner = inner_word_;
    operands.clear();
    for (const ProgramNode& node : program) {
      if (node.op == Op::literal) {
        operands.push_back(node.arg);
        continue;
      }
      const std::size_t bit = &node == &program.back() ? first_bit + i : 64 * inner++;
      add_gate(node, make_literal(static_cast<std::uint32_t>(bit), false), operands);
    }
    words_ = std::max(words_, inner);
  }
  gates_.shrink_to_fit();
}

// Nothing that was just written is read where it need not be: that would take longer than the rest.
void SharedGates::run(std::uint64_t* bits) const noexcept {
  const Literal* at = gates_.data();
  const Literal* const end = at + gates_.size();
  std::uint64_t word = bits[first_word_];
  while (at != end) {
    const Literal target = *at++;
    std::uint64_t all = 1;
    for (const Literal* const stop = at + 1 + *at; ++at != stop;) {
      all &= bits[*at >> 7] >> (*at >> 1 & 63) ^ *at;
    }
    all ^= target & 1;
    if (target >> 7 < inner_word_) {
      const unsigned shift = target >> 1 & 63;
      all = word = (shift == 0 ? 0 : word) | all << shift;
    }
    bits[target >> 7] = all;
  }
}

}  // namespace muster
