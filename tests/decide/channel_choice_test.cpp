#include "decide/channel_choice.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "prepared_world.hpp"

namespace muster::testing {
namespace {

double rank(const ChannelWeights& weights, bool preferred, double propensity, double cost) {
  Draft draft = small_draft();
  draft.channels[0].cost = cost;
  draft.channels[2].cost = 1;  // the dearest
  draft.channels[0].preferred_when = "vip";
  const auto catalogue = prepared(draft);
  const ConditionId vip = catalogue->channels[0].preferred;
  ChannelRanker ranker;
  ranker.begin(*catalogue, weights,
               preferred ? conditions_of(*catalogue, {vip}) : conditions_of(*catalogue));
  RankedChannel one{0, false, propensity};
  ranker.rank({&one, 1});
  EXPECT_EQ(one.preferred, preferred);
  EXPECT_EQ(one.cost_share, cost);
  return one.rank;
}

TEST(ChannelChoice, RanksByPreferenceResponseAndCost) {
  EXPECT_EQ(rank({2, 4, 8}, true, 0.5, 0.25), 2);
  EXPECT_EQ(rank({2, 4, 8}, false, 0.5, 0.25), 0);
  EXPECT_EQ(rank({1e308, 1e308, 0}, true, 1, 0), std::numeric_limits<double>::max());
}

std::vector<int> order(const ChannelWeights& weights, std::vector<double> propensities,
                       bool likes_shop) {
  Draft draft = small_draft();
  draft.channels[2].preferred_when = "likes HAS ANY ('shop')";
  const auto catalogue = prepared(draft);
  const ConditionId preferred = catalogue->channels[2].preferred;
  std::vector<RankedChannel> channels;
  for (std::size_t i = 0; i < propensities.size(); ++i) {
    channels.push_back({static_cast<ChannelId>(i), false, propensities[i]});
  }
  ChannelRanker ranker;
  ranker.begin(*catalogue, weights,
               likes_shop ? conditions_of(*catalogue, {preferred}) : conditions_of(*catalogue));
  ranker.rank(channels);
  std::vector<int> out;
  for (const RankedChannel& one : channels) {
    EXPECT_EQ(one.preferred, likes_shop && one.channel == 2);
    out.push_back(one.channel);
  }
  return out;
}

TEST(ChannelChoice, HighValueUsersGetWhatTheyPrefer) {
  EXPECT_EQ(order(Arbitration().high_value, {0.5, 0.4, 0.1}, true), (std::vector{2, 0, 1}));
  EXPECT_EQ(order(Arbitration().high_value, {0.5, 0.4, 0.1}, false), (std::vector{0, 1, 2}));
}

TEST(ChannelChoice, OthersGetTheCheapestThatWorks) {
  // Costs are 1, 0 and 4.
  EXPECT_EQ(order(Arbitration().others, {0.5, 0.4, 0.9}, true), (std::vector{1, 0, 2}));
}

TEST(ChannelChoice, TiesGoToTheChannelNamedFirst) {
  EXPECT_EQ(order({0, 1, 0}, {0.2, 0.2, 0.2}, false), (std::vector{0, 1, 2}));
  EXPECT_EQ(order({0, 1, 0}, {0.2, 0.3, 0.3}, false), (std::vector{1, 2, 0}));
}

}  // namespace
}  // namespace muster::testing
