#include "muster/policy/policy.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

TEST(WholeRule, JoinsWhatThereIs) {
  Policy policy;
  policy.segment = "fee > 1 OR fee < 0";
  EXPECT_EQ(whole_rule(policy), "(fee > 1 OR fee < 0)");
  policy.suitability = "NOT old";
  policy.eligibility = "paid";
  EXPECT_EQ(whole_rule(policy), "(fee > 1 OR fee < 0) AND (paid) AND (NOT old)");
}

TEST(Validity, EndsBeforeUntil) {
  const Validity valid{{10}, {20}};
  EXPECT_FALSE(valid.contains({9}));
  EXPECT_TRUE(valid.contains({10}));
  EXPECT_TRUE(valid.contains({19}));
  EXPECT_FALSE(valid.contains({20}));
  EXPECT_TRUE(Validity().contains({0}));
}

}  // namespace
}  // namespace muster
