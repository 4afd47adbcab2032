#include "match/one_user_shared.hpp"

#include <gtest/gtest.h>

#include "random_programs.hpp"

namespace muster::testing {
namespace {

using Op = ProgramNode::Op;

// Bits after run(): those given, those of the programs.
std::vector<std::uint64_t> run(const SharedGates& gates, std::vector<std::uint64_t> bits) {
  bits.resize(gates.words(), 0x5555555555555555u);  // what an earlier user left
  gates.run(bits.data());
  return bits;
}

bool has(const std::vector<std::uint64_t>& bits, std::size_t bit) {
  return (bits[bit / 64] >> (bit % 64) & 1) != 0;
}

TEST(SharedGates, NoPrograms) { EXPECT_EQ(SharedGates(ProgramList(), 100).words(), 0u); }

TEST(SharedGates, LiteralsAndConstants) {
  ProgramList programs;
  programs.add(std::vector<ProgramNode>{{Op::literal, make_literal(3, false)}});
  programs.add(std::vector<ProgramNode>{{Op::literal, make_literal(3, true)}});
  programs.add(std::vector<ProgramNode>{{Op::all_of, 0}});
  programs.add(std::vector<ProgramNode>{{Op::any_of, 0}});
  programs.add(
      std::vector<ProgramNode>{{Op::literal, make_literal(4, true)}});  // the first program
  const SharedGates gates(programs, 4);
  EXPECT_EQ(run(gates, {0b1000})[0], 0b001011000u);
  EXPECT_EQ(run(gates, {0b0001})[0], 0b101100001u);
}

// Programs may read those before them; bits straddle words.
TEST(SharedGates, AgreeWithTheProgramsOneByOne) {
  for (const std::uint32_t first : {1u, 60u, 64u, 130u}) {
    constexpr std::uint32_t count = 90;
    std::vector<std::vector<ProgramNode>> programs;
    ProgramList list;
    for (std::uint32_t i = 0; i < count; ++i) {
      programs.push_back(RandomPrograms(first * 1000 + i, 2 * (first + i)).next(4));
      list.add(programs.back());
    }
    const SharedGates gates(list, first);
    RandomPrograms random(first, 2);
    for (int user = 0; user < 50; ++user) {
      std::vector<std::uint64_t> bits((first + 63) / 64);
      for (std::uint32_t bit = 0; bit < first; ++bit) {
        bits[bit / 64] |= std::uint64_t{random.below(2)} << (bit % 64);
      }
      const auto result = run(gates, bits);
      for (std::uint32_t i = 0; i < count; ++i) {
        ASSERT_EQ(has(result, first + i), slow_evaluate(programs[i], result.data()))
            << to_string(programs[i]);
      }
      for (std::uint32_t bit = 0; bit < first; ++bit) ASSERT_EQ(has(result, bit), has(bits, bit));
    }
  }
}

}  // namespace
}  // namespace muster::testing
