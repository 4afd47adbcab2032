#include <gtest/gtest.h>

#include "policy/catalogue_text.hpp"

namespace muster {
namespace {

using Lines = std::vector<std::string>;

const std::string kChannels = R"("channels": [{"id": "shop", "kind": "own_shop"}, {"id": "app"},
 {"id": "manager", "kind": "account_manager", "classes": ["strategic"]}],)";

/// Policies that begin on the fifth line, after channels.
std::string policies(const std::string& entries) {
  return kChannels + "\n\"policies\": [\n" + entries + "]";
}

/// One policy with further keys, which begin on the sixth line.
std::string policy(const std::string& keys) {
  return policies("{\"id\": \"P\", \"name\": \"n\", \"segment\": \"ok\",\n" + keys + "}");
}

TEST(ReadPolicies, ReadsEveryKey) {
  const Catalogue catalogue = catalogue_from(policies(
      R"({"id": "P1", "name": "存168得504", "description": "d", "segment": "fee = 96",
          "eligibility": "ok", "applicability": "fee > 1", "suitability": "NOT ok",
          "state": "suspended", "class": "incentive", "tier": -2, "value": -120.5, "cost": 30,
          "lever": 1.2, "valid": {"from": "2026-11-01"}, "quota": 1000, "budget": 50000,
          "groups": ["deposit", "plan"], "script": "{fee}", "offering": "po-96",
          "channels": ["app", {"id": "shop", "script": "s{brand}", "lever": 0}]})"));
  ASSERT_EQ(catalogue.policies().size(), 1u);
  const Policy& policy = catalogue.policies()[0];
  EXPECT_EQ(policy.id, "P1");
  EXPECT_EQ(policy.name, "存168得504");
  EXPECT_EQ(policy.description, "d");
  EXPECT_EQ(policy.segment, "fee = 96");
  EXPECT_EQ(policy.eligibility, "ok");
  EXPECT_EQ(policy.applicability, "fee > 1");
  EXPECT_EQ(policy.suitability, "NOT ok");
  EXPECT_EQ(policy.state, PolicyState::suspended);
  EXPECT_EQ(policy.service_class, ServiceClass::incentive);
  EXPECT_EQ(policy.tier, -2);
  EXPECT_EQ(policy.value, -120.5);
  EXPECT_EQ(policy.cost, 30);
  EXPECT_EQ(policy.lever, 1.2);
  EXPECT_EQ(to_string(policy.valid.from), "2026-11-01T00:00:00Z");
  EXPECT_EQ(policy.quota, 1000u);
  EXPECT_EQ(policy.budget, 50'000);
  EXPECT_EQ(policy.groups, (Lines{"deposit", "plan"}));
  EXPECT_EQ(policy.script, "{fee}");
  EXPECT_EQ(policy.offering, "po-96");
  ASSERT_EQ(policy.channels.size(), 2u);
  EXPECT_EQ(policy.channels[0].channel, 0);
  EXPECT_EQ(policy.channels[0].script, "s{brand}");
  EXPECT_EQ(policy.channels[0].lever, 0);
  EXPECT_EQ(policy.channels[1].channel, 1);
  EXPECT_EQ(policy.channels[1].script, "");
  EXPECT_EQ(policy.channels[1].lever, 1);
}

TEST(ReadPolicies, MostKeysMayBeMissing) {
  const Policy policy =
      catalogue_from(R"("policies": [{"id": "P", "name": "n", "segment": "ok"}])").policies()[0];
  EXPECT_EQ(policy.eligibility + policy.applicability + policy.suitability, "");
  EXPECT_EQ(policy.state, PolicyState::released);
  EXPECT_EQ(policy.service_class, ServiceClass::sales);
  EXPECT_EQ(policy.tier, 1);
  EXPECT_EQ(policy.value, 0);
  EXPECT_EQ(policy.cost, 0);
  EXPECT_EQ(policy.lever, 1);
  EXPECT_TRUE(policy.valid.contains(Moment{0}));
  EXPECT_EQ(policy.quota, 0u);
  EXPECT_EQ(policy.budget, 0);
  EXPECT_TRUE(policy.groups.empty());
  EXPECT_TRUE(policy.channels.empty());
  EXPECT_EQ(policy.script, "");
  EXPECT_EQ(policy.offering, "");
}

struct Case {
  const char* name;
  std::string keys;
  Lines said;
};

class PolicyErrors : public testing::TestWithParam<Case> {};

TEST_P(PolicyErrors, AreInPlace) { EXPECT_EQ(errors_in(policy(GetParam().keys)), GetParam().said); }

INSTANTIATE_TEST_SUITE_P(
    ReadPolicies, PolicyErrors,
    testing::Values(
        Case{"Words",
             R"("state": "relased", "class": "risky", "states": 1)",
             {"6:10: error: 'state' must be draft, test, waiting, released, suspended or retired, "
              "not 'relased'; did you mean 'released'?",
              "6:30: error: 'class' must be sales, strategic, incentive, retention, service or "
              "sensitive, not 'risky'",
              "6:39: error: a policy has no key 'states'; did you mean 'state'?"}},
        Case{
            "Numbers",
            R"("tier": 1.5, "value": 1e13, "cost": -1, "lever": 1000001, "quota": -1, "budget": 1e400)",
            {"6:9: error: 'tier' must be a whole number from -1000000 to 1000000",
             "6:23: error: 'value' must be a number from -1000000000000 to 1000000000000",
             "6:37: error: 'cost' must be a number from 0 to 1000000000000",
             "6:50: error: 'lever' must be a number from 0 to 1000000",
             "6:68: error: 'quota' must be a whole number from 0 to 1000000000000000",
             "6:82: error: 'budget' must be a number from 0 to 1000000000000"}},
        Case{
            "Types",
            R"("tier": "1", "value": null, "groups": "g", "channels": {}, "script": 1, "lever": true)",
            {"6:9: error: 'tier' must be a number, not a string",
             "6:23: error: 'value' must be a number, not null",
             "6:39: error: 'groups' must be an array, not a string",
             "6:56: error: 'channels' must be an array, not an object",
             "6:70: error: 'script' must be a string, not a number",
             "6:82: error: 'lever' must be a number, not true"}},
        Case{"Offering",
             R"("offering": 96)",
             {"6:13: error: 'offering' must be a string, not a number"}},
        Case{"Groups",
             R"("groups": ["a", "", "a", 1])",
             {"6:17: error: a group may not be empty", "6:21: error: a group is named twice",
              "6:26: error: a group must be a string, not a number"}},
        Case{
            "Rules",
            R"j("eligibility": "fe > 1", "applicability": "brand = 'Appel'", "suitability": "SEGMENT(x)")j",
            {"6:17: error: unknown tag 'fe'; did you mean 'fee'?",
             "6:52: error: 'Appel' is not a category of 'brand'; did you mean 'Apple'?",
             "6:78: error: unknown segment 'x'"}},
        Case{"EmptyRule", R"("eligibility": "")", {"6:17: error: the rule is empty"}},
        Case{
            "Scripts",
            R"("script": "您\u7684{fe}元", "class": "incentive", "channels": [{"id": "app", "script": "a } {b"}])",
            {"6:20: error: unknown tag 'fe'; did you mean 'fee'?",
             "6:89: error: '}' without its '{'; the brace itself is written '}}'",
             "6:91: error: '{' without its '}'; the brace itself is written '{{'"}},
        Case{"Channels",
             R"("channels": ["ap", 1, {"script": "s"}, {"id": "app", "leverr": 2}, "app"])",
             {"6:14: error: unknown channel 'ap'; did you mean 'app'?",
              "6:20: error: a channel's id must be a string, not a number",
              "6:23: error: a policy's channel needs the key 'id'",
              "6:54: error: a policy's channel has no key 'leverr'; did you mean 'lever'?",
              "6:68: error: a channel is named twice"}},
        Case{"NoChannels", R"("channels": [])", {"6:13: error: 'channels' may not be empty"}},
        Case{"ChannelsOfTheClass",
             R"("class": "retention", "channels": ["app", "shop", {"id": "manager"}])",
             {"6:36: error: a policy of class retention may not use channel 'app', of kind digital",
              "6:58: error: channel 'manager', of kind account_manager, does not carry policies of "
              "class retention"}},
        Case{"ChannelsOfAWrongClass",
             R"("class": "x", "channels": ["app", "shop"])",
             {"6:10: error: 'class' must be sales, strategic, incentive, retention, service or "
              "sensitive, not 'x'"}}),
    [](const auto& made) { return std::string(made.param.name); });

TEST(ReadPolicies, WrongChannelsAreNoSecondError) {
  EXPECT_EQ(errors_in(R"("channels": [{"id": "app", "kind": "x"}, 1], "policies": [
{"id": "P", "name": "n", "segment": "ok", "class": "retention", "channels": ["app", "y"]}])"),
            (Lines{"2:36: error: 'kind' must be own_shop, partner_shop, digital or "
                   "account_manager, not 'x'",
                   "2:42: error: a channel must be an object, not a number"}));
  EXPECT_EQ(
      errors_in(R"("channels": [{"id": "app"}], "class_channels": {"retention": [1]}, "policies": [
{"id": "P", "name": "n", "segment": "ok", "class": "retention", "channels": ["app"]}])"),
      (Lines{"2:63: error: a channel kind must be a string, not a number"}));
}

TEST(ReadPolicies, NeedNoSchemaToBeRead) {
  const std::string json = R"({"schema": {"tags": [{}]}, "policies": [
{"id": "P", "name": "n", "segment": "nonsense((", "script": "{", "tier": "x"}]})";
  const auto catalogue = Catalogue::from_json(json);
  ASSERT_FALSE(catalogue);
  EXPECT_EQ(
      first_lines(catalogue.error().diagnostics, json),
      (Lines{"1:22: error: a tag needs the key 'name'", "1:22: error: a tag needs the key 'type'",
             "2:74: error: 'tier' must be a number, not a string"}));
}

// The same text is checked once and wrong in every place.
TEST(ReadPolicies, EqualRulesAreWrongTogether) {
  EXPECT_EQ(errors_in(R"("policies": [{"id": "P", "name": "n", "segment": "fe = 1"},
{"id": "Q", "name": "n", "segment": "fe = 1"}])"),
            (Lines{"2:51: error: unknown tag 'fe'; did you mean 'fee'?",
                   "3:38: error: unknown tag 'fe'; did you mean 'fee'?"}));
}

}  // namespace
}  // namespace muster
