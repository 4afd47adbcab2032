#include "muster/match/rule_set.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <thread>

#include "match/compile_text.hpp"
#include "muster/match/kernel.hpp"

namespace muster {
namespace {

using testing::random_user;
using testing::RandomPrograms;
using testing::RandomRules;
using testing::Source;
using testing::telco_schema;
using testing::today;

using Bits = std::vector<std::uint64_t>;

std::vector<RuleId> match(const RuleSet& rules, const Bits& user) {
  Scratch scratch(rules);
  std::vector<RuleId> ids(rules.size());
  ids.resize(rules.match(user, scratch, ids));
  return ids;
}

RuleSet compile(const std::vector<std::string>& rules, const CompileOptions& options = {}) {
  RuleSetBuilder builder(telco_schema());
  for (const std::string& rule : rules) builder.add(rule).value();
  return std::move(builder).compile(options).value();
}

// The same rules in a builder and in a Source that answers slowly.
struct Pair {
  RuleSetBuilder builder{telco_schema()};
  Source source{telco_schema()};

  Pair(std::uint64_t seed, int count) {
    RandomRules random(seed);
    constexpr unsigned segments = 6;
    for (unsigned i = 0; i < segments; ++i) {
      const std::string rule = random.next(2, i);
      builder.define("s" + std::to_string(i), rule).value();
      source.define("s" + std::to_string(i), rule);
    }
    for (int i = 0; i < count; ++i) {
      const std::string rule = random.next(3, segments);
      EXPECT_EQ(builder.add(rule).value(), static_cast<RuleId>(i));
      source.add(rule);
    }
  }

