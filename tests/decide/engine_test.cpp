#include "muster/decide/engine.hpp"

#include <gtest/gtest.h>

#include "engine_world.hpp"

namespace muster::testing {
namespace {

TEST(Engine, NamesTheTagThatIsWrong) {
  const Engine engine = engine_of(small_draft());
  const User empty(engine.catalogue()->schema());
  const auto missing = engine.decide({"u", empty}, noon);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::missing_value);
  EXPECT_EQ(missing.error().message, "'fee' is not nullable, but has no value");
  const User other(*Schema::from_json(R"({"tags": [{"name": "x", "type": "bool"}]})"));
  const auto stranger = engine.decide({"u", other}, noon);
  ASSERT_FALSE(stranger);
  EXPECT_EQ(stranger.error().code, Errc::schema_mismatch);
  EXPECT_EQ(stranger.error().message, "the user is of another schema than the running catalogue");
  EXPECT_EQ(engine.check({"u", other}, "A", "sms", noon).error().code, Errc::schema_mismatch);
}

TEST(Engine, NeedsACatalogue) {
  Engine engine;
  const User user = world_user(small_draft().make().schema());
  EXPECT_FALSE(engine.catalogue());
  EXPECT_TRUE(engine.deployments().empty());
  const auto view = engine.decide({"u", user}, noon);
  ASSERT_FALSE(view);
  EXPECT_EQ(view.error().code, Errc::no_catalogue);
  EXPECT_EQ(view.error().message, "the engine has no catalogue yet");
  EXPECT_EQ(engine.check({"u", user}, "A", "sms", noon).error().code, Errc::no_catalogue);
  const auto back = engine.roll_back();
  ASSERT_FALSE(back);
  EXPECT_EQ(back.error().code, Errc::no_catalogue);
  EXPECT_EQ(back.error().message, "there is no catalogue before the running one");
}

TEST(Engine, KeepsTheRunningCatalogueWhereANewOneIsRefused) {
  Draft draft = small_draft();
  Engine engine = engine_of(draft);
  draft.version = "2";
  draft.policies[0].state = PolicyState::draft;
  const auto refused = engine.deploy(draft.make());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::illegal_transition);
  EXPECT_NE(refused.error().message.find("policy 'A' can not go from released to draft"),
            std::string::npos)
      << refused.error().message;
  ASSERT_EQ(engine.deployments().size(), 1u);
  EXPECT_EQ(engine.catalogue()->version(), "1");
  EXPECT_EQ(decide(engine).offers().size(), 1u);

  Engine narrow({.compile = {.kernel = "abacus"}});
  EXPECT_EQ(narrow.deploy(small_draft().make()).error().code, Errc::invalid_argument);
  EXPECT_FALSE(narrow.catalogue());
}

TEST(Engine, HoldsConditionsToTheLimitsOfTheirCatalogue) {
  Draft draft = small_draft();
  const auto deploy = [&] {
    const Limits one_rule{.max_rules = 1};
    return Engine().deploy(Catalogue::from_json(draft.to_json(), one_rule).value());
  };
  EXPECT_TRUE(deploy());
  draft.channels[0].preferred_when = "vip";
  EXPECT_EQ(deploy().error().code, Errc::limit);
  EXPECT_EQ(deploy().error().message, "a rule set holds at most max_rules (1) rules");
}

TEST(Engine, HoldsSomeCataloguesAndRollsBack) {
  Engine engine({.catalogues_kept = 3});
  for (const char* version : {"1", "2", "3", "4"}) {
    Draft draft = small_draft();
    draft.version = version;
    draft.policies[0].value = version[0] - '0';
    ASSERT_TRUE(engine.deploy(draft.make()));
  }
  const auto versions = [&] {
    std::string out;
    for (const Deployment& one : engine.deployments())
      out += one.version + (one.running ? "!" : "");
    return out;
  };
  EXPECT_EQ(versions(), "234!");
  EXPECT_EQ(engine.deployments()[2].content_hash, engine.catalogue()->content_hash());
  EXPECT_EQ(decide(engine).offers()[0].value, 4);
  ASSERT_TRUE(engine.roll_back());
  EXPECT_EQ(versions(), "23!");
  EXPECT_EQ(decide(engine).offers()[0].value, 3);
  ASSERT_TRUE(engine.roll_back());
  EXPECT_FALSE(engine.roll_back());
  EXPECT_EQ(versions(), "2!");
}

TEST(Engine, GateLetsThroughWhatMayBeHadAndNothingElse) {
  Draft draft = small_draft();
  draft.policies[0].segment = "fee = 59";
  draft.policies.push_back(policy("B"));
  draft.policies[1].channels = {{1, "", 1}};
  // Contact rules bound who is approached, not who says yes.
  ContactRule never;
  never.id = "never";
  never.most = 0;
  draft.contact_rules = {never};
  const Engine engine = engine_of(draft);
  const User user = world_user(engine.catalogue()->schema());
  const auto check = [&](std::string_view policy, std::string_view channel, Language language) {
    return engine.check({"u", user}, policy, channel, noon, language).value();
  };
  const GateAnswer open = check("B", "app", Language::english);
  EXPECT_TRUE(open.allowed);
  EXPECT_EQ(open.text, "");
  const GateAnswer wrong_channel = check("B", "sms", Language::english);
  EXPECT_FALSE(wrong_channel.allowed);
  EXPECT_EQ(wrong_channel.reason, Reason::channel_not_permitted);
  EXPECT_EQ(wrong_channel.text, "the channel may not carry the policy");
  const GateAnswer refused = check("A", "sms", Language::english);
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.reason, Reason::not_in_segment);
  EXPECT_EQ(refused.text, "requires fee = 59, this user has 96");
  EXPECT_EQ(check("A", "sms", Language::chinese).text, "需要 fee = 59，该用户为 96");

  const auto policy_error = engine.check({"u", user}, "C", "sms", noon).error();
  EXPECT_EQ(policy_error.code, Errc::unknown_policy);
  EXPECT_EQ(policy_error.message, "the catalogue has no policy 'C'");
  const auto channel_error = engine.check({"u", user}, "A", "fax", noon).error();
  EXPECT_EQ(channel_error.code, Errc::unknown_channel);
  EXPECT_EQ(channel_error.message, "the catalogue has no channel 'fax'");
  EXPECT_EQ(engine.check({"u", user}, "a", "sms", noon).error().message,
            "the catalogue has no policy 'a'; did you mean 'A'?");
  EXPECT_EQ(engine.check({"u", user}, "A", "ap", noon).error().message,
            "the catalogue has no channel 'ap'; did you mean 'app'?");
}

}  // namespace
}  // namespace muster::testing
