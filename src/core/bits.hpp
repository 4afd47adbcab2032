#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace muster {

constexpr std::size_t words_for(std::size_t bits) noexcept { return (bits + 63) / 64; }

/// The lowest `n` bits. REQUIRES: n <= 64.
constexpr std::uint64_t low_bits(std::size_t n) noexcept {
  return n >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1;
}

inline bool test_bit(const std::uint64_t* words, std::size_t at) noexcept {
  return (words[at / 64] >> (at % 64) & 1) != 0;
}

inline void assign_bit(std::uint64_t* words, std::size_t at, bool value) noexcept {
  const std::uint64_t bit = std::uint64_t{1} << (at % 64);
  words[at / 64] = value ? words[at / 64] | bit : words[at / 64] & ~bit;
}

/// Eight bytes of a bitmap, least significant bit first, as a word; only the first `bits` count.
std::uint64_t load_bits(const std::uint8_t* bitmap, std::size_t bits) noexcept;

/// Writes the low `n` bits of `value` at bit `at`, leaving what is below. Bits above become 0.
/// REQUIRES: n <= 64; `words` reaches to words_for(at + n).
inline void put_bits(std::uint64_t* words, std::size_t at, std::uint64_t value,
                     std::size_t n) noexcept {
  const std::size_t shift = at % 64;
  value &= low_bits(n);
  words += at / 64;
  words[0] = (words[0] & low_bits(shift)) | value << shift;
  if (shift + n > 64) words[1] = value >> (64 - shift);
}

/// Bit i of the result is the lowest bit of bytes[i]; spare bits of the last word are 0.
void pack_bytes(const std::uint8_t* bytes, std::size_t n, std::uint64_t* words) noexcept;

/// Transposes 64 words of 64 bits: bit j of word i goes to bit i of word j.
void transpose_64(std::uint64_t* words) noexcept;

}  // namespace muster
