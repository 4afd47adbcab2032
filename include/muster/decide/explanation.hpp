#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "muster/decide/policy_view.hpp"
#include "muster/match/explain.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster {

/// Why a channel may not carry a policy now.
struct ChannelBlock {
  ChannelId channel = 0;
  Reason reason = Reason::channel_closed;
  std::string rule;         ///< the contact rule's id; empty where it is not one
  std::uint32_t count = 0;  ///< contacts that count; caps and cool-downs
  std::uint32_t most = 0;   ///< how many there may be
};

/// What became of one policy for one user, and why.
struct PolicyReason {
  std::string policy;
  Reason reason = Reason::outranked;
  /// The rule that is not TRUE: "segment", "eligibility", "applicability" or "suitability"; empty
  /// where all are.
  std::string part;
  std::optional<Explanation> rule;    ///< of that part: what fails, and the smallest change
  std::vector<ChannelBlock> blocked;  ///< channels that may carry it, but not now
  /// Channels that the policy could have gone out on, best first, and what ranked them; of offered,
  /// excluded and outranked policies.
  std::vector<RankedChannel> channels;
  ChannelWeights weights;
  std::string better;  ///< excluded, outranked: the policy that took its place
};

/// A channel's rank by the formula of ChannelWeights: "0.4 = 1 x 1 + 1 x 0.1 - 1 x 0.7".
MUSTER_EXPORT std::string rank_text(const RankedChannel& channel, const ChannelWeights& weights);

/// Several lines for a person to read.
MUSTER_EXPORT std::string to_text(const PolicyReason& reason, const Catalogue& catalogue,
                                  Language language);

}  // namespace muster
