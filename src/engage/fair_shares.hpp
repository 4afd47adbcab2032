#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace muster {

/// Whose turn it is among channels that wait, by weight: start-time fair queueing (P. Goyal,
/// H. Vin, H. Cheng, SIGCOMM 1996; every call of length 1). A channel's tag is the virtual time at
/// which its next call would start had each channel a server of its own, as fast as its weight;
/// the lowest tag is next, and virtual time is the tag of the call that started last.
class FairShares {
 public:
  /// `rebase_at`: the virtual time after which it begins anew.
  explicit FairShares(std::vector<double> weights, double rebase_at = 1e9)
      : weights_(std::move(weights)), tags_(weights_.size()), rebase_at_(rebase_at) {}

  /// A channel that did not wait begins to: what it left unused is gone.
  void arrive(std::size_t channel) noexcept { tags_[channel] = std::max(tags_[channel], now_); }

  /// The channel with the lowest tag of those that `may_start`; the number of channels where none
  /// may. Ties go to the first. O(channels).
  template <class MayStart>
  std::size_t pick(MayStart may_start) const {
    std::size_t best = tags_.size();
    for (std::size_t i = 0; i < tags_.size(); ++i) {
      if ((best == tags_.size() || tags_[i] < tags_[best]) && may_start(i)) best = i;
    }
    return best;
  }

  void start(std::size_t channel) noexcept {
    now_ = std::max(now_, tags_[channel]);  // past the tag of one that its own limits held back
    tags_[channel] = now_ + 1 / weights_[channel];
    if (now_ > rebase_at_) rebase();
  }

 private:
  // Sums that grow for ever would lose the weights' last digits.
  void rebase() noexcept {
    for (double& tag : tags_) tag = std::max(0.0, tag - now_);
    now_ = 0;
  }

  std::vector<double> weights_;
  std::vector<double> tags_;
  double rebase_at_;
  double now_ = 0;
};

}  // namespace muster
