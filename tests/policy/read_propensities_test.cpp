#include <gtest/gtest.h>

#include "policy/catalogue_text.hpp"

namespace muster {
namespace {

using Lines = std::vector<std::string>;

/// Propensities that begin on the third line.
std::string propensity(const std::string& entries) {
  return R"("channels": [{"id": "a"}], "policies": [{"id": "P", "name": "n", "segment": "ok"}],
"propensity": )" +
         entries;
}

TEST(ReadPropensities, ReadsEveryKey) {
  const Catalogue catalogue = catalogue_from(propensity(R"(
    {"constants": [{"policy": "P", "channel": "a", "probability": 0.25}, {"probability": 1},
                   {"channel": "a", "probability": 0}],
     "logistic": [{"policy": "P", "intercept": -2, "terms": [
       {"tag": "fee", "coefficient": 0.5, "missing": 3},
       {"tag": "brand", "category": "华为", "coefficient": -1},
       {"tag": "likes", "category": "game", "coefficient": 1e12},
       {"tag": "ok", "coefficient": 0}, {"tag": "ends", "coefficient": 1}]}, {}]})"));
  const auto& constants = catalogue.propensities().constants;
  ASSERT_EQ(constants.size(), 3u);
  EXPECT_EQ(constants[0].policy, 0u);
  EXPECT_EQ(constants[0].channel, 0u);
  EXPECT_EQ(constants[0].probability, 0.25);
  EXPECT_EQ(constants[1].policy, any_policy);
  EXPECT_EQ(constants[1].channel, any_channel);
  EXPECT_EQ(constants[2].policy, any_policy);
  EXPECT_EQ(constants[2].channel, 0u);
  const auto& logistic = catalogue.propensities().logistic;
  ASSERT_EQ(logistic.size(), 2u);
  EXPECT_EQ(logistic[0].policy, 0u);
  EXPECT_EQ(logistic[0].channel, any_channel);
  EXPECT_EQ(logistic[0].intercept, -2);
  const auto& terms = logistic[0].terms;
  ASSERT_EQ(terms.size(), 5u);
  EXPECT_EQ(terms[0].tag, TagId{0});
  EXPECT_EQ(terms[0].coefficient, 0.5);
  EXPECT_EQ(terms[0].missing, 3);
  EXPECT_EQ(terms[1].tag, TagId{2});
  EXPECT_EQ(terms[1].category, CategoryCode{1});
  EXPECT_EQ(terms[1].missing, 0);
  EXPECT_EQ(terms[2].category, CategoryCode{1});
  EXPECT_EQ(terms[2].coefficient, 1e12);
  EXPECT_EQ(logistic[1].intercept, 0);
  EXPECT_TRUE(logistic[1].terms.empty());
}

TEST(ReadPropensities, SaysWhatIsWrong) {
  EXPECT_EQ(errors_in(propensity("[]")),
            (Lines{"3:15: error: 'propensity' must be an object, not an array"}));
  EXPECT_EQ(errors_in(propensity(R"({"constants": {}, "logistic": 1, "constant": []})")),
            (Lines{"3:29: error: 'constants' must be an array, not an object",
                   "3:45: error: 'logistic' must be an array, not a number",
                   "3:48: error: 'propensity' has no key 'constant'; did you mean 'constants'?"}));
}

TEST(ReadPropensities, SaysWhatIsWrongInConstants) {
  EXPECT_EQ(errors_in(propensity(R"({"constants": [1, {},
{"policy": "Q", "channel": "aa", "probability": 1.1},
{"policy": "P", "probability": 0}, {"policy": "P", "probability": 0},
{"channel": "a", "probability": -0.1, "prob": 1}]})")),
            (Lines{"3:30: error: a constant propensity must be an object, not a number",
                   "3:33: error: a constant propensity needs the key 'probability'",
                   "4:12: error: unknown policy 'Q'", "4:28: error: unknown channel 'aa'",
                   "4:49: error: 'probability' must be a number from 0 to 1",
                   "5:36: error: another entry is for the same policy and channel",
                   "6:33: error: 'probability' must be a number from 0 to 1",
                   "6:39: error: a constant propensity has no key 'prob'"}));
}

TEST(ReadPropensities, SaysWhatIsWrongInLogisticOnes) {
  EXPECT_EQ(errors_in(propensity(R"({"logistic": [{"intercept": 1e13, "terms": [1, {},
{"tag": "fe", "coefficient": 1}, {"tag": "brand", "coefficient": 1},
{"tag": "brand", "category": "Appel", "coefficient": 1}, {"tag": "likes", "category": 1, "coefficient": 1},
{"tag": "fee", "category": "x", "coefficient": -1e13, "missing": "1"}]},
{"terms": {}}, "x"]})")),
            (Lines{"3:43: error: 'intercept' must be a number from -1000000000000 to 1000000000000",
                   "3:59: error: a term must be an object, not a number",
                   "3:62: error: a term needs the key 'coefficient'",
                   "3:62: error: a term needs the key 'tag'",
                   "4:9: error: unknown tag 'fe'; did you mean 'fee'?",
                   "4:34: error: a term of the category 'brand' needs the key 'category'",
                   "5:30: error: 'Appel' is not a category of 'brand'; did you mean 'Apple'?",
                   "5:87: error: 'category' must be a string, not a number",
                   "6:28: error: 'fee' is a number and has no categories",
                   "6:48: error: 'coefficient' must be a number from -1000000000000 to "
                   "1000000000000",
                   "6:66: error: 'missing' must be a number, not a string",
                   "7:1: error: another entry is for the same policy and channel",
                   "7:11: error: 'terms' must be an array, not an object",
                   "7:16: error: a logistic propensity must be an object, not a string"}));
}

}  // namespace
}  // namespace muster
