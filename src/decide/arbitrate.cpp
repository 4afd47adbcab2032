#include "decide/arbitrate.hpp"

#include <algorithm>

namespace muster {
namespace {

constexpr bool is_worse(const Contender& a, const Contender& b) noexcept { return is_better(b, a); }

bool any_held(const HeldGroups& held, std::span<const std::uint32_t> groups) noexcept {
  return std::any_of(groups.begin(), groups.end(),
                     [&](std::uint32_t group) { return held[group] != 0; });
}

/// Of so many the best is sooner found by looking at each.
constexpr std::size_t few = 32;

/// Moves the best to the end. REQUIRES: where there are more than a few, they are a heap, and the
/// others then are one again.
void best_to_end(std::span<Contender> contenders) noexcept {
  if (contenders.size() > few) {
    std::pop_heap(contenders.begin(), contenders.end(), is_worse);
  } else {
    std::iter_swap(std::min_element(contenders.begin(), contenders.end(), is_better),
                   contenders.end() - 1);
  }
}

}  // namespace

std::size_t arbitrate(const PreparedCatalogue& catalogue, std::span<Contender> contenders,
                      HeldGroups& held) noexcept {
  const Arbitration& settings = catalogue.catalogue.arbitration();
  const std::size_t places = std::size_t{settings.primary} + settings.secondary;
  if (contenders.size() > few) std::make_heap(contenders.begin(), contenders.end(), is_worse);

  // The best go to the end: offered ones from the back, ones that are excluded before them, which
  // leaves both the rest and the offered ones in one piece.
  std::size_t offered = 0, excluded = 0;
  for (std::size_t left = contenders.size(); left > 0 && offered < places; --left) {
    best_to_end(contenders.first(left));
    Contender& best = contenders[left - 1];
    const auto groups = catalogue.groups_of(best.policy);
    if (any_held(held, groups)) {
      best.reason = Reason::excluded;
      ++excluded;
      continue;
    }
    best.reason = offered < settings.primary ? Reason::primary : Reason::secondary;
    for (const std::uint32_t group : groups) held[group] = 1;
    // Past the excluded ones: the first of them takes its place.
    std::swap(best, contenders[left - 1 + excluded]);
    ++offered;
  }
  const std::size_t rest = contenders.size() - offered - excluded;
  for (Contender& one : contenders.first(rest)) {
    one.reason =
        any_held(held, catalogue.groups_of(one.policy)) ? Reason::excluded : Reason::outranked;
  }
  std::reverse(contenders.begin(), contenders.end());
  for (const Contender& one : contenders.first(offered)) {
    for (const std::uint32_t group : catalogue.groups_of(one.policy)) held[group] = 0;
  }
  return offered;
}

}  // namespace muster
