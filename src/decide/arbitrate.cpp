#include "decide/arbitrate.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

namespace muster {
namespace {

/// A score as a number in the same order: whole numbers are chosen among without a branch.
std::uint64_t rank_of(double score) noexcept {
  constexpr std::uint64_t sign = std::uint64_t{1} << 63;
  const auto bits = std::bit_cast<std::uint64_t>(score + 0.0);  // -0 is 0
  return (bits & sign) != 0 ? ~bits : bits | sign;
}
constexpr std::uint64_t no_rank = 0;  // below that of any number

}  // namespace

void Arbiter::begin(std::span<const Contender> contenders) {
  if (contenders.size() <= few) {
    ranks_.assign(contenders.size(), no_rank);
    tier_ = before_tiers;
    return;
  }
  left_.resize(contenders.size());
  std::iota(left_.begin(), left_.end(), 0);
  std::make_heap(left_.begin(), left_.end(),
                 [&](auto a, auto b) { return is_better(contenders[b], contenders[a]); });
}

std::size_t Arbiter::take_best(std::span<const Contender> contenders) {
  if (contenders.size() <= few) return take_best_of_few(contenders);
  std::pop_heap(left_.begin(), left_.end(),
                [&](auto a, auto b) { return is_better(contenders[b], contenders[a]); });
  const std::size_t best = left_.back();
  left_.pop_back();
  return best;
}

// Which one it is can not be foretold, so nothing branches on it. Of equal ones it is the first.
std::size_t Arbiter::take_best_of_few(std::span<const Contender> contenders) noexcept {
  for (;;) {
    std::uint64_t most = no_rank;
    std::size_t best = 0;
    for (std::size_t i = 0; i < ranks_.size(); ++i) {
      const bool is_more = ranks_[i] > most;
      best = is_more ? i : best;
      most = is_more ? ranks_[i] : most;
    }
    if (most != no_rank) {
      ranks_[best] = no_rank;
      return best;
    }
    begin_next_tier(contenders);
  }
}

void Arbiter::begin_next_tier(std::span<const Contender> contenders) noexcept {
  std::int64_t next = std::numeric_limits<std::int64_t>::max();
  for (const Contender& one : contenders) {
    const bool is_next = (one.tier > tier_) & (one.tier < next);
    next = is_next ? one.tier : next;
  }
  tier_ = next;
  for (std::size_t i = 0; i < ranks_.size(); ++i) {
    const std::uint64_t rank = rank_of(contenders[i].score);
    ranks_[i] = contenders[i].tier == tier_ ? rank : no_rank;
  }
}

void Arbiter::hold(const PreparedCatalogue& catalogue, PolicyIndex policy) noexcept {
  for (const std::uint32_t group : catalogue.groups_of(policy)) held_[group] = 1;
  held_marks_ |= catalogue.policies[policy].group_marks;
}

bool Arbiter::any_held(const PreparedCatalogue& catalogue, PolicyIndex policy) const noexcept {
  if ((catalogue.policies[policy].group_marks & held_marks_) == 0) return false;  // mostly
  std::uint8_t any = 0;
  for (const std::uint32_t group : catalogue.groups_of(policy)) any |= held_[group];
  return any != 0;
}

std::span<const std::uint32_t> Arbiter::run(const PreparedCatalogue& catalogue,
                                            std::span<Contender> contenders) {
  const Arbitration& settings = catalogue.catalogue.arbitration();
  const std::size_t places = std::size_t{settings.primary} + settings.secondary;
  offered_.clear();
  offered_.reserve(std::min(places, contenders.size()));  // nothing may throw while groups are held
  held_marks_ = 0;
  begin(contenders);
  for (std::size_t left = contenders.size(); left > 0 && offered_.size() < places; --left) {
    const std::size_t best = take_best(contenders);
    if (any_held(catalogue, contenders[best].policy)) continue;
    hold(catalogue, contenders[best].policy);
    offered_.push_back(static_cast<std::uint32_t>(best));
  }
  for (Contender& one : contenders) {
    one.reason = any_held(catalogue, one.policy) ? Reason::excluded : Reason::outranked;
  }
  for (std::size_t i = 0; i < offered_.size(); ++i) {
    Contender& one = contenders[offered_[i]];
    one.reason = i < settings.primary ? Reason::primary : Reason::secondary;
    for (const std::uint32_t group : catalogue.groups_of(one.policy)) held_[group] = 0;
  }
  return offered_;
}

}  // namespace muster
