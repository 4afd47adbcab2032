#include <gtest/gtest.h>

#include "policy/catalogue_text.hpp"

namespace muster {
namespace {

using Lines = std::vector<std::string>;

/// Arbitration settings that begin on the third line.
std::string arbitration(const std::string& settings) {
  return R"("policies": [{"id": "P1", "name": "n", "segment": "ok"}, {"id": "Q1", "name": "n", "segment": "ok"}],
"arbitration": )" +
         settings;
}

TEST(ReadArbitration, ReadsEveryKey) {
  const Catalogue catalogue = catalogue_from(arbitration(R"(
    {"primary": 2, "secondary": 0,
     "context": [{"when": "fee > 90", "weight": 1.5, "policies": ["Q1", "P1"], "classes": ["service"]},
                 {"when": "ok", "weight": 0}],
     "channel_choice": {"high_value_when": "fee > 200",
                        "high_value": {"preference": 2, "response": 3, "cost": 4},
                        "others": {"cost": 5}}})"));
  const Arbitration& found = catalogue.arbitration();
  EXPECT_EQ(found.primary, 2u);
  EXPECT_EQ(found.secondary, 0u);
  ASSERT_EQ(found.context.size(), 2u);
  EXPECT_EQ(found.context[0].when, "fee > 90");
  EXPECT_EQ(found.context[0].weight, 1.5);
  EXPECT_EQ(found.context[0].policies, (std::vector<PolicyId>{0, 1}));
  EXPECT_EQ(found.context[0].classes, 0b010000);
  EXPECT_TRUE(found.context[1].policies.empty());
  EXPECT_EQ(found.context[1].classes, 0x3f);
  EXPECT_EQ(found.high_value_when, "fee > 200");
  EXPECT_EQ(found.high_value, (ChannelWeights{2, 3, 4}));
  EXPECT_EQ(found.others, (ChannelWeights{0, 1, 5}));
}

TEST(ReadArbitration, HasDefaults) {
  for (const char* settings : {"{}", R"({"channel_choice": {}, "context": []})"}) {
    const Catalogue catalogue = catalogue_from(arbitration(settings));
    const Arbitration& found = catalogue.arbitration();
    EXPECT_EQ(found.primary, 1u);
    EXPECT_EQ(found.secondary, 3u);
    EXPECT_TRUE(found.context.empty());
    EXPECT_EQ(found.high_value_when, "");
    EXPECT_EQ(found.high_value, (ChannelWeights{1, 1, 0}));
    EXPECT_EQ(found.others, (ChannelWeights{0, 1, 1}));
  }
}

TEST(ReadArbitration, SaysWhatIsWrong) {
  EXPECT_EQ(errors_in(arbitration("[]")),
            (Lines{"3:16: error: 'arbitration' must be an object, not an array"}));
  EXPECT_EQ(
      errors_in(arbitration(R"({"primry": 1, "primary": 0, "secondary": 101, "context": {}})")),
      (Lines{"3:17: error: 'arbitration' has no key 'primry'; did you mean 'primary'?",
             "3:41: error: 'primary' must be a whole number from 1 to 100",
             "3:57: error: 'secondary' must be a whole number from 0 to 100",
             "3:73: error: 'context' must be an array, not an object"}));
}

TEST(ReadArbitration, LimitsContextWeights) {
  Limits limits;
  limits.max_context_weights = 1;
  const std::string weight = R"({"when": "ok", "weight": 2})";
  EXPECT_EQ(errors_in(arbitration(R"({"context": [)" + weight + ", " + weight + "]}"), limits),
            (Lines{"3:28: error: 2 context weights are more than max_context_weights (1)"}));
  EXPECT_EQ(errors_in(arbitration(R"({"context": [)" + weight + "]}"), limits),
            (Lines{"no error"}));
  std::string many = weight;
  for (int i = 1; i <= 1'000; ++i) many += "," + weight;
  EXPECT_EQ(errors_in(arbitration(R"({"context": [)" + many + "]}")),
            (Lines{"3:28: error: 1001 context weights are more than max_context_weights (1000)"}));
}

TEST(ReadArbitration, SaysWhatIsWrongInContextWeights) {
  EXPECT_EQ(errors_in(arbitration(R"({"context": [1, {},
{"when": "feee > 1", "weight": -1, "policies": ["P1", "P2", "P1"], "classes": ["sals"]},
{"when": "ok", "weight": 1000001, "policies": [], "wait": 1}]})")),
            (Lines{"3:29: error: a context weight must be an object, not a number",
                   "3:32: error: a context weight needs the key 'when'",
                   "3:32: error: a context weight needs the key 'weight'",
                   "4:11: error: unknown tag 'feee'; did you mean 'fee'?",
                   "4:32: error: 'weight' must be a number from 0 to 1000000",
                   "4:55: error: unknown policy 'P2'; did you mean 'P1'?",
                   "4:61: error: a policy is named twice",
                   "4:80: error: a service class must be sales, strategic, incentive, retention, "
                   "service or sensitive, not 'sals'; did you mean 'sales'?",
                   "5:26: error: 'weight' must be a number from 0 to 1000000",
                   "5:47: error: 'policies' may not be empty",
                   "5:51: error: a context weight has no key 'wait'"}));
}

TEST(ReadArbitration, SaysWhatIsWrongInTheChannelChoice) {
  EXPECT_EQ(errors_in(arbitration(R"({"channel_choice": []})")),
            (Lines{"3:35: error: 'channel_choice' must be an object, not an array"}));
  EXPECT_EQ(errors_in(arbitration(
                R"({"channel_choice": {"high_value_when": "fe", "high_value": 1, "others":
{"preference": -1, "response": "1", "cost": 1e7, "costs": 1}, "other": {}}})")),
            (Lines{"3:56: error: unknown tag 'fe'; did you mean 'fee'?",
                   "3:75: error: 'high_value' must be an object, not a number",
                   "4:16: error: 'preference' must be a number from 0 to 1000000",
                   "4:32: error: 'response' must be a number, not a string",
                   "4:45: error: 'cost' must be a number from 0 to 1000000",
                   "4:50: error: 'others' has no key 'costs'; did you mean 'cost'?",
                   "4:63: error: 'channel_choice' has no key 'other'; did you mean 'others'?"}));
}

// Each suggestion looks at every id; so many are enough for any honest file.
TEST(ReadArbitration, SuggestsWhileThatIsCheap) {
  std::string policies;
  for (int i = 0; i < 2000; ++i) {
    policies +=
        R"({"id": "P)" + std::to_string(10'000 + i) + R"(", "name": "n", "segment": "ok"},)";
  }
  policies.pop_back();
  const auto last_error = [&](int wrong) {
    std::string references;
    for (int i = 0; i < wrong; ++i)
      references += "\"far from every id " + std::to_string(i) + "\",";
    return errors_in("\"policies\": [" + policies +
                     R"(], "arbitration": {"context": [{"when": "ok", "weight": 1, "policies": [)" +
                     references + "\n\"Q10001\"]}]}")
        .back();
  };
  EXPECT_EQ(last_error(999), "3:1: error: unknown policy 'Q10001'; did you mean 'P10001'?");
  EXPECT_EQ(last_error(1'000), "3:1: error: unknown policy 'Q10001'");
}

// Where policies could not be read, references to them are not held against the file.
TEST(ReadArbitration, ForgivesWhereThePoliciesAreWrong) {
  EXPECT_EQ(errors_in(R"("policies": [1],
"arbitration": {"context": [{"when": "ok", "weight": 1, "policies": ["R"]}]})"),
            (Lines{"2:14: error: a policy must be an object, not a number"}));
}

}  // namespace
}  // namespace muster
