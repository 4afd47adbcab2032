#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "draft.hpp"
#include "muster/decide/propensity_model.hpp"

namespace muster::testing {
namespace {

using Term = LogisticPropensity::Term;

Draft two_policies() {
  Draft draft = small_draft();
  draft.policies.push_back(policy("B"));
  draft.propensities = {};
  return draft;
}

double estimate(const Draft& draft, Placement place,
                const std::function<void(User&)>& change = {}) {
  const Catalogue catalogue = draft.make();
  User user = world_user(catalogue.schema());
  if (change) change(user);
  double out = -1;
  make_catalogue_model(catalogue)->estimate(user, 0, {&place, 1}, {&out, 1});
  return out;
}

TEST(PropensityModel, TakesTheEntryThatFitsBest) {
  Draft draft = two_policies();
  EXPECT_EQ(estimate(draft, {0, 0}), 0);
  draft.propensities.constants = {{any_policy, any_channel, 0.1}};
  EXPECT_EQ(estimate(draft, {1, 2}), 0.1);
  draft.propensities.constants.push_back({any_policy, 2, 0.2});
  EXPECT_EQ(estimate(draft, {1, 2}), 0.2);
  EXPECT_EQ(estimate(draft, {1, 1}), 0.1);
  draft.propensities.constants.push_back({1, any_channel, 0.3});
  EXPECT_EQ(estimate(draft, {1, 2}), 0.3);
  EXPECT_EQ(estimate(draft, {0, 2}), 0.2);
  draft.propensities.constants.push_back({1, 2, 0.4});
  EXPECT_EQ(estimate(draft, {1, 2}), 0.4);
  EXPECT_EQ(estimate(draft, {1, 0}), 0.3);
  draft.propensities.logistic = {{1, any_channel, 0, {}}};
  EXPECT_EQ(estimate(draft, {1, 0}), 0.5);  // of two alike the logistic one
  EXPECT_EQ(estimate(draft, {1, 2}), 0.4);
}

TEST(PropensityModel, ReadsEveryTypeOfTag) {
  const auto logit = [](const Term& term, const std::function<void(User&)>& change = {}) {
    Draft draft = two_policies();
    draft.propensities.logistic = {{any_policy, any_channel, 0, {term}}};
    const double p = estimate(draft, {0, 0}, change);
    return std::log(p / (1 - p));
  };
  EXPECT_NEAR(logit({TagId{0}, {}, 0.01, 7}), 0.96, 1e-12);
  EXPECT_NEAR(logit({TagId{7}, {}, 1, 7}), 1.25, 1e-12);  // derived
  EXPECT_NEAR(logit({TagId{2}, {}, 3, 7}), 0, 1e-12);
  EXPECT_NEAR(logit({TagId{2}, {}, 3, 7}, [](User& user) { ASSERT_TRUE(user.set("vip", true)); }),
              3, 1e-12);
  const auto dated = [](User& user) { ASSERT_TRUE(user.set("contract_end", Date{20'000})); };
  EXPECT_NEAR(logit({TagId{6}, {}, 0.0001, 7}, dated), 2, 1e-12);
  const auto brand = [](User& user) { ASSERT_TRUE(user.set("brand", "华为")); };
  EXPECT_NEAR(logit({TagId{4}, CategoryCode{1}, 2, 7}, brand), 2, 1e-12);
  EXPECT_NEAR(logit({TagId{4}, CategoryCode{0}, 2, 7}, brand), 0, 1e-12);
  const auto likes = [](User& user) { ASSERT_TRUE(user.set("likes", {"sms", "game"})); };
  EXPECT_NEAR(logit({TagId{5}, CategoryCode{3}, 2, 7}, likes), 2, 1e-12);
  EXPECT_NEAR(logit({TagId{5}, CategoryCode{1}, 2, 7}, likes), 0, 1e-12);
  EXPECT_NEAR(logit({TagId{4}, CategoryCode{1}, 0.5, 7}), 3.5, 1e-12);  // NULL
}

TEST(PropensityModel, AddsAnyNumberOfTerms) {
  for (std::size_t terms = 0; terms <= 200; terms += terms < 20 ? 1 : 11) {
    Draft draft = two_policies();
    LogisticPropensity its{any_policy, any_channel, -1, {}};
    for (std::size_t i = 0; i < terms; ++i) its.terms.push_back({TagId{2}, {}, 1.0 / 16, 0});
    draft.propensities.logistic = {its};
    const double p =
        estimate(draft, {0, 0}, [](User& user) { ASSERT_TRUE(user.set("vip", true)); });
    EXPECT_DOUBLE_EQ(p, 1 / (1 + std::exp(1 - static_cast<double>(terms) / 16)));
  }
}

TEST(PropensityModel, StaysAProbabilityFarOut) {
  Draft draft = two_policies();
  const auto at = [&](double intercept, double coefficient, double fee) {
    draft.propensities.logistic = {
        {any_policy, any_channel, intercept, {{TagId{0}, {}, coefficient, 0}}}};
    return estimate(draft, {0, 0}, [&](User& user) { ASSERT_TRUE(user.set("fee", fee)); });
  };
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(at(1e12, 0, 1), 1);
  EXPECT_EQ(at(-1e12, 0, 1), 0);
  EXPECT_EQ(at(0, 1, infinity), 1);
  EXPECT_EQ(at(0, -1, infinity), 0);
  EXPECT_EQ(at(0, 0, infinity), 0);  // 0 × ∞ is no number
  EXPECT_EQ(at(0, 1e12, 1e308), 1);
}

TEST(PropensityModel, AnswersManyPlacesAtOnce) {
  Draft draft = two_policies();
  for (ChannelId channel = 0; channel < 3; ++channel) {
    draft.propensities.logistic.push_back(
        {any_policy, channel, static_cast<double>(channel), {{TagId{0}, {}, 0.01, 0}}});
  }
  draft.propensities.constants = {{1, 1, 0.75}};
  const Catalogue catalogue = draft.make();
  const User user = world_user(catalogue.schema());
  const std::vector<Placement> places = {{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {0, 0}};
  std::vector<double> out(places.size());
  make_catalogue_model(catalogue)->estimate(user, 0, places, out);
  for (std::size_t i = 0; i < places.size(); ++i) {
    EXPECT_EQ(out[i], estimate(draft, places[i])) << i;
  }
  EXPECT_EQ(out[4], 0.75);
  EXPECT_EQ(out[0], out[6]);
}

}  // namespace
}  // namespace muster::testing
