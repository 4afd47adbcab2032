#include "match/lower.hpp"

#include <gtest/gtest.h>

#include "match/compile_text.hpp"
#include "match/one_rule.hpp"

namespace muster {
namespace {

using testing::random_user;
using testing::RandomPrograms;
using testing::RandomRules;
using testing::Source;
using testing::telco_schema;
using testing::today;

// A program with its bits as text: "[fee >= 30]", and "$1" for the second shared program.
std::string describe(const CompiledRules& compiled, const ProgramList& programs, std::size_t i) {
  std::vector<ProgramNode> nodes;
  programs.read(i, nodes);
  std::string text = testing::to_string(nodes);
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (std::isdigit(static_cast<unsigned char>(text[at])) == 0) {
      out += text[at];
      continue;
    }
    std::size_t digits = 0;
    const std::size_t bit = std::stoul(text.substr(at), &digits);
    const std::size_t own = compiled.encoder.bits();
    out += bit >= own
               ? "$" + std::to_string(bit - own)
               : "[" + to_rule_text(compiled.encoder.schema(), compiled.encoder.predicates()[bit]) +
                     "]";
    at += digits - 1;
  }
  return out;
}

std::vector<std::string> describe(const Lowered& lowered) {
  const CompiledRules& compiled = lowered.compiled;
  std::vector<std::string> out;
  for (std::size_t i = 0; i < compiled.shared.size(); ++i) {
    out.push_back("$" + std::to_string(i) + ": " + describe(compiled, compiled.shared, i));
  }
  for (std::size_t i = 0; i < compiled.rules.size(); ++i) {
    out.push_back(describe(compiled, compiled.rules, i));
  }
  return out;
}

struct Case {
  std::vector<const char*> segments;  // s0, s1, …
  std::vector<const char*> rules;
  std::vector<std::string> expected;
};

TEST(Lower, SpellsRulesInBits) {
  const std::vector<Case> cases = {
      {{}, {}, {}},
      {{}, {"vip OR NOT vip", "vip AND NOT vip"}, {"true", "false"}},
      {{}, {"vip", "NOT vip", "vip = FALSE"}, {"[vip]", "-[vip]", "-[vip]"}},
      {{}, {"fee >= 30", "fee < 30"}, {"[fee >= 30]", "-[fee >= 30]"}},
      {{}, {"arpu >= 30", "NOT arpu >= 30"}, {"[arpu >= 30]", "[arpu < 30]"}},
      {{}, {"fee >= 30 AND fee < 60 AND vip"}, {"([vip] & [fee >= 30 AND fee < 60])"}},
      {{}, {"paid", "paid", "vip AND paid"}, {"[paid]", "[paid]", "([paid] & [vip])"}},
      {{}, {"city <> 'city3'", "city = 'city3'"}, {"-[city = 'city3']", "[city = 'city3']"}},
      {{"vip"}, {"SEGMENT(s0)", "NOT SEGMENT(s0)"}, {"[vip]", "-[vip]"}},
      {{"vip AND paid"}, {"SEGMENT(s0) AND fee > 5"}, {"([vip] & [paid] & [fee > 5])"}},
      {{"vip AND paid"},
       {"SEGMENT(s0)", "SEGMENT(s0) OR fee > 5"},
       {"$0: ([vip] & [paid])", "$0", "([fee > 5] | $0)"}},
      {{"vip AND paid"},
       {"SEGMENT(s0)", "SEGMENT(s0)", "NOT SEGMENT(s0)", "NOT SEGMENT(s0)"},
       {"$0: (-[vip] | -[paid])", "-$0", "-$0", "$0", "$0"}},
      {{"vip AND paid", "SEGMENT(s0) OR fee > 5"},
       {"SEGMENT(s1)", "SEGMENT(s1)", "SEGMENT(s0)"},
       {"$0: ([vip] & [paid])", "$1: ([fee > 5] | $0)", "$1", "$1", "$0"}},
      {{"vip", "SEGMENT(s0) AND paid AND paid", "vip AND NOT SEGMENT(s1)"},
       {"SEGMENT(s2)"},
       {"([vip] & (-[vip] | -[paid]))"}},
  };
  for (const Case& test : cases) {
    Source source(telco_schema());
    for (std::size_t i = 0; i < test.segments.size(); ++i) {
      source.define("s" + std::to_string(i), test.segments[i]);
    }
    for (const char* rule : test.rules) source.add(rule);
    const auto lowered = source.lower();
    ASSERT_TRUE(lowered) << lowered.error().message;
    EXPECT_EQ(describe(*lowered), test.expected);
    EXPECT_EQ(lowered->frequencies.size(), lowered->compiled.all_bits());
  }
}

std::vector<User> random_users(std::size_t count) {
  RandomPrograms random(99, 1);
  std::vector<User> users;
  const Schema schema = telco_schema();
  while (users.size() < count) users.push_back(random_user(random, schema));
  return users;
}

// Every rule of the source against every user; returns the bits that were made.
std::size_t check(Source& source, std::size_t user_count) {
  const auto lowered = source.lower();
  EXPECT_TRUE(lowered);
  const CompiledRules& compiled = lowered->compiled;
  for (const User& user : random_users(user_count)) {
    const auto bits = compiled.encoder.encode(user, today).value();
    for (std::size_t rule = 0; rule < source.size(); ++rule) {
      const bool expected = source.holds(rule, user);
      EXPECT_EQ(evaluate_rule(compiled, bits.data(), rule), expected)
          << describe(compiled, compiled.rules, rule);
    }
  }
  return compiled.encoder.bits();
}

TEST(Lower, AgreesWithFormulas) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    RandomRules rules(seed);
    Source source(telco_schema());
    constexpr unsigned segments = 6;
    for (unsigned i = 0; i < segments; ++i) {
      source.define("s" + std::to_string(i), rules.next(2, i));
    }
    for (int i = 0; i < 30; ++i) source.add(rules.next(3, segments));
    check(source, 30);
  }
}

