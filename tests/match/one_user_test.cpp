#include <string>
#include <vector>

#include "one_user_sets.hpp"

namespace muster::testing {
namespace {

class OneUser : public ::testing::TestWithParam<std::string_view> {
 protected:
  const Kernel& kernel() const { return **find_kernel(GetParam()); }

  void check(const Set& set, Random& random, int users = 60) {
    check(set, OneUserIndex::build(set.input(), kernel()).value(), random, users);
    std::vector<float> frequency(set.input().all_bits());
    for (float& f : frequency) f = static_cast<float>(below(random, 1001)) / 1000;
    check(set, OneUserIndex::build(set.input(), kernel(), {frequency, 16}).value(), random, users);
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
};

TEST_P(OneUser, AgreesWithProgramsOnRandomSets) {
  Random random(1);
  for (std::size_t bits :
       {1u, 2u, 7u, 63u, 64u, 65u, 200u, 511u, 512u, 513u, 1024u, 1025u, 2048u, 2049u, 5000u}) {
    for (std::size_t rules : {1u, 3u, 64u, 200u, 3000u}) {
      SCOPED_TRACE(std::to_string(bits) + " bits, " + std::to_string(rules) + " rules");
      check(random_set(random, rules, {bits, 0.3, 2, 5}), random, 12);
    }
  }
}

TEST_P(OneUser, AgreesOnDeepPrograms) {
  Random random(2);
  for (std::size_t depth : {3u, 4u, 6u})
    check(random_set(random, 300, {60, 0.4, depth, 4}), random);
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
  for (std::size_t length : {2u, 23u, 24u, 25u, 26u, 63u, 300u, 2000u}) {
    for (Op op : {Op::all_of, Op::any_of}) {
      std::vector<Program> operands;
      for (std::uint32_t i = 0; i < length; ++i)
        operands.push_back(literal(make_literal(i, i % 2)));
      set.rules.add(combine(op, operands));
    }
  }
  check(set, random);
  std::vector<std::uint64_t> alternating(47, 0x5555555555555555u);
  const auto index = OneUserIndex::build(set.input(), kernel()).value();
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

INSTANTIATE_TEST_SUITE_P(Kernels, OneUser, ::testing::ValuesIn(kernel_names()), test_name);

}  // namespace
}  // namespace muster::testing
