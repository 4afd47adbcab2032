#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/decide/reason.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster {

/// A channel that may carry an offer to the user now, and why it stands where it does.
struct RankedChannel {
  ChannelId channel = 0;
  bool preferred = false;  ///< by the user
  double propensity = 0;   ///< of the policy on this channel
  double rank = 0;         ///< see ChannelWeights
  double cost_share = 0;   ///< the cost of a contact by that of the catalogue's dearest channel
};

/// A policy that is offered, its score taken apart.
struct Offer {
  PolicyId policy = 0;
  bool primary = false;
  double score = 0;  ///< propensity × value × context × lever − contact_cost; always finite
  double propensity = 0;
  double value = 0;
  double context = 1;
  double lever = 1;
  double contact_cost = 0;
  std::span<const RankedChannel> channels;  ///< best first, at least one
};

/// A policy whose segment is TRUE for the user, and that is not offered.
struct Omission {
  PolicyId policy = 0;
  Reason reason = Reason::outranked;
};

/// The one answer for a user at a moment, the same for every channel. Immutable, thread-safe, cheap
/// to copy; holds its catalogue.
class MUSTER_EXPORT PolicyView {
 public:
  const Catalogue& catalogue() const noexcept;
  std::string_view user() const noexcept;
  Moment at() const noexcept;
  /// A hash of everything it was decided from: catalogue, user, history, moment, seed, and of the
  /// tags what rules, propensities and scripts made of them.
  std::uint64_t decision_id() const noexcept;
  /// Decided as usual, but to be left alone, to compare with.
  bool holdout() const noexcept;
  /// Whether the user counted as one of high value when channels were ranked.
  bool high_value() const noexcept;
  /// What its channels were ranked by: the catalogue's weights for users of high value, or others.
  const ChannelWeights& channel_weights() const noexcept;

  /// Primary policies first, then secondary ones, each best first.
  std::span<const Offer> offers() const noexcept;
  /// By policy id.
  std::span<const Omission> omissions() const noexcept;

  /// What a channel says for an offer, the user's tags filled in; empty where the policy has no
  /// script for it, or may not be carried by it. REQUIRES: offer < offers().size().
  std::string script(std::size_t offer, ChannelId channel) const;

  /// Everything above as JSON: keys in a fixed order, policies and channels by id, numbers in their
  /// shortest form; a user's key that is not UTF-8 has U+FFFD for each byte that is none. The same
  /// decision gives the same bytes, whoever asks.
  std::string to_json() const;

  struct Body;
  explicit PolicyView(std::shared_ptr<const Body> body) : body_(std::move(body)) {}

 private:
  std::shared_ptr<const Body> body_;
};

}  // namespace muster
