#include "muster/decide/reason.hpp"

#include <gtest/gtest.h>

#include <iterator>
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

TEST(Reason, IsSaidInASentence) {
  const char* const english[] = {"offered first",
                                 "offered after the primary policies",
                                 "the user is not in the policy's segment",
                                 "the user may not have the policy",
                                 "the policy makes no sense for the user now",
                                 "the policy would not be good for the user",
                                 "the policy is not released",
                                 "the policy is in test, and the user is not a test user",
                                 "the policy is not valid yet",
                                 "the policy is no longer valid",
                                 "the policy's quota is used up",
                                 "the policy's budget is used up",
                                 "the channel may not carry the policy",
                                 "the channel is closed now",
                                 "the user must not be contacted",
                                 "it is a quiet hour",
                                 "the user was contacted as often as allowed",
                                 "an earlier contact is cooling down",
                                 "a better policy of an exclusion group is offered",
                                 "there are enough better policies"};
  const char* const chinese[] = {"主推",
                                 "次推",
                                 "用户不在政策的目标客群内",
                                 "用户不具备办理资格",
                                 "政策目前不适用于该用户",
                                 "政策不适合该用户",
                                 "政策未发布",
                                 "政策处于测试中，用户不在测试名单内",
                                 "政策尚未生效",
                                 "政策已过期",
                                 "政策名额已用完",
                                 "政策预算已用完",
                                 "渠道不允许承载该政策",
                                 "渠道当前不在营业时间",
                                 "用户要求免打扰",
                                 "当前为静默时段",
                                 "接触次数已达上限",
                                 "处于接触冷却期",
                                 "同一互斥组内已有更优政策",
                                 "已有足够多更优政策"};
  for (std::size_t i = 0; i < std::size(all_reasons); ++i) {
    EXPECT_EQ(describe(all_reasons[i], Language::english), english[i]);
    EXPECT_EQ(describe(all_reasons[i], Language::chinese), chinese[i]);
  }
  EXPECT_EQ(describe(static_cast<Reason>(99), Language::english), "the reason is not known");
  EXPECT_EQ(describe(static_cast<Reason>(99), Language::chinese), "原因未知");
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
