#include "decide/arbitrate.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace muster {
namespace {

constexpr bool is_worse(const Contender& a, const Contender& b) noexcept { return is_better(b, a); }

bool any_held(const HeldGroups& held, std::span<const std::uint32_t> groups) noexcept {
  std::uint8_t any = 0;
  for (const std::uint32_t group : groups) any |= held[group];
  return any != 0;
}

/// A contender's place in the order as two words, lower ones being better.
struct OrderKey {
  std::uint64_t high, low;
};

OrderKey order_key(const Contender& one) noexcept {
  constexpr std::uint64_t sign = std::uint64_t{1} << 63;
  const auto bits = std::bit_cast<std::uint64_t>(one.score + 0.0);  // -0 is 0
  const std::uint64_t descending = (bits & sign) != 0 ? bits : ~bits ^ sign;
  const auto tier = static_cast<std::uint32_t>(one.tier) ^ std::uint32_t{1} << 31;
  return {std::uint64_t{tier} << 32 | descending >> 32, descending << 32 | one.policy};
}

/// The least of some keys. Which one it is can not be foretold, so nothing branches on it.
std::size_t least_of(std::span<const OrderKey> keys) noexcept {
  OrderKey least = keys[0];
  std::size_t place = 0;
  for (std::size_t i = 1; i < keys.size(); ++i) {
    const OrderKey key = keys[i];
    const bool is_less =
        (key.high < least.high) | ((key.high == least.high) & (key.low < least.low));
    const std::uint64_t mask = ~std::uint64_t{is_less} + 1;
    least.high ^= (least.high ^ key.high) & mask;
    least.low ^= (least.low ^ key.low) & mask;
    place ^= (place ^ i) & mask;
  }
  return place;
}

/// Contenders from which the best one is taken again and again.
class Best {
 public:
  explicit Best(std::span<Contender> contenders) noexcept : contenders_(contenders) {
    if (contenders.size() > few) {
      std::make_heap(contenders.begin(), contenders.end(), is_worse);
    } else {
      for (std::size_t i = 0; i < contenders.size(); ++i) keys_[i] = order_key(contenders[i]);
    }
  }

  /// Moves the best of the first `left` to their end. REQUIRES: `left` is one less every time.
  void to_end(std::size_t left) noexcept {
    if (contenders_.size() > few) {
      const auto begin = contenders_.begin();
      std::pop_heap(begin, begin + static_cast<std::ptrdiff_t>(left), is_worse);
      return;
    }
    const std::size_t best = least_of({keys_.data(), left});
    std::swap(contenders_[best], contenders_[left - 1]);
    keys_[best] = keys_[left - 1];
  }

 private:
  /// Of so many the best is sooner found by looking at each.
  static constexpr std::size_t few = 32;

  std::span<Contender> contenders_;
  std::array<OrderKey, few> keys_;
};

}  // namespace

std::size_t arbitrate(const PreparedCatalogue& catalogue, std::span<Contender> contenders,
                      HeldGroups& held) noexcept {
  const Arbitration& settings = catalogue.catalogue.arbitration();
  const std::size_t places = std::size_t{settings.primary} + settings.secondary;
  Best best_of(contenders);

  // The best go to the end: offered ones from the back, ones that are excluded before them, which
  // leaves both the rest and the offered ones in one piece.
  std::size_t offered = 0, excluded = 0;
  for (std::size_t left = contenders.size(); left > 0 && offered < places; --left) {
    best_of.to_end(left);
    const auto groups = catalogue.groups_of(contenders[left - 1].policy);
    if (any_held(held, groups)) {
      ++excluded;
      continue;
    }
    for (const std::uint32_t group : groups) held[group] = 1;
    // Past the excluded ones: the first of them takes its place.
    std::swap(contenders[left - 1], contenders[left - 1 + excluded]);
    ++offered;
  }
  std::reverse(contenders.begin(), contenders.end());
  // Not on the way: moving what was just written to in part makes the processor wait.
  for (std::size_t i = 0; i < offered; ++i) {
    contenders[i].reason = i < settings.primary ? Reason::primary : Reason::secondary;
  }
  for (Contender& one : contenders.subspan(offered)) {
    one.reason =
        any_held(held, catalogue.groups_of(one.policy)) ? Reason::excluded : Reason::outranked;
  }
  for (const Contender& one : contenders.first(offered)) {
    for (const std::uint32_t group : catalogue.groups_of(one.policy)) held[group] = 0;
  }
  return offered;
}

}  // namespace muster
