#include "muster/decide/policy_view.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "draft.hpp"
#include "muster/decide/engine.hpp"

namespace muster::testing {
namespace {

PolicyView view_of(const Draft& draft, std::string_view key = "u") {
  Engine engine;
  EXPECT_TRUE(engine.deploy(draft.make()));
  User user = world_user(engine.catalogue()->schema());
  EXPECT_TRUE(user.set("likes", {"app", "game"}));
  return engine.decide({key, user}, noon).value();
}

TEST(PolicyView, FillsScriptsIn) {
  Draft draft = small_draft();
  draft.channels.push_back(channel("web"));
  draft.policies[0].script = "每月{fee}元";
  draft.policies[0].channels = {{0, "爱好：{likes}，品牌：{brand}", 1}, {1, "", 1}};
  const PolicyView view = view_of(draft);
  EXPECT_EQ(view.script(0, 0), "爱好：app、game，品牌：–");
  EXPECT_EQ(view.script(0, 1), "每月96元");
  EXPECT_EQ(view.script(0, 2), "");    // a shop of our own: not for sales
  EXPECT_EQ(view.script(0, 3), "");    // not named by the policy
  EXPECT_EQ(view.script(0, 999), "");  // no channel
  draft.policies[0].channels.clear();
  EXPECT_EQ(view_of(draft).script(0, 3), "每月96元");
  draft.policies[0].script.clear();
  EXPECT_EQ(view_of(draft).script(0, 3), "");
}

TEST(PolicyView, IsTheSameBytesForEverybody) {
  Draft draft = small_draft();
  draft.channels[1].preferred_when = "likes HAS ANY ('app')";
  draft.arbitration.high_value_when = "arpu >= 120";
  draft.policies[0].script = "say \"{fee}\"";
  draft.policies.push_back(policy("B"));
  draft.policies[1].state = PolicyState::suspended;
  const PolicyView view = view_of(draft, "a\"b\xff\n");
  EXPECT_EQ(
      view.to_json(),
      fmt::format(
          R"({{"catalogue":"1","content_hash":"{:016x}","decision":"{:016x}",)"
          R"("user":"a\"b�\n","at":"2026-03-30T12:00:00Z","holdout":false,"high_value":true,)"
          R"("channel_weights":{{"preference":1,"response":1,"cost":0}},)"
          R"("offers":[{{"policy":"A","primary":true,"score":50,"propensity":0.5,"value":100,)"
          R"("context":1,"lever":1,"contact_cost":0,"channels":[)"
          R"({{"channel":"app","preferred":true,"propensity":0.5,"cost_share":0,"rank":1.5,"script":"say \"96\""}},)"
          R"({{"channel":"sms","preferred":false,"propensity":0.5,"cost_share":0.25,"rank":0.5,"script":"say \"96\""}}]}}],)"
          R"("omissions":[{{"policy":"B","reason":"not_released"}}]}})",
          view.catalogue().content_hash(), view.decision_id()));
}

TEST(PolicyView, HoldsAllPartsOfAChannelsRank) {
  Draft draft = small_draft();
  draft.channels[1].preferred_when = "likes HAS ANY ('app')";
  draft.arbitration.high_value_when = "vip";
  draft.arbitration.others = {2, 4, 8};
  draft.arbitration.high_value = {1, 16, 32};
  for (const char* high_value : {"vip", "NOT vip"}) {
    draft.arbitration.high_value_when = high_value;
    const PolicyView view = view_of(draft);
    const ChannelWeights& weights = view.channel_weights();
    EXPECT_EQ(weights, view.high_value() ? draft.arbitration.high_value : draft.arbitration.others);
    ASSERT_EQ(view.offers()[0].channels.size(), 2u);
    for (const RankedChannel& one : view.offers()[0].channels) {
      EXPECT_EQ(one.cost_share, one.channel == 0 ? 0.25 : 0);
      EXPECT_EQ(one.rank, weights.preference * one.preferred + weights.response * one.propensity -
                              weights.cost * one.cost_share);
    }
  }
}

TEST(PolicyView, WritesNumbersInTheirShortestForm) {
  Draft draft = small_draft();
  draft.policies[0].value = 0.1;
  draft.propensities.constants = {{any_policy, any_channel, 0.3}};
  const std::string json = view_of(draft).to_json();
  EXPECT_NE(json.find("\"value\":0.1,"), std::string::npos) << json;
  EXPECT_NE(json.find("\"propensity\":0.3,"), std::string::npos) << json;
  EXPECT_NE(json.find("\"score\":0.03,"), std::string::npos) << json;
}

}  // namespace
}  // namespace muster::testing
