#pragma once

#include <cstdint>

#include "core/bits.hpp"

namespace muster {

/// Bit i of `words` says whether yes(values[i]). `bytes` is room for n bytes. Written so that
/// compilers vectorise the first loop; the second packs a cache-hot buffer.
template <class T, class Yes>
inline void compare_bits(const T* values, std::size_t n, Yes yes, std::uint8_t* bytes,
                         std::uint64_t* words) {
  for (std::size_t i = 0; i < n; ++i) bytes[i] = yes(values[i]) ? 1 : 0;
  pack_bytes(bytes, n, words);
}

}  // namespace muster
