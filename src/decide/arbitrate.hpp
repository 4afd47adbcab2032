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

/// Gives the places of a view to the best contenders, for one user after another.
class Arbiter {
 public:
  explicit Arbiter(const PreparedCatalogue& catalogue) : held_(catalogue.group_count) {}

  /// Sets every reason, each exclusion group having one policy offered at most, and gives the
  /// positions of those that are offered, best first, until the next call. `catalogue` is the same
  /// every time. O(n + places × min(n, log n)). REQUIRES: contenders are in order of policies.
  std::span<const std::uint32_t> run(const PreparedCatalogue& catalogue,
                                     std::span<Contender> contenders);

 private:
  /// Contenders of so few that the best is sooner found by looking at each.
  static constexpr std::size_t few = 32;
  static constexpr std::int64_t before_tiers = INT64_MIN;

  void begin(std::span<const Contender> contenders);
  /// The best that was not taken yet, which then is. REQUIRES: there is one.
  std::size_t take_best(std::span<const Contender> contenders);
  std::size_t take_best_of_few(std::span<const Contender> contenders) noexcept;
  void begin_next_tier(std::span<const Contender> contenders) noexcept;
  /// Takes a policy's groups.
  void hold(const PreparedCatalogue& catalogue, PolicyIndex policy) noexcept;
  bool any_held(const PreparedCatalogue& catalogue, PolicyIndex policy) const noexcept;

  std::vector<std::uint32_t> left_;   // where there are more than a few: a heap of those not taken
  std::vector<std::uint64_t> ranks_;  // where there are few: of those of a tier not taken
  std::int64_t tier_ = before_tiers;  // which that is
  std::vector<std::uint32_t> offered_;
  std::vector<std::uint8_t> held_;  // groups that have a policy offered; zeros between calls
  std::uint64_t held_marks_ = 0;    // mark_of them
};

}  // namespace muster
