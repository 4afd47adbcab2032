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
  /// every time. O(n + places × min(n, log n)).
  std::span<const std::uint32_t> run(const PreparedCatalogue& catalogue,
                                     std::span<Contender> contenders);

 private:
  __extension__ using Order = unsigned __int128;
  /// A contender's place in the order, lower ones being better, and its position.
  struct Key {
    Order order;
    std::size_t position;
  };
  /// Contenders of so few that the best is sooner found by looking at each.
  static constexpr std::size_t few = 32;

  static bool is_worse(const Key& a, const Key& b) noexcept { return a.order > b.order; }
  static Key key_of(const Contender& contender, std::size_t position) noexcept;
  void rank(std::span<const Contender> contenders);
  /// The best that was not taken yet, which then is. REQUIRES: there is one.
  std::size_t take_best() noexcept;
  std::size_t take_best_of_few() noexcept;
  bool any_held(std::span<const std::uint32_t> groups) const noexcept;

  std::vector<Key> keys_;  // where there are more than a few: a heap of those not taken
  std::vector<std::uint32_t> offered_;
  std::vector<std::uint8_t> held_;  // groups that have a policy offered; zeros between calls
};

}  // namespace muster
