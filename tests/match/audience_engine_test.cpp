#include "match/audience_engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <random>
#include <set>

#include "match/random_programs.hpp"

namespace muster {
namespace {

using testing::RandomPrograms;
using testing::slow_evaluate;
using Op = ProgramNode::Op;

struct Rules {
  ProgramList shared;
  ProgramList rules;
  std::size_t user_bits = 0;
  OneUserInput input() const { return {shared, rules, user_bits}; }
};

Rules random_rules(std::uint64_t seed, std::uint32_t bits, std::size_t shared, std::size_t rules) {
  Rules out;
  out.user_bits = bits;
  for (std::size_t i = 0; i < shared; ++i) {
    out.shared.add(RandomPrograms(seed + i, 2 * (bits + static_cast<std::uint32_t>(i))).next());
  }
  RandomPrograms programs(seed + 77, 2 * (bits + static_cast<std::uint32_t>(shared)));
  for (std::size_t r = 0; r < rules; ++r) out.rules.add(programs.next());
  return out;
}

EncodedUsers random_users(std::uint64_t seed, std::size_t users, std::size_t bits) {
  std::mt19937_64 random(seed);
  EncodedUsers out(users, bits);
  for (std::size_t u = 0; u < users; ++u) {
    const std::size_t word = u % EncodedUsers::tile_users / 64;
    for (std::size_t bit = 0; bit < bits; ++bit) {
      if (random() % 10 >= 1 + bit % 9) continue;
      out.column(u / EncodedUsers::tile_users, bit)[word] |= std::uint64_t{1} << (u % 64);
    }
  }
  return out;
}

/// All answers, one user and one rule at a time.
struct Expected {
  std::vector<std::uint64_t> counts, bitmaps, overlaps;
  Audience::Pairs pairs;

