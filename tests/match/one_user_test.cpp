#include "match/one_user.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <random>
#include <string>
#include <vector>

namespace {
std::atomic<std::size_t> allocations{0};
}

[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace muster {
namespace {

using Op = ProgramNode::Op;
using Program = std::vector<ProgramNode>;
using Random = std::mt19937;

std::uint32_t below(Random& random, std::size_t n) {
  return static_cast<std::uint32_t>(random() % n);
}

Program literal(Literal value) { return {{Op::literal, value}}; }

Program combine(Op op, const std::vector<Program>& operands) {
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

Literal random_literal(Random& random, const Shape& shape) {
  // Low bits more often, as rule sets number them.
  const std::uint32_t bit = below(random, 1 + below(random, shape.bits));
  return make_literal(bit, random() % 1000 < shape.negated * 1000);
}

Program random_program(Random& random, const Shape& shape, std::size_t depth, Op op) {
  if (depth == 0 || random() % 3 == 0) return literal(random_literal(random, shape));
  std::vector<Program> operands;
  const std::size_t count = 2 + below(random, shape.operands - 1);
  const Op inner = op == Op::all_of ? Op::any_of : Op::all_of;
  while (operands.size() < count) {
    operands.push_back(random_program(random, shape, depth - 1, inner));
  }
  return combine(op, operands);
}

Program random_program(Random& random, const Shape& shape) {
  const Op op = random() % 3 == 0 ? Op::any_of : Op::all_of;
  return random_program(random, shape, shape.depth, op);
}

class OneUser : public testing::TestWithParam<std::string_view> {
 protected:
  struct Set {
    ProgramList shared;
    ProgramList rules;
    std::size_t user_bits = 0;
    OneUserInput input() const { return {shared, rules, user_bits}; }
  };

  const Kernel& kernel() const { return **find_kernel(GetParam()); }

  std::vector<std::uint64_t> random_user(Random& random, std::size_t bits, unsigned percent) {
    std::vector<std::uint64_t> user((bits + 63) / 64);
    for (std::size_t i = 0; i < bits; ++i) {
      user[i / 64] |= std::uint64_t{random() % 100 < percent} << (i % 64);
    }
    return user;
  }

  static std::vector<std::uint32_t> expected(const Set& set, std::vector<std::uint64_t> user) {
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

  void check(const Set& set, Random& random, int users = 60) {
    check(set, OneUserIndex::build(set.input(), kernel()), random, users);
    std::vector<float> frequency(set.input().all_bits());
    for (float& f : frequency) f = static_cast<float>(below(random, 1001)) / 1000;
    check(set, OneUserIndex::build(set.input(), kernel(), {frequency, 16}), random, users);
  }

  void check(const Set& set, const OneUserIndex& index, Random& random, int users) {
    OneUserScratch scratch(index);
    for (int i = 0; i < users; ++i) {
      const unsigned percent = i == 0 ? 0 : i == 1 ? 100 : 5 + below(random, 90);
      const auto user = random_user(random, set.user_bits, percent);
      const auto ids = expected(set, user);
      check_ids(set, index, user, scratch, ids);
      check_bitmap(set, index, user, scratch, ids);
    }
  }

  void check_ids(const Set& set, const OneUserIndex& index, const std::vector<std::uint64_t>& user,
                 OneUserScratch& scratch, const std::vector<std::uint32_t>& ids) {
    constexpr std::uint32_t untouched = 0xdeadbeef;
    for (std::size_t room : {set.rules.size() + 1000, ids.size(), ids.size() / 2, std::size_t{0}}) {
      std::vector<std::uint32_t> out(room + 200, untouched);
      ASSERT_EQ(index.match(set.input(), user.data(), scratch, std::span(out).first(room)),
                ids.size());
      const std::size_t written = std::min(room, ids.size());
      ASSERT_TRUE(
          std::equal(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(written), out.begin()))
          << "room " << room;
      for (std::size_t i = room; i < out.size(); ++i) ASSERT_EQ(out[i], untouched);
    }
  }

  void check_bitmap(const Set& set, const OneUserIndex& index,
                    const std::vector<std::uint64_t>& user, OneUserScratch& scratch,
                    const std::vector<std::uint32_t>& ids) {
    std::vector<std::uint64_t> wanted((set.rules.size() + 63) / 64);
    for (std::uint32_t id : ids) wanted[id / 64] |= std::uint64_t{1} << (id % 64);
    std::vector<std::uint64_t> out(wanted.size(), 0x5555);
    index.match_bits(set.input(), user.data(), scratch, out.data());
    ASSERT_EQ(out, wanted);
  }

  Set random_set(Random& random, std::size_t rules, const Shape& shape, std::size_t shared = 0) {
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
};

TEST_P(OneUser, AgreesWithProgramsOnRandomSets) {
  Random random(1);
  for (std::size_t bits : {1, 2, 7, 63, 64, 65, 200, 511, 512, 513, 700, 5000}) {
    for (std::size_t rules : {1, 3, 64, 200, 3000}) {
      SCOPED_TRACE(std::to_string(bits) + " bits, " + std::to_string(rules) + " rules");
      check(random_set(random, rules, {bits, 0.3, 2, 5}), random, 12);
    }
  }
}

TEST_P(OneUser, AgreesOnDeepPrograms) {
  Random random(2);
  for (std::size_t depth : {3, 4, 6}) check(random_set(random, 300, {60, 0.4, depth, 4}), random);
}

TEST_P(OneUser, AgreesWithSharedBits) {
  Random random(3);
  check(random_set(random, 500, {100, 0.3, 2, 5}, 40), random);
  check(random_set(random, 500, {64, 0.3, 2, 5}, 1), random);
  check(random_set(random, 2000, {500, 0.3, 2, 5}, 300), random);
}

TEST_P(OneUser, AgreesOverSeveralTiles) {
  Random random(4);
  check(random_set(random, 140'000, {300, 0.2, 2, 6}), random, 8);
}

TEST_P(OneUser, NoRules) {
  Random random(5);
  Set set;
  set.user_bits = 10;
  check(set, random);
}

TEST_P(OneUser, NoBits) {
  Random random(6);
  Set set;
  for (int i = 0; i < 100; ++i) set.rules.add(combine(i % 3 == 0 ? Op::all_of : Op::any_of, {}));
  check(set, random);
}

TEST_P(OneUser, ConstantsAmongOthers) {
  Random random(7);
  Set set = random_set(random, 200, {40, 0.3, 2, 4});
  for (int i = 0; i < 200; ++i) {
    set.rules.add(combine(i % 2 == 0 ? Op::all_of : Op::any_of, {}));
    set.rules.add(literal(random_literal(random, {40, 0.5, 1, 2})));
  }
  check(set, random);
}

TEST_P(OneUser, LongConjunctionsAndDisjunctions) {
  Random random(8);
  Set set;
  set.user_bits = 3000;
  for (std::size_t length : {2, 23, 24, 25, 26, 63, 300, 2000}) {
    for (Op op : {Op::all_of, Op::any_of}) {
      std::vector<Program> operands;
      for (std::uint32_t i = 0; i < length; ++i)
        operands.push_back(literal(make_literal(i, i % 2)));
      set.rules.add(combine(op, operands));
    }
  }
  check(set, random);
  std::vector<std::uint64_t> alternating(47, 0x5555555555555555u);
  const auto index = OneUserIndex::build(set.input(), kernel());
  OneUserScratch scratch(index);
  check_ids(set, index, alternating, scratch, expected(set, alternating));
}

TEST_P(OneUser, RulesWithThousandsOfConjunctions) {
  Random random(9);
  Set set;
  set.user_bits = 100;
  for (int rule = 0; rule < 50; ++rule) {
    std::vector<Program> pairs;
    for (int i = 0; i < 12; ++i) {
      pairs.push_back(combine(Op::any_of, {literal(random_literal(random, {100, 0.5, 1, 2})),
                                           literal(random_literal(random, {100, 0.5, 1, 2}))}));
    }
    if (rule % 2 == 0) pairs.push_back(literal(random_literal(random, {100, 0.1, 1, 2})));
    set.rules.add(combine(Op::all_of, pairs));
  }
  check(set, random);
}

TEST_P(OneUser, DuplicatesAndContradictions) {
  Random random(10);
  Set set;
  set.user_bits = 20;
  for (int i = 0; i < 300; ++i) {
    const Literal a = random_literal(random, {4, 0.5, 1, 2});
    const Literal b = random_literal(random, {4, 0.5, 1, 2});
    set.rules.add(combine(Op::all_of, {literal(a), literal(b)}));
    set.rules.add(combine(Op::any_of, {literal(a), literal(b)}));
    set.rules.add(combine(Op::all_of, {literal(a), combine(Op::any_of, {literal(a), literal(b)})}));
    set.rules.add(
        combine(Op::all_of, {literal(a), combine(Op::any_of, {literal(a ^ 1), literal(b)})}));
  }
  check(set, random);
}

TEST_P(OneUser, EverythingMatches) {
  Random random(11);
  Set set;
  set.user_bits = 8;
  for (std::uint32_t i = 0; i < 70'000; ++i) set.rules.add(literal(make_literal(i % 8, false)));
  check(set, random, 6);
}

TEST_P(OneUser, MatchAllocatesNothing) {
  Random random(12);
  const Set set = random_set(random, 2000, {600, 0.3, 3, 4}, 20);
  const auto index = OneUserIndex::build(set.input(), kernel());
  OneUserScratch scratch(index);
  std::vector<std::uint32_t> ids(set.rules.size());
  std::vector<std::uint64_t> bitmap((set.rules.size() + 63) / 64);
  std::vector<std::vector<std::uint64_t>> users;
  for (int i = 0; i < 50; ++i) users.push_back(random_user(random, set.user_bits, 30));
  const std::size_t before = allocations;
  for (const auto& user : users) {
    index.match(set.input(), user.data(), scratch, ids);
    index.match_bits(set.input(), user.data(), scratch, bitmap.data());
  }
  EXPECT_EQ(allocations - before, 0u);
}

TEST_P(OneUser, MemoryIsCounted) {
  Random random(13);
  const Set small = random_set(random, 100, {200, 0.2, 1, 8});
  const Set large = random_set(random, 10'000, {200, 0.2, 1, 8});
  const std::size_t few = OneUserIndex::build(small.input(), kernel()).memory_bytes();
  const std::size_t many = OneUserIndex::build(large.input(), kernel()).memory_bytes();
  EXPECT_GT(few, 0u);
  EXPECT_GT(many, few * 10);
  EXPECT_LT(many, 10'000u * 40);
}

std::string test_name(const testing::TestParamInfo<std::string_view>& info) {
  std::string name(info.param);
  name.erase(std::remove(name.begin(), name.end(), '.'), name.end());
  return name;
}

INSTANTIATE_TEST_SUITE_P(Kernels, OneUser, testing::ValuesIn(kernel_names()), test_name);

}  // namespace
}  // namespace muster
