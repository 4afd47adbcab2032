#include "decide/channel_choice.hpp"

#include "decide/score.hpp"

namespace muster {

double channel_rank(const ChannelWeights& weights, bool preferred, double propensity,
                    double cost_share) noexcept {
  const double liked = preferred ? weights.preference : 0;
  return as_finite(liked + weights.response * propensity - weights.cost * cost_share);
}

void rank_channels(const PreparedCatalogue& catalogue, const ChannelWeights& weights,
                   const ConditionBits& conditions, std::span<RankedChannel> channels) noexcept {
  // By insertion: there are few, and those of one rank stay in order.
  for (std::size_t i = 0; i < channels.size(); ++i) {
    RankedChannel one = channels[i];
    const PreparedChannel& known = catalogue.channels[one.channel];
    one.preferred = conditions[known.preferred];
    one.rank = channel_rank(weights, one.preferred, one.propensity, known.cost_share);
    std::size_t at = i;
    for (; at > 0 && channels[at - 1].rank < one.rank; --at) channels[at] = channels[at - 1];
    channels[at] = one;
  }
}

}  // namespace muster
