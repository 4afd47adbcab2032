#include "match/hot_bits.hpp"

#include <algorithm>
#include <numeric>

#include "match/one_user_layout.hpp"

namespace muster {

HotBits::HotBits(std::span<const std::uint32_t> uses) : place_((uses.size() + 7) / 8, cold) {
  std::vector<std::uint64_t> per_byte(place_.size());
  for (std::size_t bit = 0; bit < uses.size(); ++bit) per_byte[bit / 8] += uses[bit];
  std::vector<std::uint32_t> order(place_.size());
  std::iota(order.begin(), order.end(), 0u);
  if (order.size() > one_user_hot_bytes) {
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return per_byte[a] > per_byte[b]; });
    order.resize(one_user_hot_bytes);
    std::sort(order.begin(), order.end());
    if (order.back() != one_user_hot_bytes - 1) bytes_ = order;
  }
  for (std::size_t i = 0; i < order.size(); ++i) place_[order[i]] = static_cast<std::uint8_t>(i);
}

std::uint8_t HotBits::byte(Literal literal) const noexcept {
  const std::size_t half = is_negated(literal) ? one_user_hot_bytes : 0;
  return static_cast<std::uint8_t>(place_[bit_of(literal) / 8] + half);
}

}  // namespace muster
