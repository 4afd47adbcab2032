#include "decide/permitted.hpp"

#include <gtest/gtest.h>

#include "draft.hpp"

namespace muster::testing {
namespace {

std::vector<int> channels(const std::vector<PermittedChannel>& permitted) {
  std::vector<int> out;
  for (const PermittedChannel& one : permitted) out.push_back(one.channel);
  return out;
}

Draft one_of_each_kind() {
  Draft draft = small_draft();
  draft.channels = {
      channel("own", ChannelKind::own_shop), channel("partner", ChannelKind::partner_shop),
      channel("web", ChannelKind::digital), channel("manager", ChannelKind::account_manager)};
  return draft;
}

TEST(Permitted, FollowsTheClassTable) {
  const Catalogue catalogue = one_of_each_kind().make();
  const auto of = [&](ServiceClass its) { return channels(permitted_channels(catalogue, its)); };
  EXPECT_EQ(of(ServiceClass::sales), (std::vector{1, 2}));
  EXPECT_EQ(of(ServiceClass::strategic), (std::vector{0, 3}));
  EXPECT_EQ(of(ServiceClass::incentive), (std::vector{0, 2}));
  EXPECT_EQ(of(ServiceClass::retention), (std::vector{0, 3}));
  EXPECT_EQ(of(ServiceClass::service), (std::vector{1, 2}));
  EXPECT_EQ(of(ServiceClass::sensitive), (std::vector{0}));
}

TEST(Permitted, ChannelsAndPoliciesNarrowIt) {
  Draft draft = one_of_each_kind();
  draft.channels[1].classes = 0x3e;  // no sales
  draft.policies[0].channels = {};
  EXPECT_EQ(channels(permitted_channels(draft.make(), ServiceClass::sales)), (std::vector{2}));
  draft.channels[1].classes = 0x3f;
  draft.policies[0].channels = {{2, "", 0.5}};
  const Catalogue catalogue = draft.make();
  const auto own = permitted_channels(catalogue, catalogue.policies()[0]);
  ASSERT_EQ(channels(own), (std::vector{2}));
  EXPECT_EQ(own[0].lever, 0.5);
  EXPECT_TRUE(carries(catalogue, 1, ServiceClass::sales));
  EXPECT_FALSE(carries(catalogue, 0, ServiceClass::sales));
}

}  // namespace
}  // namespace muster::testing
