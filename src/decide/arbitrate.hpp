#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "decide/prepared_catalogue.hpp"
#include "muster/decide/reason.hpp"

namespace muster {

/// A policy that a user may be offered.
struct Contender {
  std::int32_t tier = 1;
  double score = 0;
  PolicyIndex policy = 0;       ///< distinct; in the order of ties
  std::uint32_t candidate = 0;  ///< the caller's own
  Reason reason = Reason::outranked;
};

/// Lower tiers first, then higher scores, then lower ids. REQUIRES: no score is NaN.
constexpr bool is_better(const Contender& a, const Contender& b) noexcept {
  if (a.tier != b.tier) return a.tier < b.tier;
  if (a.score != b.score) return a.score > b.score;
  return a.policy < b.policy;
}

/// Which exclusion groups have a policy that is offered; working memory.
using HeldGroups = std::vector<std::uint8_t>;

/// Gives the places of a view to the best of `contenders`, each exclusion group having one at most:
/// those that are offered come first in `contenders`, best first, and their number is returned; the
/// others follow in some order. Every reason is set. REQUIRES: `held` has a zero for each group of
/// the catalogue; they are zeros again afterwards. O(n + places × log n).
std::size_t arbitrate(const PreparedCatalogue& catalogue, std::span<Contender> contenders,
                      HeldGroups& held) noexcept;

}  // namespace muster
