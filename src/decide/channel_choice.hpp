#pragma once

#include <span>
#include <vector>

#include "decide/prepared_catalogue.hpp"
#include "decide/score.hpp"
#include "muster/decide/policy_view.hpp"

namespace muster {

/// Ranks channels for one user after another; for the formula see ChannelWeights.
class ChannelRanker {
 public:
  /// Begins with a user. `catalogue` is the same every time.
  void begin(const PreparedCatalogue& catalogue, const ChannelWeights& weights,
             const ConditionBits& conditions);

  /// What a channel ranks by; finite.
  double rank_of(ChannelId channel, double propensity) const noexcept {
    const Known& known = known_[channel];
    return as_finite(known.liked + response_ * propensity - known.cost);
  }

  /// Fills `preferred`, `cost_share` and `rank` in for channels whose propensity is known and that
  /// stand in the catalogue's order, then puts them in order, best first.
  void rank(std::span<RankedChannel> channels) const noexcept;

 private:
  struct Known {
    double liked = 0, cost = 0, cost_share = 0;
    bool preferred = false;
  };
  double response_ = 0;
  std::vector<Known> known_;  // of the catalogue's channels
};

}  // namespace muster
