#pragma once

#include <algorithm>
#include <cstdint>

#include "core/bits.hpp"

/// Bitmaps at any bit of other people's memory, least significant bit first.
namespace muster {

/// Up to 64 bits from bit `at` on; no byte without one of them is read.
inline std::uint64_t bits_at(const std::uint8_t* bitmap, std::size_t at, std::size_t n) noexcept {
  const std::size_t shift = at % 8;
  bitmap += at / 8;
  if (shift == 0) return load_bits(bitmap, n);
  const std::size_t first = std::min<std::size_t>(n, 64 - shift);
  std::uint64_t word = load_bits(bitmap, shift + first) >> shift;
  if (n > first) word |= load_bits(bitmap + 8, n - first) << first;
  return word;
}

/// Copies `n` bits to bit `to_at` of `to`; bits above them in the last word become 0.
inline void copy_bits(std::uint64_t* to, std::size_t to_at, const std::uint8_t* from,
                      std::size_t from_at, std::size_t n) noexcept {
  for (std::size_t at = 0; at < n; at += 64) {
    const std::size_t count = std::min<std::size_t>(64, n - at);
    put_bits(to, to_at + at, bits_at(from, from_at + at, count), count);
  }
}

/// Makes `n` bits from bit `at` on the lowest of `pattern`, 64 at a time; bits above them in the
/// last word become 0.
inline void put_pattern(std::uint64_t* to, std::size_t at, std::uint64_t pattern,
                        std::size_t n) noexcept {
  for (const std::size_t end = at + n; at < end; at += 64) {
    put_bits(to, at, pattern, std::min<std::size_t>(64, end - at));
  }
}
inline void fill_bits(std::uint64_t* to, std::size_t at, std::size_t n) noexcept {
  put_pattern(to, at, ~std::uint64_t{0}, n);
}
inline void clear_bits(std::uint64_t* to, std::size_t at, std::size_t n) noexcept {
  put_pattern(to, at, 0, n);
}

}  // namespace muster