TEST(Lower, SplitsManyIntervalsAtTheirCuts) {
  RandomRules rules(1);
  Source source(telco_schema());
  for (int i = 0; i < 3000; ++i) source.add(rules.number_test(15));
  // Two tags, 15 integers and as many halves each, cut before and after, and NULL.
  EXPECT_LE(check(source, 20), 2u * 2 * 30 + 1);
}

TEST(Lower, SplitsManyDates) {
  RandomRules rules(2);
  Source source(telco_schema());
  for (int i = 0; i < 1500; ++i) {
    source.add(rules.date_test() + " OR " + rules.date_test());
  }
  check(source, 20);
}

TEST(Lower, SplitsManyValueLists) {
  RandomRules rules(3);
  Source source(telco_schema());
  for (int i = 0; i < 2000; ++i) source.add(rules.category_test());
  EXPECT_LT(check(source, 20), 400u);
}

TEST(Lower, SplitsManySets) {
  RandomRules rules(4);
  Source source(telco_schema());
  for (int i = 0; i < 3000; ++i) source.add(rules.set_test());
  EXPECT_LT(check(source, 20), 300u);
}

TEST(Lower, KeepsABitPerSetWhileTheyAreFew) {
  Source source(telco_schema());
  for (int low = 0; low < 8; ++low) {
    for (int high = low; high < 8; ++high) {
      source.add("fee BETWEEN " + std::to_string(low) + " AND " + std::to_string(high));
    }
  }
  EXPECT_EQ(check(source, 10), source.size());
}

TEST(Lower, NumbersBitsByUse) {
  Source source(telco_schema());
  source.add("angry").add("paid").add("vip").add("paid AND fee > 5").add("paid AND fee > 5");
  const auto lowered = source.lower();
  std::vector<std::string> bits;
  for (const Predicate& predicate : lowered->compiled.encoder.predicates()) {
    bits.push_back(to_rule_text(source.checker().schema(), predicate));
  }
  EXPECT_EQ(bits, (std::vector<std::string>{"paid", "fee > 5", "vip", "angry"}));
}

