#pragma once

#include <span>

#include "decide/prepared_catalogue.hpp"
#include "muster/decide/policy_view.hpp"

namespace muster {

/// What ranks a channel for a user; see ChannelWeights.
double channel_rank(const ChannelWeights& weights, bool preferred, double propensity,
                    double cost_share) noexcept;

/// Fills `preferred` and `rank` in for channels whose propensity is known and that stand in the
/// catalogue's order, then puts them in order, best first.
void rank_channels(const PreparedCatalogue& catalogue, const ChannelWeights& weights,
                   const ConditionBits& conditions, std::span<RankedChannel> channels) noexcept;

}  // namespace muster
