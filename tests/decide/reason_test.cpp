#include "muster/decide/reason.hpp"

#include <gtest/gtest.h>

#include <set>

namespace muster {
namespace {

constexpr Reason all_reasons[] = {Reason::primary,
                                  Reason::secondary,
                                  Reason::not_in_segment,
                                  Reason::not_eligible,
                                  Reason::not_applicable,
                                  Reason::not_suitable,
                                  Reason::not_released,
                                  Reason::test_only,
                                  Reason::not_yet_valid,
                                  Reason::no_longer_valid,
                                  Reason::quota_used_up,
                                  Reason::budget_used_up,
                                  Reason::channel_not_permitted,
                                  Reason::channel_closed,
                                  Reason::do_not_contact,
                                  Reason::quiet_hours,
                                  Reason::contact_cap,
                                  Reason::cool_down,
                                  Reason::excluded,
                                  Reason::outranked};

TEST(Reason, HasNamesOfItsOwn) {
  std::set<std::string_view> names, english, chinese;
  for (const Reason reason : all_reasons) {
    EXPECT_TRUE(names.insert(name(reason)).second) << name(reason);
    EXPECT_TRUE(english.insert(describe(reason, Language::english)).second) << name(reason);
    EXPECT_TRUE(chinese.insert(describe(reason, Language::chinese)).second) << name(reason);
  }
  EXPECT_EQ(name(static_cast<Reason>(99)), "unknown_reason");
  EXPECT_EQ(name(static_cast<Step>(99)), "unknown_step");
}

TEST(Reason, BelongsToAStep) {
  EXPECT_EQ(step_of(Reason::primary), Step::offered);
  EXPECT_EQ(step_of(Reason::secondary), Step::offered);
  EXPECT_EQ(step_of(Reason::not_in_segment), Step::match);
  EXPECT_EQ(step_of(Reason::not_suitable), Step::match);
  EXPECT_EQ(step_of(Reason::budget_used_up), Step::live);
  EXPECT_EQ(step_of(Reason::channel_not_permitted), Step::permit);
  EXPECT_EQ(step_of(Reason::cool_down), Step::contact);
  EXPECT_EQ(step_of(Reason::outranked), Step::arbitrate);
}

TEST(Reason, KeepsItsNumber) {
  EXPECT_EQ(static_cast<int>(Reason::not_in_segment), 10);
  EXPECT_EQ(static_cast<int>(Reason::quota_used_up), 24);
  EXPECT_EQ(static_cast<int>(Reason::outranked), 51);
}

}  // namespace
}  // namespace muster
