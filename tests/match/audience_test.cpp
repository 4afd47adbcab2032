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

}  // namespace
}  // namespace muster
