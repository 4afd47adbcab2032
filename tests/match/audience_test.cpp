#include "muster/match/audience.hpp"

#include <gtest/gtest.h>

#include "match/telco.hpp"

namespace muster {
namespace {

TEST(Audience, RefusesRulesThatDoNotExist) {
  RuleSetBuilder builder(testing::telco_schema());
  builder.add("vip").value();
  builder.add("NOT vip").value();
  const RuleSet rules = std::move(builder).compile().value();
  const Audience audience(rules);
  const EncodedUsers users(3, rules.encoder().bits());
  EXPECT_EQ(audience.bitmap(users, 1).value(), std::vector<std::uint64_t>{7});
  const auto bitmap = audience.bitmap(users, 2);
  ASSERT_FALSE(bitmap);
  EXPECT_EQ(bitmap.error().code, Errc::invalid_argument);
  EXPECT_EQ(bitmap.error().message, "rule 2 does not exist; the set has 2");
}

TEST(Audience, RefusesUsersEncodedForAnotherRuleSet) {
  const auto compiled = [](const char* rule) {
    RuleSetBuilder builder(testing::telco_schema());
    builder.add(rule).value();
    return std::move(builder).compile().value();
  };
  const RuleSet rules = compiled("vip"), same = compiled("vip AND vip"), other = compiled("paid");
  const UserTable nobody(testing::telco_schema());
  ASSERT_EQ(rules.encoder().bits(), other.encoder().bits());
  const EncodedUsers users = rules.encoder().encode(nobody, Date{}).value();
  EXPECT_TRUE(Audience(rules).counts(users));
  EXPECT_TRUE(Audience(same).counts(users));
  const Audience wrong(other);
  std::vector<std::uint64_t> words;
  Audience::Pairs pairs;
  const Error errors[] = {
      wrong.counts(users).error(),         wrong.bitmaps(users).error(),
      wrong.bitmaps(users, words).error(), wrong.bitmap(users, 0).error(),
      wrong.pairs(users).error(),          wrong.pairs(users, pairs).error(),
      wrong.overlaps(users).error(),
  };
  for (const Error& error : errors) {
    EXPECT_EQ(error.code, Errc::schema_mismatch);
    EXPECT_EQ(error.message, "the users were encoded for another rule set");
  }
}

}  // namespace
}  // namespace muster
