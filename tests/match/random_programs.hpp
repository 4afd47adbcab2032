#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "match/programs.hpp"

namespace muster::testing {

/// A postfix program as text: "(3 & (5 | -4))".
inline std::string to_string(std::span<const ProgramNode> program) {
  std::vector<std::string> stack;
  for (const ProgramNode& node : program) {
    if (node.op == ProgramNode::Op::literal) {
      stack.push_back((is_negated(node.arg) ? "-" : "") + std::to_string(bit_of(node.arg)));
      continue;
    }
    const bool all = node.op == ProgramNode::Op::all_of;
    std::string text = node.arg == 0 ? (all ? "true" : "false") : "(";
    for (std::size_t i = stack.size() - node.arg; i < stack.size(); ++i) {
      if (text != "(") text += all ? " & " : " | ";
      text += stack[i];
    }
    stack.resize(stack.size() - node.arg);
    stack.push_back(node.arg == 0 ? text : text + ")");
  }
  return stack.size() == 1 ? stack[0] : "(broken)";
}

/// What a postfix program says, operand by operand.
inline bool slow_evaluate(std::span<const ProgramNode> program, const std::uint64_t* bits) {
  std::vector<char> stack;
  for (const ProgramNode& node : program) {
    if (node.op == ProgramNode::Op::literal) {
      const std::uint32_t bit = bit_of(node.arg);
      stack.push_back((bits[bit / 64] >> (bit % 64) & 1) != is_negated(node.arg));
      continue;
    }
    const auto operands = stack.end() - static_cast<std::ptrdiff_t>(node.arg);
    const bool value = node.op == ProgramNode::Op::all_of
                           ? std::all_of(operands, stack.end(), [](char v) { return v != 0; })
                           : std::any_of(operands, stack.end(), [](char v) { return v != 0; });
    stack.erase(operands, stack.end());
    stack.push_back(value);
  }
  return stack.back() != 0;
}

/// Random canonical programs.
class RandomPrograms {
 public:
  RandomPrograms(std::uint64_t seed, std::uint32_t literals) : random_(seed), literals_(literals) {}

  std::vector<ProgramNode> next(unsigned depth = 4) {
    std::vector<ProgramNode> out;
    const std::uint32_t kind = below(20);
    if (kind == 0) {
      out.push_back({below(2) == 0 ? ProgramNode::Op::all_of : ProgramNode::Op::any_of, 0});
    } else {
      grow(out, depth, kind % 2 == 0);
    }
    return out;
  }

  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }

 private:
  void grow(std::vector<ProgramNode>& out, unsigned depth, bool all) {
    if (depth == 0 || below(3) == 0) {
      out.push_back({ProgramNode::Op::literal, below(literals_)});
      return;
    }
    const std::uint32_t operands = 2 + below(4);
    for (std::uint32_t i = 0; i < operands; ++i) grow(out, depth - 1, !all);
    out.push_back({all ? ProgramNode::Op::all_of : ProgramNode::Op::any_of, operands});
  }

  std::mt19937_64 random_;
  std::uint32_t literals_;
};

}  // namespace muster::testing
