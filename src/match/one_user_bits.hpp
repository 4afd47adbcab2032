#pragma once

// Steps that kernels share where they have no instructions for them; included once by each, with
// internal linkage.

#include <cstdint>

#include "match/one_user_blocks.hpp"

namespace muster {
namespace {

// The words of the table, `count` in all; those the user lacks are 0.
inline void load_hot_words(const OneUserCall& call, std::size_t count, std::uint64_t* out) {
  const OneUserView& view = *call.view;
  for (std::size_t i = 0; i < view.hot_count; ++i) {
    out[i] = call.bits[view.hot_words == nullptr ? i : view.hot_words[i]];
  }
  for (std::size_t i = view.hot_count; i < count; ++i) out[i] = 0;
}

// What a wide row looks for, by the low bits of its second byte: bits that must be 1 and bits that
// must be 0.
constexpr std::uint8_t wanted_ones[16] = {1, 2, 4, 8, 16, 32, 64, 128};
constexpr std::uint8_t wanted_zeros[16] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128};

inline void meet_words(const OneUserCall& call, const OneUserKeyLine& line, std::uint64_t* met) {
  const std::size_t first = std::size_t{line.line} * one_user_line_words;
  const std::uint64_t flip = line.negated != 0 ? ~std::uint64_t{0} : 0;
  for (std::size_t i = 0; i < one_user_line_words; ++i) {
    met[i] = first + i < call.words ? (call.bits[first + i] ^ flip) & line.mask[i] : 0;
  }
}

inline std::size_t select_bits(std::uint64_t mask, const std::uint8_t* rules, std::uint16_t* out) {
  std::size_t count = 0;
  for (; mask != 0; mask &= mask - 1) out[count++] = rule_at(rules, __builtin_ctzll(mask));
  return count;
}

// Any number of words.
inline std::size_t decode_bits(std::uint64_t* words, std::size_t count, std::uint32_t base,
                               std::uint32_t* out, std::size_t room) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < count; ++i, base += 64) {
    for (std::uint64_t word = words[i]; word != 0; word &= word - 1, ++found) {
      if (found < room) out[found] = base + static_cast<std::uint32_t>(__builtin_ctzll(word));
    }
    words[i] = 0;
  }
  return found;
}

// The first two numbers of a word without a branch, since most words have as many at most.
inline std::size_t decode_line(std::uint64_t* words, std::uint32_t base, std::uint32_t* out,
                               std::size_t room) {
  if (room < one_user_line_bits) return decode_bits(words, one_user_line_words, base, out, room);
  constexpr std::uint64_t top = std::uint64_t{1} << 63;
  std::uint32_t* next = out;
  for (std::size_t i = 0; i < one_user_line_words; ++i, base += 64) {
    std::uint64_t word = words[i];
    words[i] = 0;
    const auto count = static_cast<std::size_t>(__builtin_popcountll(word));
    for (std::size_t k = 0; k < 2; ++k) {
      next[k] = base + static_cast<std::uint32_t>(__builtin_ctzll(word | top));
      word &= word - (word != 0);
    }
    for (std::size_t k = 2; k < count; ++k, word &= word - 1) {
      next[k] = base + static_cast<std::uint32_t>(__builtin_ctzll(word));
    }
    next += count;
  }
  return static_cast<std::size_t>(next - out);
}

// For kernels without instructions for these.
struct PlainSteps {
  static constexpr bool has_windows = false;

  static void meet(const OneUserCall& call, const OneUserKeyLine& line, std::uint64_t* met) {
    meet_words(call, line, met);
  }

  static void range(std::uint32_t first, std::uint32_t end, std::uint32_t* out) {
    while (first < end) *out++ = first++;
  }

  static std::size_t select(std::uint64_t mask, const std::uint8_t* rules, std::uint16_t* out) {
    return select_bits(mask, rules, out);
  }

  static std::size_t decode(std::uint64_t* words, std::uint32_t base, std::uint32_t* out,
                            std::size_t room) {
    return decode_line(words, base, out, room);
  }
};

}  // namespace
}  // namespace muster
