#include "decide/requirement.hpp"

#include <gtest/gtest.h>

#include "draft.hpp"

namespace muster::testing {
namespace {

std::string requires_(const std::string& rule, Language language = Language::english) {
  Draft draft = small_draft();
  draft.segments = {{"young", "arpu < 50"}};
  const Catalogue catalogue = draft.make();
  User user = world_user(catalogue.schema());
  EXPECT_TRUE(user.set("contract_end", Date{1100}));
  return requirement_text(catalogue, rule, user, Date{1000}, language);
}

TEST(Requirement, NamesWhatFails) {
  EXPECT_EQ(requires_("fee = 59"), "requires fee = 59, this user has 96");
  EXPECT_EQ(requires_("fee = 59", Language::chinese), "需要 fee = 59，该用户为 96");
  EXPECT_EQ(requires_("fee = 96 AND vip AND brand = '华为'"),
            "requires vip, this user has FALSE; brand = '华为', this user has NULL");
  EXPECT_EQ(requires_("SEGMENT(young) AND vip", Language::chinese),
            "需要 arpu < 50，该用户为 120；vip，该用户为 FALSE");
  EXPECT_EQ(requires_("days_until(contract_end) <= 60"),
            "requires days_until(contract_end) <= 60, this user has '1973-01-05', in 100 days");
}

TEST(Requirement, NamesThreeThingsAtMost) {
  const std::string five = "vip AND fee = 1 AND complained AND brand = 'vivo' AND arpu = 1";
  EXPECT_EQ(requires_(five),
            "requires vip, this user has FALSE; fee = 1, this user has 96; "
            "complained, this user has FALSE; and 2 more");
  EXPECT_EQ(
      requires_(five, Language::chinese),
      "需要 vip，该用户为 FALSE；fee = 1，该用户为 96；complained，该用户为 FALSE；另有 2 项");
}

TEST(Requirement, OfAlternativesNamesTheSmallestChange) {
  EXPECT_EQ(requires_("fee = 96 AND (vip AND complained OR brand = 'vivo')"),
            "requires brand = 'vivo', this user has NULL");
  EXPECT_EQ(requires_("vip AND complained OR days_since(contract_end) > 0"),
            "requires days_since(contract_end) >= 1, this user has '1973-01-05', in 100 days");
}

TEST(Requirement, SaysNothingWhereNothingHelps) {
  EXPECT_EQ(requires_("fee < 1 AND fee > 1"), "");
  EXPECT_EQ(requires_("fee = 96"), "");
  EXPECT_EQ(requires_("no rule at all ("), "");
}

}  // namespace
}  // namespace muster::testing
