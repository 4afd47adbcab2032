#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "muster/decide/reason.hpp"
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
  std::string better;                 ///< excluded, outranked: the policy that took its place
};

/// Several lines for a person to read.
MUSTER_EXPORT std::string to_text(const PolicyReason& reason, const Catalogue& catalogue,
                                  Language language);

}  // namespace muster