  std::vector<RuleId> expected(const User& user) {
    std::vector<RuleId> ids;
    for (std::size_t i = 0; i < source.size(); ++i) {
      if (source.holds(i, user)) ids.push_back(static_cast<RuleId>(i));
    }
    return ids;
  }
};

TEST(RuleSet, MatchesLikeTheFormulas) {
  for (const std::string_view kernel : kernel_names()) {
    Pair pair(5, 150);
    const RuleSet rules = std::move(pair.builder).compile({kernel}).value();
    EXPECT_EQ(rules.kernel(), kernel);
    Scratch scratch(rules);
    RandomPrograms random(1, 1);
    for (int i = 0; i < 60; ++i) {
      const User user = random_user(random, rules.schema());
      const Bits bits = rules.encoder().encode(user, today).value();
      const std::vector<RuleId> expected = pair.expected(user);
      EXPECT_EQ(match(rules, bits), expected);

      Bits bitmap((rules.size() + 63) / 64, ~std::uint64_t{0});
      rules.match_bits(bits, scratch, bitmap);
      std::vector<RuleId> from_bitmap;
      std::vector<RuleId> one_by_one;
      for (RuleId id = 0; id < rules.size(); ++id) {
        if ((bitmap[id / 64] >> (id % 64) & 1) != 0) from_bitmap.push_back(id);
        if (rules.matches(bits, id)) one_by_one.push_back(id);
      }
      EXPECT_EQ(from_bitmap, expected);
      EXPECT_EQ(one_by_one, expected);
      EXPECT_EQ(bitmap.back() >> (rules.size() % 64), 0u);
    }
  }
}

TEST(RuleSet, SaysHowManyThereAreWhateverTheRoom) {
  const RuleSet rules = compile({"fee >= 1", "fee >= 2", "fee >= 99", "fee >= 3"});
  User user(rules.schema());
  for (const char* flag : {"vip", "paid"}) user.set(flag, false).value();
  user.set("fee", 50).value();
  const Bits bits = rules.encoder().encode(user, today).value();
  Scratch scratch(rules);
  const std::vector<RuleId> expected{0, 1, 3};
  for (std::size_t room = 0; room < 6; ++room) {
    std::vector<RuleId> out(6, 77);
    EXPECT_EQ(rules.match(bits, scratch, std::span(out).first(room)), 3u);
    for (std::size_t i = 0; i < out.size(); ++i) {
      EXPECT_EQ(out[i], i < std::min<std::size_t>(room, 3) ? expected[i] : 77u);
    }
  }
}

TEST(RuleSet, MayBeEmpty) {
  const RuleSet rules = compile({});
  EXPECT_EQ(rules.size(), 0u);
  EXPECT_EQ(rules.encoder().bits(), 0u);
  EXPECT_TRUE(match(rules, {}).empty());
  Scratch scratch(rules);
  rules.match_bits({}, scratch, {});
}

TEST(RuleSet, MayHoldConstantsOnly) {
  const RuleSet rules = compile({"vip OR NOT vip", "vip AND NOT vip", "TRUE"});
  EXPECT_EQ(rules.encoder().bits(), 0u);
  EXPECT_EQ(match(rules, {}), (std::vector<RuleId>{0, 2}));
  EXPECT_TRUE(rules.matches({}, 0));
  EXPECT_FALSE(rules.matches({}, 1));
}

TEST(RuleSet, IsSharedAcrossThreads) {
  Pair pair(8, 100);
  const RuleSet rules = std::move(pair.builder).compile().value();
  RandomPrograms random(3, 1);
  std::vector<Bits> users;
  std::vector<std::vector<RuleId>> expected;
  for (int i = 0; i < 50; ++i) {
    const User user = random_user(random, rules.schema());
    users.push_back(rules.encoder().encode(user, today).value());
    expected.push_back(pair.expected(user));
  }
  std::vector<std::thread> threads;
  std::vector<int> wrong(4);
  for (int& count : wrong) {
    threads.emplace_back([&users, &expected, &count, rules] {
      Scratch scratch(rules);
      std::vector<RuleId> ids(rules.size());
      for (int round = 0; round < 10; ++round) {
        for (std::size_t i = 0; i < users.size(); ++i) {
          const std::size_t found = rules.match(users[i], scratch, ids);
          count += !std::equal(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(found),
                               expected[i].begin(), expected[i].end());
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::accumulate(wrong.begin(), wrong.end(), 0), 0);
}

TEST(RuleSet, OutlivesItsBuilderAndItsCopies) {
  std::vector<RuleSet> sets;
  {
    const RuleSet rules = compile({"vip"});
    sets.push_back(rules);
  }
  const Bits vip{1};
  EXPECT_EQ(match(sets[0], vip), std::vector<RuleId>{0});
}

TEST(RuleSet, CountsItsMemory) {
  const std::size_t empty = compile({}).memory_bytes();
  std::vector<std::string> rules;
  RandomRules random(4);
  for (int i = 0; i < 2000; ++i) {
    rules.push_back(random.number_test(40) + " AND " + random.flag_test());
  }
  const std::size_t full = compile(rules).memory_bytes();
  EXPECT_GT(empty, 0u);
  EXPECT_GT(full, empty + rules.size() * 4);
  EXPECT_LT(full, empty + rules.size() * 200);
}

TEST(RuleSetBuilder, KeepsWarningsOfTheLastRule) {
  RuleSetBuilder builder(telco_schema());
  builder.add("NOT angry").value();
  ASSERT_EQ(builder.warnings().size(), 1u);
  EXPECT_EQ(builder.warnings()[0].code, Errc::null_hazard);
  builder.add("vip").value();
  EXPECT_TRUE(builder.warnings().empty());
}

TEST(RuleSetBuilder, LeavesOutRulesThatFail) {
  RuleSetBuilder builder(telco_schema());
  builder.add("vip").value();
  for (const char* wrong : {"vip AND", "nobody = 3", "SEGMENT(none)"}) {
    EXPECT_FALSE(builder.add(wrong)) << wrong;
    EXPECT_TRUE(builder.warnings().empty());
  }
  EXPECT_EQ(builder.add("paid").value(), 1u);
  EXPECT_EQ(builder.size(), 2u);
  const RuleSet rules = std::move(builder).compile().value();
  EXPECT_EQ(rules.size(), 2u);
}

TEST(RuleSetBuilder, TakesTreesToo) {
  RuleSetBuilder builder(telco_schema());
  const Expr rule = parse("vip AND fee > 5").value();
  EXPECT_EQ(builder.add(rule).value(), 0u);
  EXPECT_EQ(std::move(builder).compile().value().size(), 1u);
}

TEST(RuleSetBuilder, LimitsRules) {
  Limits limits;
  limits.max_rules = 2;
  RuleSetBuilder builder(telco_schema(), limits);
  builder.add("vip").value();
  builder.add("paid").value();
  const auto third = builder.add("angry");
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, Errc::limit);
  EXPECT_EQ(third.error().message, "a rule set holds at most max_rules (2) rules");
  EXPECT_EQ(builder.size(), 2u);
}

// Rules past the limit run as programs; nobody sees a difference.
TEST(RuleSetBuilder, LimitsConjunctions) {
  const std::string wide = "(vip OR paid) AND (fee > 5 OR angry) AND (vip OR fee < 90)";
  for (const std::size_t most : {0u, 1u, 7u, 8u, 64u}) {
    Limits limits;
    limits.max_rule_conjunctions = most;
    RuleSetBuilder builder(telco_schema(), limits);
    Source source(telco_schema());
    for (const std::string& rule : {wide, std::string("vip"), "NOT (" + wide + ")"}) {
      builder.add(rule).value();
      source.add(rule);
    }
    const RuleSet rules = std::move(builder).compile().value();
    RandomPrograms random(most, 1);
    for (int i = 0; i < 200; ++i) {
      const User user = random_user(random, rules.schema());
      const Bits bits = rules.encoder().encode(user, today).value();
      std::vector<RuleId> expected;
      for (RuleId id = 0; id < 3; ++id) {
        if (source.holds(id, user)) expected.push_back(id);
      }
      EXPECT_EQ(match(rules, bits), expected);
    }
  }
}

TEST(RuleSetBuilder, RefusesUnknownKernels) {
  RuleSetBuilder builder(telco_schema());
  const auto rules = std::move(builder).compile({"quantum"});
  ASSERT_FALSE(rules);
  EXPECT_EQ(rules.error().code, Errc::invalid_argument);
}

TEST(RuleSetBuilder, CanBeCancelled) {
  RuleSetBuilder builder(telco_schema());
  builder.add("vip").value();
  CancelToken cancel;
  cancel.cancel();
  CompileOptions options;
  options.run.cancel = &cancel;
  const auto rules = std::move(builder).compile(options);
  ASSERT_FALSE(rules);
  EXPECT_EQ(rules.error().code, Errc::cancelled);
}

RuleSetBuilder builder_of(std::size_t rules) {
  RuleSetBuilder builder(telco_schema());
  RandomRules random(17);
  while (builder.size() < rules) {
    builder
        .add(random.number_test() + " AND " + random.category_test() + " AND " + random.flag_test())
        .value();
  }
  return builder;
}

TEST(RuleSetBuilder, TellsProgressOverTheRulesTwice) {
  constexpr std::size_t rules = 70'000;  // more than a tile
  std::vector<std::uint64_t> told;
  CompileOptions options;
  options.run.progress = [&](std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(total, 2 * rules);
    told.push_back(done);
  };
  const RuleSet compiled = builder_of(rules).compile(options).value();
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_EQ(told.front(), 0u);
  EXPECT_EQ(told.back(), 2 * rules);
  EXPECT_GT(told.size(), rules / 4096 * 2);

  told.clear();
  options.run.progress = [&](std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(total, rules);
    told.push_back(done);
  };
  ASSERT_TRUE(RuleSet::load(compiled.save(), options));
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_EQ(told.back(), rules);
}

// From within: while lowering, while a tile's rules are collected, after a tile.
TEST(RuleSetBuilder, StopsSoonAfterCancelling) {
  constexpr std::size_t rules = 50'000;
  for (const std::uint64_t when : {16'384u, 50'000u, 70'000u, 100'000u}) {
    CancelToken cancel;
    std::uint64_t last = 0;
    int later = 0;
    CompileOptions options;
    options.run.cancel = &cancel;
    options.run.progress = [&](std::uint64_t done, std::uint64_t) {
      later += cancel.cancelled();
      last = done;
      if (done >= when) cancel.cancel();
    };
    const auto compiled = builder_of(rules).compile(options);
    ASSERT_FALSE(compiled) << when;
    EXPECT_EQ(compiled.error().code, Errc::cancelled);
    EXPECT_EQ(compiled.error().message, "compiling was cancelled");
    EXPECT_EQ(later, 0);
    EXPECT_LT(last, when + 4096);
  }
}

TEST(RuleSetBuilder, LoadingCanBeCancelled) {
  const std::vector<std::byte> saved = builder_of(10'000).compile()->save();
  for (const std::uint64_t when : {0u, 4096u / 2, 10'000u}) {
    CancelToken cancel;
    CompileOptions options;
    options.run.cancel = &cancel;
    options.run.progress = [&](std::uint64_t done, std::uint64_t) {
      if (done >= when) cancel.cancel();
    };
    const auto loaded = RuleSet::load(saved, options);
    ASSERT_FALSE(loaded) << when;
    EXPECT_EQ(loaded.error().code, Errc::cancelled);
    EXPECT_EQ(loaded.error().message, "compiling was cancelled");
  }
}

TEST(RuleSetBuilder, GivesTheSameAnswersWithASample) {
  const Schema schema = telco_schema();
  RandomPrograms random(12, 1);
  UserTable sample(schema);
  std::vector<User> users;
  for (int i = 0; i < 100; ++i) {
    users.push_back(random_user(random, schema));
    sample.append({}, users.back()).value();
  }
  Pair pair(9, 100);
  CompileOptions options;
  options.sample = &sample;
  options.sample_today = today;
  const RuleSet rules = std::move(pair.builder).compile(options).value();
  for (const User& user : users) {
    EXPECT_EQ(match(rules, rules.encoder().encode(user, today).value()), pair.expected(user));
  }
}

}  // namespace
}  // namespace muster
