#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "match/one_user.hpp"

namespace muster::testing {

using Op = ProgramNode::Op;
using Program = std::vector<ProgramNode>;
using Random = std::mt19937;

inline std::uint32_t below(Random& random, std::size_t n) {
  return static_cast<std::uint32_t>(random() % n);
}

inline Program literal(Literal value) { return {{Op::literal, value}}; }

inline Program combine(Op op, const std::vector<Program>& operands) {
  Program program;
  for (const Program& operand : operands) {
    program.insert(program.end(), operand.begin(), operand.end());
  }
  program.push_back({op, static_cast<std::uint32_t>(operands.size())});
  return program;
}

struct Shape {
  std::size_t bits;
  double negated;
  std::size_t depth;
  std::size_t operands;  // of one operator, at most
};

inline Literal random_literal(Random& random, const Shape& shape) {
  // Low bits more often, as rule sets number them.
  const std::uint32_t bit = below(random, 1 + below(random, shape.bits));
  return make_literal(bit, below(random, 1000) < shape.negated * 1000);
}

inline Program random_program(Random& random, const Shape& shape, std::size_t depth, Op op) {
  if (depth == 0 || random() % 3 == 0) return literal(random_literal(random, shape));
  std::vector<Program> operands;
  const std::size_t count = 2 + below(random, shape.operands - 1);
  const Op inner = op == Op::all_of ? Op::any_of : Op::all_of;
  while (operands.size() < count) {
    operands.push_back(random_program(random, shape, depth - 1, inner));
  }
  return combine(op, operands);
}

inline Program random_program(Random& random, const Shape& shape) {
  const Op op = random() % 3 == 0 ? Op::any_of : Op::all_of;
  return random_program(random, shape, shape.depth, op);
}

/// A rule set to build an index from.
struct Set {
  ProgramList shared;
  ProgramList rules;
  std::size_t user_bits = 0;
  OneUserInput input() const { return {shared, rules, user_bits}; }
};

inline Set random_set(Random& random, std::size_t rules, const Shape& shape,
                      std::size_t shared = 0) {
  Set set;
  set.user_bits = shape.bits;
  for (std::size_t i = 0; i < shared; ++i) {
    Shape lower = shape;
    lower.bits += i;
    set.shared.add(random_program(random, lower));
  }
  Shape all = shape;
  all.bits += shared;
  for (std::size_t i = 0; i < rules; ++i) set.rules.add(random_program(random, all));
  return set;
}

/// Bits that are 1 with a chance of `percent`.
inline std::vector<std::uint64_t> random_user(Random& random, std::size_t bits, unsigned percent) {
  std::vector<std::uint64_t> user((bits + 63) / 64);
  for (std::size_t i = 0; i < bits; ++i) {
    user[i / 64] |= std::uint64_t{random() % 100 < percent} << (i % 64);
  }
  return user;
}

/// The ids of the rules whose programs are true.
inline std::vector<std::uint32_t> expected(const Set& set, std::vector<std::uint64_t> user) {
  user.resize((set.input().all_bits() + 63) / 64);
  for (std::size_t i = 0; i < set.shared.size(); ++i) {
    const std::size_t bit = set.user_bits + i;
    user[bit / 64] |= std::uint64_t{set.shared.evaluate(i, user.data())} << (bit % 64);
  }
  std::vector<std::uint32_t> ids;
  for (std::uint32_t rule = 0; rule < set.rules.size(); ++rule) {
    if (set.rules.evaluate(rule, user.data())) ids.push_back(rule);
  }
  return ids;
}

/// Names of kernels, as test names.
inline std::string test_name(const ::testing::TestParamInfo<std::string_view>& info) {
  std::string name(info.param);
  name.erase(std::remove(name.begin(), name.end(), '.'), name.end());
  return name;
}

}  // namespace muster::testing
