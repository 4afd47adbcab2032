#pragma once

#include <algorithm>
#include <cstddef>

#include "muster/tags/encoded_users.hpp"

namespace muster {

/// Tiles that a thread takes in one go: enough users for handing them out to cost nothing, few
/// enough for a column of them to stay in the first-level cache.
inline constexpr std::size_t tiles_a_block = 8;

inline std::size_t blocks_of(const EncodedUsers& users) noexcept {
  return (users.tiles() + tiles_a_block - 1) / tiles_a_block;
}

template <class Fn>
void for_each_tile(const EncodedUsers& users, std::size_t block, Fn&& fn) {
  const std::size_t end = std::min(users.tiles(), (block + 1) * tiles_a_block);
  for (std::size_t tile = block * tiles_a_block; tile < end; ++tile) fn(tile);
}

}  // namespace muster
