#include "decide/channel_choice.hpp"

namespace muster {

void ChannelRanker::begin(const PreparedCatalogue& catalogue, const ChannelWeights& weights,
                          const ConditionBits& conditions) {
  response_ = weights.response;
  known_.resize(catalogue.channels.size());
  const double liked[] = {0, weights.preference};  // no branch: users like what they like
  for (std::size_t i = 0; i < known_.size(); ++i) {
    const PreparedChannel& channel = catalogue.channels[i];
    const bool preferred = conditions[channel.preferred];
    known_[i] = {liked[preferred], weights.cost * channel.cost_share, channel.cost_share,
                 preferred};
  }
}

void ChannelRanker::rank(std::span<RankedChannel> channels) const noexcept {
  // By insertion: there are few, and those of one rank stay in order.
  for (std::size_t i = 0; i < channels.size(); ++i) {
    RankedChannel one = channels[i];
    const Known& known = known_[one.channel];
    one.preferred = known.preferred;
    one.cost_share = known.cost_share;
    one.rank = rank_of(one.channel, one.propensity);
    std::size_t at = i;
    for (; at > 0 && channels[at - 1].rank < one.rank; --at) channels[at] = channels[at - 1];
    channels[at] = one;
  }
}

}  // namespace muster
