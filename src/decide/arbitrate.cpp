#include "decide/arbitrate.hpp"

#include <algorithm>
#include <bit>

namespace muster {

Arbiter::Key Arbiter::key_of(const Contender& contender, std::size_t position) noexcept {
  constexpr std::uint64_t sign = std::uint64_t{1} << 63;
  const auto bits = std::bit_cast<std::uint64_t>(contender.score + 0.0);  // -0 is 0
  const std::uint64_t descending = (bits & sign) != 0 ? bits : ~bits ^ sign;
  const auto tier = static_cast<std::uint32_t>(contender.tier) ^ std::uint32_t{1} << 31;
  return {Order{tier} << 96 | Order{descending} << 32 | contender.policy, position};
}

void Arbiter::rank(std::span<const Contender> contenders) {
  keys_.resize(contenders.size());
  for (std::size_t i = 0; i < contenders.size(); ++i) keys_[i] = key_of(contenders[i], i);
  if (keys_.size() > few) {
    std::make_heap(keys_.begin(), keys_.end(), is_worse);
  }
}

std::size_t Arbiter::take_best() noexcept {
  if (keys_.size() <= few) return take_best_of_few();
  std::pop_heap(keys_.begin(), keys_.end(), is_worse);
  const std::size_t best = keys_.back().position;
  keys_.pop_back();
  return best;
}

// Which one it is can not be foretold, so nothing branches on it.
std::size_t Arbiter::take_best_of_few() noexcept {
  Order least = keys_[0].order;
  std::size_t best = 0;
  for (std::size_t i = 1; i < keys_.size(); ++i) {
    const bool is_less = keys_[i].order < least;
    least = is_less ? keys_[i].order : least;
    best = is_less ? i : best;
  }
  keys_[best].order = ~Order{0};  // behind all others, as scores are finite
  return keys_[best].position;
}

bool Arbiter::any_held(std::span<const std::uint32_t> groups) const noexcept {
  std::uint8_t any = 0;
  for (const std::uint32_t group : groups) any |= held_[group];
  return any != 0;
}

std::span<const std::uint32_t> Arbiter::run(const PreparedCatalogue& catalogue,
                                            std::span<Contender> contenders) {
  const Arbitration& settings = catalogue.catalogue.arbitration();
  const std::size_t places = std::size_t{settings.primary} + settings.secondary;
  offered_.clear();
  offered_.reserve(std::min(places, contenders.size()));  // nothing may throw while groups are held
  rank(contenders);
  for (std::size_t left = contenders.size(); left > 0 && offered_.size() < places; --left) {
    const std::size_t best = take_best();
    const auto groups = catalogue.groups_of(contenders[best].policy);
    if (any_held(groups)) continue;
    for (const std::uint32_t group : groups) held_[group] = 1;
    offered_.push_back(static_cast<std::uint32_t>(best));
  }
  for (Contender& one : contenders) {
    one.reason = any_held(catalogue.groups_of(one.policy)) ? Reason::excluded : Reason::outranked;
  }
  for (std::size_t i = 0; i < offered_.size(); ++i) {
    Contender& one = contenders[offered_[i]];
    one.reason = i < settings.primary ? Reason::primary : Reason::secondary;
    for (const std::uint32_t group : catalogue.groups_of(one.policy)) held_[group] = 0;
  }
  return offered_;
}

}  // namespace muster
