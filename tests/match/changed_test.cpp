#include <gtest/gtest.h>

#include "match/telco.hpp"
#include "muster/match/rule_set.hpp"

namespace muster {
namespace {

using testing::random_user;
using testing::RandomPrograms;
using testing::RandomRules;
using testing::telco_schema;
using testing::today;

RuleSet random_rules(int count) {
  RuleSetBuilder builder(telco_schema());
  RandomRules random(21);
  for (int i = 0; i < count; ++i) builder.add(random.next(2)).value();
  return std::move(builder).compile().value();
}

TEST(Changed, ReportsRulesEnteredAndLeft) {
  const RuleSet rules = random_rules(300);
  RandomPrograms random(22, 1);
  Scratch scratch(rules);
  for (int i = 0; i < 100; ++i) {
    const auto before = rules.encoder().encode(random_user(random, rules.schema()), today).value();
    const auto after = rules.encoder().encode(random_user(random, rules.schema()), today).value();
    std::vector<RuleId> entered;
    std::vector<RuleId> left;
    rules.changed(before, after, scratch, entered, left);
    std::vector<RuleId> expected_entered;
    std::vector<RuleId> expected_left;
    for (RuleId id = 0; id < rules.size(); ++id) {
      const bool was = rules.matches(before, id);
      const bool is = rules.matches(after, id);
      if (is && !was) expected_entered.push_back(id);
      if (was && !is) expected_left.push_back(id);
    }
    EXPECT_EQ(entered, expected_entered);
    EXPECT_EQ(left, expected_left);
  }
}

TEST(Changed, AppendsToWhatIsThere) {
  RuleSetBuilder builder(telco_schema());
  for (const char* rule : {"vip", "NOT vip", "paid"}) builder.add(rule).value();
  const RuleSet rules = std::move(builder).compile().value();
  Scratch scratch(rules);
  std::vector<RuleId> entered{100};
  std::vector<RuleId> left{200};
  const std::vector<std::uint64_t> none{0};
  const std::vector<std::uint64_t> vip{1};
  rules.changed(none, vip, scratch, entered, left);
  EXPECT_EQ(entered, (std::vector<RuleId>{100, 0}));
  EXPECT_EQ(left, (std::vector<RuleId>{200, 1}));
  rules.changed(vip, vip, scratch, entered, left);
  EXPECT_EQ(entered.size(), 2u);
  EXPECT_EQ(left.size(), 2u);
}

}  // namespace
}  // namespace muster