TEST(Lower, MeasuresASample) {
  const Schema schema = telco_schema();
  Source source(schema);
  source.add("vip").add("fee >= 10").add("city = 'city1'");
  UserTable sample(schema);
  for (const User& user : random_users(400)) {
    User copy = user;
    copy.set("vip", true).value();
    copy.set("city", "city1").value();
    ASSERT_TRUE(sample.append({}, copy));
  }
  const auto lowered = source.lower(&sample);
  ASSERT_TRUE(lowered) << lowered.error().message;
  EXPECT_EQ(describe(*lowered),
            (std::vector<std::string>{"-[NOT vip]", "-[fee < 10]", "-[city <> 'city1']"}));
  EXPECT_EQ(lowered->frequencies[0], 0);
  EXPECT_NEAR(lowered->frequencies[2], certain / 10, certain / 20);
  check(source, 20);
}

TEST(Lower, GuessesWithoutUsers) {
  Source source(telco_schema());
  source.add("vip").add("vip").add("vip AND paid").add("city = 'city1'").add("fee >= 1");
  source.add("fee >= 2").add("fee >= 3");
  const UserTable nobody(telco_schema());
  const auto lowered = source.lower(&nobody);
  ASSERT_TRUE(lowered);
  // vip, paid, city1 of 40, and the upper three quarters of fees as the lower one, and so on.
  const std::vector<Frequency> expected = {certain / 2, certain / 6,     certain / 40,
                                           certain / 4, certain * 2 / 4, certain / 4};
  ASSERT_EQ(lowered->frequencies.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_NEAR(lowered->frequencies[i], expected[i], 1) << i;
  }
}

TEST(Lower, RefusesASampleOfAnotherSchema) {
  Source source(telco_schema());
  source.add("vip");
  Tag tag;
  tag.name = "vip";
  const UserTable sample = [&] {
    UserTable table(Schema::make({tag}).value());
    User user(table.schema());
    user.set("vip", true).value();
    table.append({}, user).value();
    return table;
  }();
  const auto lowered = source.lower(&sample);
  ASSERT_FALSE(lowered);
  EXPECT_EQ(lowered.error().code, Errc::schema_mismatch);
  EXPECT_EQ(lowered.error().message, "the sample of users was made for another schema");
}

TEST(Lower, LimitsBits) {
  Source source(telco_schema());
  source.add("vip").add("paid").add("fee > 5 AND NOT paid");
  source.limits().max_bits = 3;
  EXPECT_TRUE(source.lower());
  source.limits().max_bits = 2;
  const auto lowered = source.lower();
  ASSERT_FALSE(lowered);
  EXPECT_EQ(lowered.error().code, Errc::limit);
  EXPECT_EQ(lowered.error().message,
            "the rules need 3 distinct tests of tags, more than max_bits (2)");
}

std::string nested(std::size_t depth) {
  std::string rule = "vip";
  for (std::size_t i = 0; i < depth; ++i) {
    const std::string fee = "fee = " + std::to_string(i);
    rule = i % 2 == 0 ? "(" + fee + " OR NOT paid AND " + rule + ")"
                      : "(city <> 'city" + std::to_string(i % 40) + "' AND " + rule + ")";
  }
  return rule;
}

// Segments over a nullable tag, each shared as it is and negated.
Source shared_both_ways(std::size_t segments, Limits limits = {}) {
  Source source(telco_schema(), limits);
  for (std::size_t i = 0; i < segments; ++i) {
    const std::string name = "s" + std::to_string(i);
    source.define(name, "angry AND vip");
    for (const char* refer : {"SEGMENT(", "NOT SEGMENT("}) {
      source.add(refer + name + ")").add(refer + name + ") AND paid");
    }
  }
  return source;
}

