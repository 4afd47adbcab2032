#include "match/programs.hpp"

#include <gtest/gtest.h>

#include <tuple>

#include "match/random_programs.hpp"

namespace muster {
namespace {

using testing::RandomPrograms;
using testing::slow_evaluate;
using testing::to_string;
using Op = ProgramNode::Op;

constexpr std::uint32_t largest = 0xffffffffu;

ProgramNode lit(Literal literal) { return {Op::literal, literal}; }
ProgramNode all(std::uint32_t operands) { return {Op::all_of, operands}; }
ProgramNode any(std::uint32_t operands) { return {Op::any_of, operands}; }

ProgramList list_of(const std::vector<std::vector<ProgramNode>>& programs) {
  ProgramList list;
  for (const auto& program : programs) list.add(program);
  return list;
}

std::vector<ProgramNode> read(const ProgramList& list, std::size_t index) {
  std::vector<ProgramNode> out;
  list.read(index, out);
  return out;
}

TEST(Programs, SpellOutAsDocumented) {
  const std::vector<std::tuple<std::vector<ProgramNode>, std::vector<std::uint8_t>>> cases = {
      {{all(0)}, {0}},
      {{any(0)}, {1, 0, 0}},
      {{lit(0)}, {2, 0}},
      {{lit(199)}, {201, 0}},
      {{lit(200)}, {202, 0, 0}},
      {{lit(455)}, {202, 255, 0}},
      {{lit(456)}, {203, 0, 0}},
      {{lit(13511)}, {253, 255, 0}},
      {{lit(13512)}, {254, 0, 0, 0}},
      {{lit(79047)}, {254, 255, 255, 0}},
      {{lit(79048)}, {255, 0, 0, 0, 0, 0}},
      {{lit(largest)}, {255, 0xff, 0xfe, 0xcb, 0x37, 0}},
      {{lit(6), lit(8), all(2)}, {8, 10, 0}},
      {{lit(6), lit(8), any(2)}, {1, 8, 10, 0, 0}},
      {{lit(6), lit(10), lit(9), any(2), all(2)}, {8, 1, 12, 11, 0, 0}},
      {{lit(0), lit(1), all(2), lit(2), any(2)}, {1, 1, 2, 3, 0, 4, 0, 0}},
  };
  for (const auto& [program, bytes] : cases) {
    const ProgramList list = list_of({program});
    EXPECT_EQ(std::vector<std::uint8_t>(list.bytes().begin(), list.bytes().end()), bytes);
    EXPECT_EQ(read(list, 0), program) << to_string(program);
  }
}

TEST(Programs, ComeBackAsTheyWentIn) {
  for (const std::uint32_t literals : {4u, 400u, 20'000u, 100'000u, largest}) {
    RandomPrograms random(literals, literals);
    std::vector<std::vector<ProgramNode>> programs;
    for (int i = 0; i < 500; ++i) programs.push_back(random.next(1 + random.below(8)));
    const ProgramList list = list_of(programs);
    ASSERT_EQ(list.size(), programs.size());
    for (std::size_t i = 0; i < programs.size(); ++i) {
      EXPECT_EQ(to_string(read(list, i)), to_string(programs[i]));
    }
    ProgramList::Cursor cursor(list, 37);
    std::vector<ProgramNode> program;
    for (std::size_t i = 37; i < programs.size(); ++i) {
      cursor.next(program);
      EXPECT_EQ(program, programs[i]);
    }
    const auto copy = ProgramList::from_bytes(list.bytes(), list.size(), literals);
    ASSERT_TRUE(copy) << copy.error().message;
    for (const std::size_t i : {0u, 15u, 16u, 17u, 499u}) {
      EXPECT_EQ(read(*copy, i), programs[i]);
    }
  }
}

TEST(Programs, EvaluateLikeAnOperandStack) {
  RandomPrograms random(7, 300);
  std::vector<std::vector<ProgramNode>> programs;
  for (int i = 0; i < 2000; ++i) programs.push_back(random.next(1 + random.below(6)));
  const ProgramList list = list_of(programs);
  for (int user = 0; user < 50; ++user) {
    std::uint64_t bits[3];
    for (auto& word : bits)
      word = std::uint64_t{random.below(largest)} << 32 | random.below(largest);
    for (std::size_t i = 0; i < programs.size(); ++i) {
      ASSERT_EQ(list.evaluate(i, bits), slow_evaluate(programs[i], bits)) << to_string(programs[i]);
    }
  }
}

TEST(Programs, MayBeAsDeepAsTheLimit) {
  std::vector<ProgramNode> program{lit(0)};
  for (std::size_t depth = 0; depth < ProgramList::max_depth; ++depth) {
    program.push_back(lit(2));
    program.push_back(depth % 2 == 0 ? any(2) : all(2));
  }
  const ProgramList list = list_of({program});
  EXPECT_EQ(read(list, 0), program);
  for (std::uint64_t bits = 0; bits < 4; ++bits) {
    EXPECT_EQ(list.evaluate(0, &bits), slow_evaluate(program, &bits)) << bits;
  }
  EXPECT_TRUE(ProgramList::from_bytes(list.bytes(), 1, 4));
}

TEST(Programs, RefuseHostileBytes) {
  const std::vector<std::uint8_t> too_deep(ProgramList::max_depth + 1, 1);
  const std::vector<std::tuple<std::vector<std::uint8_t>, std::size_t, const char*>> cases = {
      {{}, 1, "there are fewer bytes than programs"},
      {{0}, std::size_t{1} << 60, "there are fewer bytes than programs"},
      {{2, 0}, 2, "program 1 is cut short"},
      {{0, 0}, 1, "bytes follow the last program"},
      {{0}, 0, "bytes follow the last program"},
      {{2}, 1, "program 0 is cut short"},
      {{202}, 1, "program 0 is cut short"},
      {{254, 0}, 1, "program 0 is cut short"},
      {{255, 0, 0, 0}, 1, "program 0 is cut short"},
      {{1, 2, 3, 0}, 1, "program 0 is cut short"},
      {{0, 11, 12, 0}, 2, "program 1 has a literal that does not exist"},
      {{202, 0, 0}, 1, "program 0 has a literal that does not exist"},
      {{255, 255, 255, 255, 255, 0}, 1, "program 0 has a literal that does not exist"},
      {{1, 2, 0, 0}, 1, "program 0 has a group with too few operands"},
      {{2, 1, 0, 0}, 1, "program 0 has a group with too few operands"},
      {{1, 0, 2, 0}, 1, "program 0 has a group with too few operands"},
      {{1, 2, 1, 0, 0, 0}, 1, "program 0 has a group with too few operands"},
      {{1, 0}, 1, "program 0 has a group with too few operands"},
      {too_deep, 1, "program 0 is nested too deeply"},
  };
  for (const auto& [bytes, size, message] : cases) {
    const auto list = ProgramList::from_bytes(bytes, size, 10);
    ASSERT_FALSE(list) << message;
    EXPECT_EQ(list.error().code, Errc::corrupt);
    EXPECT_EQ(list.error().message, message);
  }
}

TEST(Programs, AcceptOnlyBytesThatReadBackTheSame) {
  RandomPrograms random(11, 1u << 30);
  for (int i = 0; i < 200'000; ++i) {
    std::vector<std::uint8_t> bytes(1 + random.below(12));
    for (auto& byte : bytes) {
      byte = static_cast<std::uint8_t>(random.below(3) == 0 ? random.below(256) : random.below(4));
    }
    const auto list = ProgramList::from_bytes(bytes, 1, 1u << 30);
    if (!list) continue;
    const ProgramList again = list_of({read(*list, 0)});
    ASSERT_TRUE(std::equal(bytes.begin(), bytes.end(), again.bytes().begin(), again.bytes().end()));
  }
}

TEST(Programs, CountTheirMemory) {
  ProgramList list;
  for (int i = 0; i < 1600; ++i) list.add(std::vector{lit(1), lit(2), all(2)});
  list.shrink_to_fit();
  EXPECT_EQ(list.memory_bytes(), 1600u * 3 + 100 * sizeof(std::uint64_t));
}

}  // namespace
}  // namespace muster
