#include "policy/tmf671_text.hpp"

namespace muster::testing {
namespace {

std::string with_actions(const std::string& actions, const std::string& type) {
  return R"({"id": "X", "name": "n", "promotionType": ")" + type +
         R"(", "pattern": [{"criteriaGroup": [)" + group({criterion("a", "=", "1")}) +
         R"(], "action": [)" + actions + "]}]}";
}

TEST(FromTmf671, AddsUpMoneyAndFindsTheOffering) {
  const Policy policy = read_one(with_actions(
      R"({"actionType": "currency", "actionValue": "100.5", "actionEntityRef": {"id": "po"}},
         {"actionType": "SMS", "actionValue": "many", "actionEntityRef":
          {"id": "po", "href": "h", "name": "n", "@referredType": "ProductOffering"}},
         {"actionType": "currency", "actionValue": "2", "actionEntityRef":
          {"id": "account", "@referredType": "PartyAccount"}})",
      "Discount"));
  EXPECT_EQ(policy.cost, 102.5);
  EXPECT_EQ(policy.offering, "po");
  const std::string account =
      R"({"actionType": "currency", "actionValue": "1", "actionEntityRef": {"id": "account"}})";
  EXPECT_EQ(read_one(with_actions(account, "Award")).offering, "");
}

std::string actions(const std::string& list) {
  return pattern(R"("criteriaGroup": [{"criteria": [{"criteriaParameter": "a", )"
                 R"("criteriaOperator": "=", "criteriaValue": "1"}]}], "action": [)"
                 "\n" +
                 list + "]");
}

class Tmf671TermsErrors : public ::testing::TestWithParam<Case> {};

TEST_P(Tmf671TermsErrors, AreAllShownInPlace) {
  EXPECT_EQ(errors_of(GetParam().json), GetParam().expected);
}

const auto name_of = [](const auto& made) { return std::string(made.param.name); };

INSTANTIATE_TEST_SUITE_P(
    Terms, Tmf671TermsErrors,
    ::testing::Values(
        Case{"Actions",
             actions(R"({"actionValue": "1"}, 7,
{"actionType": "currency"},
{"actionType": "currency", "actionValue": 5},
{"actionType": "currency", "actionValue": "-1"},
{"actionType": "currency", "actionValue": "5 yuan"},
{"actionType": "currency", "actionValue": "nan"})"),
             {"3:1: error: an action needs the key 'actionType'",
              "3:23: error: an action must be an object, not a number",
              "4:1: error: an action needs the key 'actionValue'",
              "5:43: error: 'actionValue' must be a string, not a number",
              "6:43: error: 'actionValue' must be a number from 0 to 1000000000000, not '-1'",
              "7:43: error: 'actionValue' must be a number from 0 to 1000000000000, not '5 yuan'",
              "8:43: error: 'actionValue' must be a number from 0 to 1000000000000, not 'nan'"}},
        Case{"NoActions",
             pattern(R"("action": [], "criteriaGroup": [{"criteria": [{"criteriaParameter": "a",
"criteriaOperator": "=", "criteriaValue": "1"}]}])"),
             {"2:11: error: 'action' may not be empty"}},
        Case{"TooMuchMoney",
             actions(R"({"actionType": "currency", "actionValue": "1e12"},
{"actionType": "currency", "actionValue": "1"})"),
             {"2:121: error: the actions give more than 1000000000000"}},
        Case{"References",
             actions(R"({"actionType": "SMS", "actionEntityRef": {"id": "po"}},
{"actionType": "SMS", "actionEntityRef": {"id": "other"}},
{"actionType": "SMS", "actionEntityRef": {"nam": "po"}})"),
             {"4:42: error: a policy is for one product offering; an action before is on 'po'",
              "5:42: error: 'actionEntityRef' needs the key 'id'",
              "5:43: error: 'actionEntityRef' has no key 'nam'; did you mean 'name'?"}},
        Case{"Numbers",
             promotion(R"("value": 1e13, "lever": -1, "quota": 0.5, "budget": "1")"),
             {"2:10: error: 'value' must be a number from -1000000000000 to 1000000000000",
              "2:25: error: 'lever' must be a number from 0 to 1000000",
              "2:38: error: 'quota' must be a whole number from 0 to 1000000000000000",
              "2:53: error: 'budget' must be a number, not a string"}},
        Case{"Groups",
             promotion(R"("exclusionGroup": ["a", "", 1, "a"])"),
             {"2:25: error: an exclusion group may not be empty",
              "2:29: error: an exclusion group must be a string, not a number",
              "2:32: error: an exclusion group is named twice"}},
        Case{"NoChannels",
             promotion(R"("channel": [])"),
             {"2:12: error: 'channel' may not be empty"}},
        Case{"Channels",
             promotion(R"("channel": ["shop", {"id": "hotlin"}, {"lever": 1e7},
{"id": "shop"}, {"id": "shop", "scripts": ""}])"),
             {"2:13: error: a channel must be an object, not a string",
              "2:28: error: unknown channel 'hotlin'; did you mean 'hotline'?",
              "2:39: error: a channel needs the key 'id'",
              "2:49: error: 'lever' must be a number from 0 to 1000000",
              "3:24: error: a channel is named twice",
              "3:32: error: a channel has no key 'scripts'; did you mean 'script'?"}}),
    name_of);

}  // namespace
}  // namespace muster::testing