TEST(Lower, LimitsSharedSegments) {
  Limits limits;
  limits.max_shared_segments = 6;
  EXPECT_EQ(shared_both_ways(3, limits).lower()->compiled.shared.size(), 6u);
  const auto lowered = shared_both_ways(4, limits).lower();
  ASSERT_FALSE(lowered);
  EXPECT_EQ(lowered.error().code, Errc::limit);
  EXPECT_EQ(lowered.error().message,
            "the rules share 8 segments, more than max_shared_segments (6)");
}

TEST(Lower, SharesAsManySegmentsAsMayBeDefined) {
  constexpr std::size_t segments = Limits{}.max_segments;
  Source source = shared_both_ways(segments);
  const auto lowered = source.lower();
  ASSERT_TRUE(lowered) << lowered.error().message;
  const CompiledRules& compiled = lowered->compiled;
  EXPECT_EQ(compiled.shared.size(), 2 * segments);
  for (const User& user : random_users(10)) {
    const auto bits = compiled.encoder.encode(user, today).value();
    for (const std::size_t rule : {0u, 1u, 2u, 3u, 199'999u, 399'998u, 399'999u}) {
      EXPECT_EQ(evaluate_rule(compiled, bits.data(), rule), source.holds(rule, user));
    }
  }
}

TEST(Lower, SharesNoMoreThanWhatOneRuleMayPutOnTheStack) {
  Limits limits;
  limits.max_segments = limits.max_shared_segments = 1'000'000;
  EXPECT_EQ(CompiledRules::most_shared(limits), 262'144u);
  const auto lowered = shared_both_ways(131'073, limits).lower();
  ASSERT_FALSE(lowered);
  EXPECT_EQ(lowered.error().message,
            "the rules share 262146 segments, more than max_shared_segments (262144)");
}

TEST(Lower, LimitsDepth) {
  Limits limits;
  limits.max_rule_depth = 5000;
  Source source(telco_schema(), limits);
  source.add(nested(700));
  const auto lowered = source.lower();
  ASSERT_FALSE(lowered);
  EXPECT_EQ(lowered.error().code, Errc::limit);
  EXPECT_TRUE(lowered.error().message.starts_with("a rule is nested ")) << lowered.error().message;
  EXPECT_TRUE(lowered.error().message.ends_with(
      " deep when compiled, more than ProgramList::max_depth (512)"));
}

TEST(Lower, SharesDeepSegmentsUsedOnce) {
  Source source(telco_schema());
  source.define("s0", nested(100));
  for (int i = 1; i < 20; ++i) {
    source.define("s" + std::to_string(i), "fee = " + std::to_string(1000 + i) + " OR (" +
                                               nested(100) + " AND angry AND SEGMENT(s" +
                                               std::to_string(i - 1) + "))");
  }
  source.add("SEGMENT(s19) AND arpu > 3");
  const auto lowered = source.lower();
  ASSERT_TRUE(lowered) << lowered.error().message;
  EXPECT_GT(lowered->compiled.shared.size(), 0u);
  check(source, 50);
}

TEST(Lower, CanBeCancelled) {
  Source source(telco_schema());
  source.add("vip");
  CancelToken cancel;
  cancel.cancel();
  source.run().cancel = &cancel;
  const auto lowered = source.lower();
  ASSERT_FALSE(lowered);
  EXPECT_EQ(lowered.error().code, Errc::cancelled);
  EXPECT_EQ(lowered.error().message, "compiling was cancelled");
}

TEST(Lower, TellsProgress) {
  Source source(telco_schema());
  for (int i = 0; i < 10'000; ++i) source.add("vip");
  std::vector<std::uint64_t> told;
  source.run().progress = [&](std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(total, 10'000u);
    told.push_back(done);
  };
  ASSERT_TRUE(source.lower());
  EXPECT_EQ(told, (std::vector<std::uint64_t>{0, 4096, 8192}));
}

}  // namespace
}  // namespace muster
