#pragma once

#include <algorithm>
#include <cstdint>

#include "core/bits.hpp"
#include "tags/cow_array.hpp"

/// Bitmaps that grow: `size` bits are in use, those above in the last word are 0.
namespace muster {

using Bitmap = CowArray<std::uint64_t>;

inline void append_bit(Bitmap& bits, std::size_t size, bool value) {
  auto& words = bits.own();
  words.resize(words_for(size + 1));
  assign_bit(words.data(), size, value);
}

/// Appends n bits, 64 at a time, from `word_at(first, count)`.
template <class WordAt>
void append_words(Bitmap& bits, std::size_t size, std::size_t n, WordAt word_at) {
  auto& words = bits.own();
  words.resize(words_for(size + n));
  for (std::size_t at = 0; at < n; at += 64) {
    const std::size_t count = std::min<std::size_t>(64, n - at);
    put_bits(words.data(), size + at, word_at(at, count), count);
  }
}

inline void append_ones(Bitmap& bits, std::size_t size, std::size_t n) {
  append_words(bits, size, n, [](std::size_t, std::size_t count) { return low_bits(count); });
}

inline void truncate_bits(Bitmap& bits, std::size_t size) {
  if (bits.size() * 64 <= size) return;
  auto& words = bits.own();
  words.resize(words_for(size));
  if (size % 64 != 0) words.back() &= low_bits(size % 64);
}

}  // namespace muster
