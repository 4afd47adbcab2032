#include "match/program_composer.hpp"

#include <gtest/gtest.h>

#include <tuple>

#include "match/random_programs.hpp"

namespace muster {
namespace {

using testing::RandomPrograms;
using testing::slow_evaluate;
using testing::to_string;
using Op = ProgramNode::Op;

ProgramNode lit(std::uint32_t bit, bool negated = false) {
  return {Op::literal, make_literal(bit, negated)};
}
ProgramNode all(std::uint32_t operands) { return {Op::all_of, operands}; }
ProgramNode any(std::uint32_t operands) { return {Op::any_of, operands}; }

TEST(ProgramComposer, MakesCanonical) {
  const std::vector<std::tuple<std::vector<ProgramNode>, const char*, std::size_t>> cases = {
      {{lit(3)}, "3", 0},
      {{lit(3), all(1)}, "3", 0},
      {{all(0)}, "true", 1},
      {{any(0)}, "false", 1},
      {{lit(2), lit(1), all(2)}, "(1 & 2)", 1},
      {{lit(1), lit(2), lit(1), all(3)}, "(1 & 2)", 1},
      {{lit(1), lit(1), any(2)}, "1", 0},
      {{lit(1), lit(1, true), all(2)}, "false", 1},
      {{lit(1), lit(2), lit(1, true), any(3)}, "true", 1},
      {{lit(4), lit(3), lit(2), all(2), lit(1), all(3)}, "(1 & 2 & 3 & 4)", 1},
      {{lit(4), lit(3), lit(2), any(2), lit(1), all(3)}, "(1 & 4 & (2 | 3))", 2},
      {{lit(4), lit(3), lit(2), lit(1), all(2), any(2), all(2), lit(0), all(2)},
       "(0 & 4 & (3 | (1 & 2)))",
       3},
      {{lit(5), all(0), all(2)}, "5", 0},
      {{lit(5), any(0), all(2)}, "false", 1},
      {{lit(5), any(0), any(2)}, "5", 0},
      {{lit(5), all(0), any(2)}, "true", 1},
      {{lit(5), lit(6), any(2), all(0), all(2)}, "(5 | 6)", 1},
      {{lit(5), lit(6), any(2), all(1), lit(7), any(2)}, "(5 | 6 | 7)", 1},
      {{lit(5), lit(6), lit(7), any(2), all(2), lit(1), lit(5), all(2), all(2)},
       "(1 & 5 & (6 | 7))",
       2},
      {{lit(1), lit(2), all(2), lit(3), lit(4), all(2), any(2)}, "((1 & 2) | (3 & 4))", 2},
  };
  ProgramComposer composer;
  for (const auto& [nodes, text, depth] : cases) {
    composer.clear();
    composer.push_program(nodes);
    EXPECT_EQ(to_string(composer.program()), text) << to_string(nodes);
    EXPECT_EQ(composer.depth(), depth) << text;
  }
}

// Any postfix tree, canonical or not.
void grow(RandomPrograms& random, unsigned depth, std::vector<ProgramNode>& out) {
  if (depth == 0 || random.below(4) == 0)
    return out.push_back(lit(random.below(6), random.below(2)));
  const std::uint32_t operands = random.below(5);
  for (std::uint32_t i = 0; i < operands; ++i) grow(random, depth - 1, out);
  out.push_back({random.below(2) == 0 ? Op::all_of : Op::any_of, operands});
}

// Whether operators alternate over two operands or more, literals first, ascending and of
// different bits; the nodes of one operand end before `end`. Moves `end` to where they begin.
bool is_canonical(std::span<const ProgramNode> nodes, std::size_t& end, Op around) {
  const ProgramNode node = nodes[--end];
  if (node.op == Op::literal) return true;
  if (node.op == around || node.arg < 2) return false;
  std::vector<ProgramNode> roots;
  for (std::uint32_t i = 0; i < node.arg; ++i) {
    roots.insert(roots.begin(), nodes[end - 1]);
    if (!is_canonical(nodes, end, node.op)) return false;
  }
  for (std::size_t i = 1; i < roots.size(); ++i) {
    if (roots[i].op != Op::literal) continue;
    if (roots[i - 1].op != Op::literal || bit_of(roots[i - 1].arg) >= bit_of(roots[i].arg)) {
      return false;
    }
  }
  return true;
}

TEST(ProgramComposer, KeepsTheMeaning) {
  RandomPrograms random(5, 1);
  ProgramComposer composer;
  for (int i = 0; i < 20'000; ++i) {
    std::vector<ProgramNode> nodes;
    grow(random, 1 + random.below(5), nodes);
    composer.clear();
    composer.push_program(nodes);
    const auto program = composer.program();
    std::size_t end = program.size();
    ASSERT_TRUE(program.size() == 1 || is_canonical(program, end, Op::literal))
        << to_string(nodes) << " -> " << to_string(program);
    for (std::uint64_t bits = 0; bits < 64; ++bits) {
      ASSERT_EQ(slow_evaluate(program, &bits), slow_evaluate(nodes, &bits)) << to_string(nodes);
    }
  }
}

}  // namespace
}  // namespace muster
