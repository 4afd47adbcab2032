#include "match/hot_bits.hpp"

#include <algorithm>
#include <numeric>

#include "core/bits.hpp"
#include "match/one_user_layout.hpp"

namespace muster {

HotBits::HotBits(std::span<const std::uint32_t> uses)
    : wide_(uses.size() > one_user_narrow_words * 64), place_(words_for(uses.size()), cold) {
  std::vector<std::uint32_t> order(place_.size());
  std::iota(order.begin(), order.end(), 0u);
  if (order.size() > one_user_wide_words) {
    std::vector<std::uint64_t> per_word(order.size());
    for (std::size_t bit = 0; bit < uses.size(); ++bit) per_word[bit / 64] += uses[bit];
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return per_word[a] > per_word[b]; });
    order.resize(one_user_wide_words);
    std::sort(order.begin(), order.end());
    if (order.back() != one_user_wide_words - 1) words_ = order;
  }
  count_ = order.size();
  for (std::size_t i = 0; i < order.size(); ++i) place_[order[i]] = static_cast<std::uint8_t>(i);
}

std::uint8_t HotBits::where(Literal literal) const noexcept {
  const std::size_t byte = place_[bit_of(literal) / 64] * std::size_t{8} + bit_of(literal) % 64 / 8;
  const bool complement = !wide_ && is_negated(literal);
  return static_cast<std::uint8_t>(byte + (complement ? one_user_narrow_words * 8 : 0));
}

std::uint8_t HotBits::what(Literal literal) const noexcept {
  const std::uint32_t bit = bit_of(literal) % 8;
  if (!wide_) return static_cast<std::uint8_t>(1u << bit);
  return static_cast<std::uint8_t>(bit + (is_negated(literal) ? one_user_wide_negated : 0));
}

std::uint8_t HotBits::nothing() const noexcept { return wide_ ? one_user_wide_nothing : 0; }

}  // namespace muster
