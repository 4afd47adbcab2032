#pragma once

#include <cstdint>

#include "core/bits.hpp"

namespace muster {

/// Bit i of `words` says whether yes(values[i]). Blocks have a fixed size, as compilers vectorise
/// such loops at -O2 as well.
template <class T, class Yes>
inline void compare_bits(const T* values, std::size_t n, Yes yes, std::uint64_t* words) {
  std::uint8_t block[64];
  std::size_t at = 0;
  for (; at + 64 <= n; at += 64) {
    for (std::size_t i = 0; i < 64; ++i) block[i] = yes(values[at + i]) ? 1 : 0;
    pack_bytes(block, 64, words + at / 64);
  }
  for (std::size_t i = at; i < n; ++i) block[i - at] = yes(values[i]) ? 1 : 0;
  pack_bytes(block, n - at, words + at / 64);
}

}  // namespace muster