  Expected(const Rules& rules, const EncodedUsers& users) {
    const std::size_t n = rules.rules.size(), words = (users.users() + 63) / 64;
    counts.resize(n);
    overlaps.resize(n * n);
    bitmaps.resize(n * words);
    pairs.first = {0};
    std::vector<std::vector<ProgramNode>> shared(rules.shared.size()), all(n);
    for (std::size_t i = 0; i < shared.size(); ++i) rules.shared.read(i, shared[i]);
    for (std::size_t r = 0; r < n; ++r) rules.rules.read(r, all[r]);
    std::vector<std::uint64_t> bits((rules.user_bits + shared.size() + 63) / 64);
    const std::span<std::uint64_t> encoded(bits.data(), (rules.user_bits + 63) / 64);
    for (std::size_t u = 0; u < users.users(); ++u) {
      std::fill(bits.begin(), bits.end(), 0);
      users.user(u, encoded);
      for (std::size_t i = 0; i < shared.size(); ++i) {
        const std::size_t bit = rules.user_bits + i;
        if (slow_evaluate(shared[i], bits.data())) bits[bit / 64] |= std::uint64_t{1} << (bit % 64);
      }
      for (std::size_t r = 0; r < n; ++r) {
        if (!slow_evaluate(all[r], bits.data())) continue;
        ++counts[r];
        bitmaps[r * words + u / 64] |= std::uint64_t{1} << (u % 64);
        pairs.rules.push_back(static_cast<RuleId>(r));
      }
      for (std::size_t i = pairs.first.back(); i < pairs.rules.size(); ++i) {
        for (std::size_t j = pairs.first.back(); j < pairs.rules.size(); ++j) {
          ++overlaps[pairs.rules[i] * n + pairs.rules[j]];
        }
      }
      pairs.first.push_back(pairs.rules.size());
    }
  }
};

InstructionSet isa_of(std::string_view kernel) { return (*find_kernel(kernel))->isa; }

void expect_all(const AudienceEngine& engine, const EncodedUsers& users, const Expected& expected,
                unsigned threads) {
  RunOptions run;
  run.threads = threads;
  EXPECT_EQ(engine.counts(EncodedBlocks(users), run).value(), expected.counts);
  std::vector<std::uint64_t> bitmaps(expected.bitmaps.size(), 0x5555);
  ASSERT_TRUE(engine.bitmaps(EncodedBlocks(users), bitmaps, run));
  EXPECT_EQ(bitmaps, expected.bitmaps);
  Audience::Pairs pairs{{9, 9, 9}, {8, 8, 8}};
  ASSERT_TRUE(engine.pairs(EncodedBlocks(users), pairs, run));
  EXPECT_EQ(pairs.first, expected.pairs.first);
  EXPECT_EQ(pairs.rules, expected.pairs.rules);
  EXPECT_EQ(engine.overlaps(EncodedBlocks(users), run).value(), expected.overlaps);
}

/// Every kernel of this machine.
class AudienceKernels : public ::testing::TestWithParam<std::string_view> {};
INSTANTIATE_TEST_SUITE_P(All, AudienceKernels, ::testing::ValuesIn(kernel_names()),
                         [](const auto& kernel) {
                           std::string name(kernel.param);
                           std::erase(name, '.');
                           return name;
                         });

TEST_P(AudienceKernels, AgreesWithPlainEvaluationAroundWordAndTileEnds) {
  const Rules rules = random_rules(1, 40, 6, 70);
  const AudienceEngine engine(rules.input(), isa_of(GetParam()));
  for (const std::size_t count : {0u, 1u, 63u, 64u, 65u, 127u, 128u, 511u, 512u, 513u, 1023u, 1024u,
                                  1025u, 4095u, 4096u, 4097u, 9001u}) {
    SCOPED_TRACE(count);
    const EncodedUsers users = random_users(count, count, 40);
    const Expected expected(rules, users);
    for (const unsigned threads : {0u, 1u, 2u, 7u}) expect_all(engine, users, expected, threads);
  }
}

TEST_P(AudienceKernels, AgreesForAnyNumberOfRules) {
  const EncodedUsers users = random_users(3, 1500, 90);
  for (const std::size_t count : {0u, 1u, 2u, 7u, 8u, 9u, 63u, 64u, 65u, 128u, 200u}) {
    SCOPED_TRACE(count);
    const Rules rules = random_rules(count, 90, 20, count);
    expect_all(AudienceEngine(rules.input(), isa_of(GetParam())), users, Expected(rules, users), 2);
  }
}

TEST_P(AudienceKernels, AgreesOnThousandsOfBits) {
  const Rules rules = random_rules(5, 3000, 300, 300);
  const EncodedUsers users = random_users(6, 300, 3000);
  expect_all(AudienceEngine(rules.input(), isa_of(GetParam())), users, Expected(rules, users), 1);
}

/// One rule of every shape: so many positive, negated and alternative literals.
TEST_P(AudienceKernels, AgreesForEveryShape) {
  Rules rules;
  rules.user_bits = 24;
  for (std::uint32_t all = 0; all <= 10; ++all) {
    for (std::uint32_t none = 0; none <= 5; ++none) {
      for (std::uint32_t any = 0; any <= 6; ++any) {
        std::vector<ProgramNode> program;
        std::uint32_t bit = all + none;
        for (std::uint32_t i = 0; i < all; ++i)
          program.push_back({Op::literal, make_literal(8 + ++bit % 16, false)});
        for (std::uint32_t i = 0; i < none; ++i)
          program.push_back({Op::literal, make_literal(++bit % 24, true)});
        for (std::uint32_t i = 0; i < any; ++i)
          program.push_back({Op::literal, make_literal(++bit % 24, false)});
        if (any > 1 && all + none > 0) program.push_back({Op::any_of, any});
        const std::uint32_t operands = all + none + (any > 1 && all + none > 0 ? 1 : any);
        if (operands != 1) program.push_back({all + none > 0 ? Op::all_of : Op::any_of, operands});
        rules.rules.add(program);
      }
    }
  }
  const EncodedUsers users = random_users(8, 2100, 24);
  expect_all(AudienceEngine(rules.input(), isa_of(GetParam())), users, Expected(rules, users), 1);
}

/// Rules that share most of their literals, so that pairs get units of their own.
TEST_P(AudienceKernels, AgreesWhereRulesShareManyLiterals) {
  Rules rules;
  rules.user_bits = 12;
  std::mt19937_64 random(4);
  for (int r = 0; r < 400; ++r) {
    std::set<std::uint32_t> bits;
    while (bits.size() < 6) bits.insert(static_cast<std::uint32_t>(random() % 12));
    std::vector<ProgramNode> program;
    for (const std::uint32_t bit : bits)
      program.push_back({Op::literal, make_literal(bit, random() % 3 == 0)});
    program.push_back({Op::all_of, 6});
    rules.rules.add(program);
  }
  const EncodedUsers users = random_users(9, 4200, 12);
  expect_all(AudienceEngine(rules.input(), isa_of(GetParam())), users, Expected(rules, users), 1);
}

/// Several of each shape, so that kernels that count many values of a shape in one go have some
/// left over, and the plan makes them values of larger shapes, of each kind of operand.
TEST_P(AudienceKernels, AgreesForAnyNumberOfValuesOfAShape) {
  Rules rules;
  rules.user_bits = 20;
  std::uint32_t bit = 0;
  const auto add = [&](std::uint32_t all, std::uint32_t none, std::uint32_t any) {
    std::vector<ProgramNode> program;
    for (std::uint32_t i = 0; i < all + none; ++i)
      program.push_back({Op::literal, make_literal(++bit % 20, i >= all)});
    for (std::uint32_t i = 0; i < any; ++i)
      program.push_back({Op::literal, make_literal(++bit % 20, false)});
    if (any > 0) program.push_back({Op::any_of, any});
    program.push_back({Op::all_of, all + none + (any > 0 ? 1 : 0)});
    rules.rules.add(program);
  };
  for (std::uint32_t n = 1; n <= 19; ++n) {
    for (std::uint32_t i = 0; i < n; ++i) {
      add(1 + n % 3, 1 + n / 3 % 2, n % 2 * 2);
      add(2, 2, 2 + n % 3);
    }
  }
  const EncodedUsers users = random_users(10, 1300, 20);
  expect_all(AudienceEngine(rules.input(), isa_of(GetParam())), users, Expected(rules, users), 1);
}

/// So many lines that their numbers take more than 16 bits, and fewer than one tile's fit a cache.
TEST_P(AudienceKernels, AgreesOnMoreLinesThanShortOperandsCount) {
  constexpr std::uint32_t bits = 9000;
  Rules rules;
  rules.user_bits = bits;
  for (std::uint32_t bit = 0; bit + 2 < bits; bit += 2) {
    rules.rules.add(std::vector<ProgramNode>{{Op::literal, make_literal(bit, false)},
                                             {Op::literal, make_literal(bit + 1, bit % 3 == 0)},
                                             {Op::literal, make_literal(bit + 2, false)},
                                             {Op::all_of, 3}});
  }
  const EncodedUsers users = random_users(11, 600, bits);
  const AudienceEngine engine(rules.input(), isa_of(GetParam()));
  ASSERT_TRUE(engine.plan().short_operands.empty());
  const Expected expected(rules, users);
  EXPECT_EQ(engine.counts(EncodedBlocks(users), {}).value(), expected.counts);
  Audience::Pairs pairs;
  ASSERT_TRUE(engine.pairs(EncodedBlocks(users), pairs, {}));
  EXPECT_EQ(pairs.rules, expected.pairs.rules);
}

/// So many rules that fewer lines of each than a block's are kept, and some are left over.
TEST_P(AudienceKernels, WritesBitmapsOfMoreRulesThanFitTogether) {
  const Rules rules = random_rules(12, 40, 0, 1300);
  const EncodedUsers users = random_users(13, 5'000, 40);
  const AudienceEngine engine(rules.input(), isa_of(GetParam()));
  const std::size_t words = (users.users() + 63) / 64;
  std::vector<std::uint64_t> bitmaps(words * 1300);
  ASSERT_TRUE(engine.bitmaps(EncodedBlocks(users), bitmaps, {}));
  std::vector<std::uint64_t> sums(1300);
  for (std::size_t i = 0; i < bitmaps.size(); ++i) {
    sums[i / words] += static_cast<std::uint64_t>(std::popcount(bitmaps[i]));
  }
  EXPECT_EQ(engine.counts(EncodedBlocks(users), {}).value(), sums);
}

TEST_P(AudienceKernels, AgreesWhereEveryUserMatchesEveryRule) {
  Rules rules;
  rules.user_bits = 1;
  for (int r = 0; r < 130; ++r) rules.rules.add(std::vector<ProgramNode>{{Op::all_of, 0}});
  const EncodedUsers users = random_users(1, 1100, 1);
  expect_all(AudienceEngine(rules.input(), isa_of(GetParam())), users, Expected(rules, users), 1);
}

TEST(AudienceEngine, RefusesUsersOfAnotherRuleSet) {
  const Rules rules = random_rules(1, 10, 0, 3);
  const AudienceEngine engine(rules.input(), InstructionSet::scalar);
  const auto counts = engine.counts(EncodedBlocks(EncodedUsers(5, 11)), {});
  ASSERT_FALSE(counts);
  EXPECT_EQ(counts.error().code, Errc::schema_mismatch);
  EXPECT_EQ(counts.error().message,
            "the users were encoded to 11 bits each, but the rule set reads 10");
}

TEST(AudienceEngine, RefusesMemoryOfTheWrongSize) {
  const Rules rules = random_rules(1, 10, 0, 3);
  const AudienceEngine engine(rules.input(), InstructionSet::scalar);
  std::vector<std::uint64_t> out(5);
  const auto done = engine.bitmaps(EncodedBlocks(EncodedUsers(65, 10)), out, {});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::invalid_argument);
  EXPECT_EQ(done.error().message, "bitmaps of 3 rules take 6 words, not 5");
}

TEST(AudienceEngine, TellsProgressUpToTheTotal) {
  const Rules rules = random_rules(1, 10, 0, 3);
  const AudienceEngine engine(rules.input(), InstructionSet::scalar);
  std::uint64_t last = 0, total = 0;
  RunOptions run;
  run.progress = [&](std::uint64_t done, std::uint64_t all) {
    EXPECT_EQ(done, last + 1);
    last = done;
    total = all;
  };
  ASSERT_TRUE(engine.counts(EncodedBlocks(EncodedUsers(3 * users_a_block + 1, 10)), run));
  EXPECT_EQ(last, 4u);
  EXPECT_EQ(total, 4u);
}

TEST(AudienceEngine, StopsWithinABlockWhenCancelled) {
  const Rules rules = random_rules(1, 10, 0, 3);
  const AudienceEngine engine(rules.input(), InstructionSet::scalar);
  const EncodedUsers users(10 * users_a_block, 10);
  Audience::Pairs pairs;
  std::vector<std::uint64_t> bitmaps(3 * users.users() / 64);
  const std::function<bool(const RunOptions&)> calls[] = {
      [&](const RunOptions& run) {
        return engine.counts(EncodedBlocks(users), run).error().code == Errc::cancelled;
      },
      [&](const RunOptions& run) {
        return engine.bitmaps(EncodedBlocks(users), bitmaps, run).error().code == Errc::cancelled;
      },
      [&](const RunOptions& run) {
        return engine.pairs(EncodedBlocks(users), pairs, run).error().code == Errc::cancelled;
      },
      [&](const RunOptions& run) {
        return engine.overlaps(EncodedBlocks(users), run).error().code == Errc::cancelled;
      },
  };
  for (const auto& call : calls) {
    CancelToken cancel;
    std::uint64_t tiles = 0;
    RunOptions run;
    run.cancel = &cancel;
    run.progress = [&](std::uint64_t done, std::uint64_t) {
      tiles = done;
      if (done == 2) cancel.cancel();
    };
    EXPECT_TRUE(call(run));
    EXPECT_EQ(tiles, 2u);
  }
}

}  // namespace
}  // namespace muster
