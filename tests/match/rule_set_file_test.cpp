#include <gtest/gtest.h>

#include "match/saved_rule_set.hpp"
#include "muster/match/kernel.hpp"

namespace muster {
namespace {

using testing::Bytes;
using testing::envelope;
using testing::failure;
using testing::Parts;
using testing::random_rules;
using testing::random_user;
using testing::RandomPrograms;
using testing::today;

TEST(RuleSetFile, ComesBackAndMatchesTheSame) {
  const RuleSet rules = random_rules(200);
  const Bytes bytes = rules.save();
  for (const std::string_view kernel : kernel_names()) {
    const RuleSet loaded = RuleSet::load(bytes, {kernel}).value();
    EXPECT_EQ(loaded.kernel(), kernel);
    EXPECT_EQ(loaded.size(), rules.size());
    EXPECT_EQ(loaded.save(), bytes);
    EXPECT_EQ(loaded.schema().fingerprint(), rules.schema().fingerprint());
    RandomPrograms random(1, 1);
    Scratch scratch(rules);
    Scratch loaded_scratch(loaded);
    std::vector<RuleId> ids(rules.size());
    std::vector<RuleId> loaded_ids(rules.size());
    for (int i = 0; i < 50; ++i) {
      const User user = random_user(random, rules.schema());
      const auto bits = rules.encoder().encode(user, today).value();
      ASSERT_EQ(loaded.encoder().encode(user, today).value(), bits);
      const std::size_t found = rules.match(bits, scratch, ids);
      ASSERT_EQ(loaded.match(bits, loaded_scratch, loaded_ids), found);
      ASSERT_TRUE(std::equal(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(found),
                             loaded_ids.begin()));
    }
  }
}

TEST(RuleSetFile, IsTheSameForEqualInput) {
  const Bytes bytes = random_rules(100).save();
  for (const std::string_view kernel : kernel_names()) {
    EXPECT_EQ(random_rules(100, {kernel}).save(), bytes);
  }
}

// The format must not drift by accident: what a test wrote by hand is written back.
TEST(RuleSetFile, KeepsItsFormat) {
  const Parts parts;
  const RuleSet rules = RuleSet::load(envelope(parts.payload())).value();
  Parts written;
  written.schema = rules.schema().to_json();
  EXPECT_EQ(rules.save(), envelope(written.payload()));
}

TEST(RuleSetFile, LoadsWhatIsWellFormed) {
  const RuleSet rules = RuleSet::load(envelope(Parts().payload())).value();
  EXPECT_EQ(rules.size(), 2u);
  EXPECT_EQ(rules.encoder().bits(), 3u);
  const std::vector<std::uint64_t> vip_in_a{3};
  EXPECT_FALSE(rules.matches(vip_in_a, 0));
  EXPECT_TRUE(rules.matches(vip_in_a, 1));
}

TEST(RuleSetFile, MayBeEmpty) {
  const RuleSet rules = RuleSet::load(random_rules(0).save()).value();
  EXPECT_EQ(rules.size(), 0u);
}

TEST(RuleSetFile, KeepsToLimits) {
  const Bytes bytes = envelope(Parts().payload());
  const std::vector<std::tuple<std::function<void(Limits&)>, std::string>> cases = {
      {[&](Limits& limits) { limits.max_saved_bytes = bytes.size() - 1; },
       "the saved rule set has " + std::to_string(bytes.size()) +
           " bytes, more than max_saved_bytes (" + std::to_string(bytes.size() - 1) + ")"},
      {[](Limits& limits) { limits.max_rules = 1; },
       "the saved rule set has 2 rules, more than max_rules (1)"},
      {[](Limits& limits) { limits.max_bits = 2; },
       "the saved rule set is refused: it has 3 predicates, more than max_bits (2)"},
      {[](Limits& limits) { limits.max_shared_segments = 0; },
       "the saved rule set has 1 shared programs, more than max_shared_segments (0)"},
  };
  for (const auto& [set, message] : cases) {
    Limits limits;
    set(limits);
    const Error error = failure(bytes, limits);
    EXPECT_EQ(error.code, Errc::limit);
    EXPECT_EQ(error.message, message);
  }
  Limits tags;
  tags.max_tags = 4;
  EXPECT_EQ(failure(bytes, tags).code, Errc::limit);

  Parts many;
  many.shared_size = CompiledRules::max_shared + 1;
  many.shared.assign(many.shared_size, 0);
  Limits unlimited;
  unlimited.max_shared_segments = SIZE_MAX;
  const Error error = failure(envelope(many.payload()), unlimited);
  EXPECT_EQ(error.code, Errc::limit);
  EXPECT_EQ(
      error.message,
      "the saved rule set has 262145 shared programs, more than max_shared_segments (262144)");
}

TEST(RuleSetFile, MayMeasureASampleAnew) {
  const RuleSet rules = random_rules(50);
  UserTable sample(rules.schema());
  RandomPrograms random(5, 1);
  for (int i = 0; i < 50; ++i) sample.append({}, random_user(random, rules.schema())).value();
  CompileOptions options;
  options.sample = &sample;
  options.sample_today = today;
  const RuleSet loaded = RuleSet::load(rules.save(), options).value();
  EXPECT_NE(loaded.save(), rules.save());
  const std::vector<std::uint64_t> user(rules.encoder().words());
  for (RuleId id = 0; id < rules.size(); ++id) {
    EXPECT_EQ(loaded.matches(user, id), rules.matches(user, id));
  }
}

// A chain of shared programs, each reading the one before it twice: read naively, testing one
// rule would take for ever.
TEST(RuleSetFile, TestsOneRuleOfATangledFileQuickly) {
  Parts parts;
  parts.shared.clear();
  parts.shared_size = 5000;
  parts.frequencies.assign(3 + parts.shared_size, 0);
  ProgramList shared;
  for (std::uint32_t i = 0; i < parts.shared_size; ++i) {
    using Op = ProgramNode::Op;
    const ProgramNode before{Op::literal,
                             i == 0 ? make_literal(0, false) : make_literal(2 + i, false)};
    shared.add(std::vector<ProgramNode>{
        before, {Op::literal, make_literal(1, true)}, before, {Op::any_of, 2}, {Op::all_of, 2}});
  }
  parts.shared.assign(shared.bytes().begin(), shared.bytes().end());
  ProgramList rules;
  rules.add(std::vector<ProgramNode>{{ProgramNode::Op::literal, make_literal(3 + 4999, false)}});
  parts.rules_size = 1;
  parts.rules.assign(rules.bytes().begin(), rules.bytes().end());
  const RuleSet loaded = RuleSet::load(envelope(parts.payload())).value();
  for (std::uint64_t bits = 0; bits < 8; ++bits) {
    const std::vector<std::uint64_t> user{bits};
    Scratch scratch(loaded);
    EXPECT_EQ(loaded.matches(user, 0), bits % 2 == 1);
    EXPECT_EQ(loaded.match(user, scratch, {}), bits % 2);
  }
}

}  // namespace
}  // namespace muster
