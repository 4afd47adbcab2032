#include "core/bits.hpp"

#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace muster {
namespace {

std::uint64_t from_little_endian(std::uint64_t word) noexcept {
  if constexpr (std::endian::native == std::endian::big) return __builtin_bswap64(word);
  return word;
}

/// The lowest bits of eight bytes, gathered by a multiplication whose partial products do not
/// overlap: byte i's bit lands in bit 56 + i.
std::uint64_t pack_eight(const std::uint8_t* bytes) noexcept {
  std::uint64_t word;
  std::memcpy(&word, bytes, 8);
  word = from_little_endian(word) & 0x0101'0101'0101'0101u;
  return word * 0x0102'0408'1020'4080u >> 56;
}

std::uint64_t pack_64(const std::uint8_t* bytes) noexcept {
  std::uint64_t word = 0;
#if defined(__SSE2__)
  for (int part = 0; part < 4; ++part) {
    const auto sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + part * 16));
    const auto bits = static_cast<unsigned>(_mm_movemask_epi8(_mm_slli_epi16(sixteen, 7)));
    word |= std::uint64_t{bits} << (part * 16);
  }
#else
  for (int part = 0; part < 8; ++part) word |= pack_eight(bytes + part * 8) << (part * 8);
#endif
  return word;
}

}  // namespace

std::uint64_t load_bits(const std::uint8_t* bitmap, std::size_t bits) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, bitmap, bits >= 64 ? 8 : (bits + 7) / 8);
  return from_little_endian(word) & low_bits(bits);
}

void pack_bytes(const std::uint8_t* bytes, std::size_t n, std::uint64_t* words) noexcept {
  std::size_t at = 0;
  for (; at + 64 <= n; at += 64) words[at / 64] = pack_64(bytes + at);
  if (at == n) return;
  std::uint64_t last = 0;
  std::size_t bit = at;
  for (; bit + 8 <= n; bit += 8) last |= pack_eight(bytes + bit) << (bit - at);
  for (; bit < n; ++bit) last |= std::uint64_t{bytes[bit] & 1u} << (bit - at);
  words[at / 64] = last;
}

void transpose_64(std::uint64_t* words) noexcept {
  // Swaps ever smaller squares across the diagonal (Hacker's Delight, 7-3).
  std::uint64_t mask = 0x0000'0000'ffff'ffffu;
  for (std::size_t half = 32; half != 0; half /= 2, mask ^= mask << half) {
    for (std::size_t block = 0; block < 64; block += 2 * half) {
      for (std::size_t i = block; i < block + half; ++i) {
        const std::uint64_t swap = (words[i] >> half ^ words[i + half]) & mask;
        words[i] ^= swap << half;
        words[i + half] ^= swap;
      }
    }
  }
}

}  // namespace muster
