#include "decide/prepared_catalogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "prepared_world.hpp"

namespace muster::testing {
namespace {

TEST(PreparedCatalogue, NumbersPoliciesByTheirIds) {
  Draft draft = small_draft();
  draft.policies = {policy("C", "fee = 3"), policy("A", "fee = 1"), policy("B", "fee = 2")};
  const auto catalogue = prepared(draft);
  ASSERT_EQ(catalogue->policies.size(), 3u);
  EXPECT_EQ(catalogue->policies[0].position, 1u);
  EXPECT_EQ(catalogue->policies[1].position, 2u);
  EXPECT_EQ(catalogue->policies[2].position, 0u);
  EXPECT_EQ(catalogue->policy_ids.find("B"), 1u);
  EXPECT_EQ(catalogue->channel_ids.find("shop"), 2u);
  User user = world_user(catalogue->catalogue.schema());
  for (std::uint32_t fee = 1; fee <= 3; ++fee) {
    ASSERT_TRUE(user.set("fee", static_cast<int>(fee)));
    const auto bits = catalogue->rules.encoder().encode(user, {}).value();
    for (RuleId rule = 0; rule < 3; ++rule) {
      EXPECT_EQ(catalogue->rules.matches(bits, rule), rule + 1 == fee);
    }
  }
}

TEST(PreparedCatalogue, CompilesEveryDistinctRuleOnce) {
  Draft draft = small_draft();
  draft.policies.push_back(policy("B"));
  draft.policies[0].eligibility = "vip";
  draft.policies[1].suitability = "vip";
  draft.policies[1].applicability = "NOT vip";
  draft.channels[1].preferred_when = "vip";
  draft.arbitration.high_value_when = "arpu > 100";
  draft.arbitration.context = {{"NOT vip", 2, {}, 0x3f}};
  const auto catalogue = prepared(draft);
  EXPECT_EQ(catalogue->rules.size(), 5u);  // two segments, three conditions
  EXPECT_EQ(catalogue->conditions, 5u);    // with always and never
  const PreparedPolicy &a = catalogue->policies[0], &b = catalogue->policies[1];
  EXPECT_EQ(a.applicability, holds_always);
  EXPECT_EQ(a.eligibility, b.suitability);
  EXPECT_EQ(a.eligibility, catalogue->channels[1].preferred);
  EXPECT_EQ(catalogue->channels[0].preferred, holds_never);
  EXPECT_EQ(part(catalogue->context, a.context)[0].when, b.applicability);
}

TEST(PreparedCatalogue, SharesEqualLists) {
  Draft draft = small_draft();
  draft.policies.push_back(policy("B"));
  draft.policies.push_back(policy("C"));
  draft.policies[1].channels = {{1, "", 2}};
  const auto catalogue = prepared(draft);
  const auto a = catalogue->channels_of(0), b = catalogue->channels_of(1);
  EXPECT_EQ(a.data(), catalogue->channels_of(2).data());
  ASSERT_EQ(a.size(), 2u);  // not the shop: sales go to partner shops
  ASSERT_EQ(b.size(), 1u);
  EXPECT_EQ(b[0].channel, 1u);
  EXPECT_EQ(b[0].lever, 2);
}

TEST(PreparedCatalogue, KnowsPoliciesThatNothingButConditionsMayStopPlainly) {
  Draft draft = small_draft();
  draft.policies = {policy("A"), policy("B"), policy("C"), policy("D")};
  draft.policies[1].quota = 1;
  draft.policies[2].budget = 1;
  draft.policies[3].state = PolicyState::test;
  const auto catalogue = prepared(draft);
  for (PolicyIndex one = 0; one < 4; ++one) {
    EXPECT_EQ(catalogue->policies[one].is_plain, one == 0);
  }
}

TEST(PreparedCatalogue, WeighsCostsByTheDearestChannel) {
  const auto catalogue = prepared(small_draft());
  EXPECT_EQ(catalogue->channels[0].cost_share, 0.25);
  EXPECT_EQ(catalogue->channels[1].cost_share, 0);
  EXPECT_EQ(catalogue->channels[2].cost_share, 1);
  Draft free = small_draft();
  for (Channel& one : free.channels) one.cost = 0;
  EXPECT_EQ(prepared(free)->channels[2].cost_share, 0);
}

TEST(PreparedCatalogue, GivesPoliciesTheWeightsThatNameThem) {
  Draft draft = small_draft();
  draft.policies.push_back(policy("B"));
  draft.policies.push_back(policy("C"));
  draft.policies[2].service_class = ServiceClass::service;
  const auto sales = static_cast<std::uint8_t>(1 << static_cast<int>(ServiceClass::sales));
  draft.arbitration.context = {
      {"vip", 2, {}, 0x3f}, {"vip", 3, {1, 2}, sales}, {"vip", 5, {}, sales}};
  const auto catalogue = prepared(draft);
  const auto weights = [&](PolicyIndex policy) {
    std::vector<double> out;
    for (const PreparedWeight& one :
         part(catalogue->context, catalogue->policies[policy].context)) {
      out.push_back(one.weight);
    }
    return out;
  };
  EXPECT_EQ(weights(0), (std::vector<double>{2, 5}));
  EXPECT_EQ(weights(1), (std::vector<double>{2, 3, 5}));
  EXPECT_EQ(weights(2), (std::vector<double>{2}));
}

TEST(PreparedCatalogue, ListsTheTagsOfAPolicysScripts) {
  Draft draft = small_draft();
  draft.policies[0].script = "{{fee}} {brand}";
  draft.policies[0].channels = {{0, "{fee} {brand} {ratio}", 1}, {1, "", 1}};
  const auto catalogue = prepared(draft);
  const auto tags = part(catalogue->script_tags, catalogue->policies[0].script_tags);
  EXPECT_EQ(std::vector<TagId>(tags.begin(), tags.end()),
            (std::vector<TagId>{TagId{0}, TagId{4}, TagId{7}}));
}

}  // namespace
}  // namespace muster::testing
