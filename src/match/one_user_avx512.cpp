#include <immintrin.h>

#include "match/one_user_kernels.hpp"
#include "match/one_user_match.hpp"

namespace muster {
namespace {

alignas(64) constexpr std::uint8_t iota[64] = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};

inline unsigned count_bits(std::uint64_t word) {
  return static_cast<unsigned>(__builtin_popcountll(word));
}

// Words of the user from `first` on; those it lacks are 0.
inline __m512i load_words(const OneUserCall& call, std::size_t first) {
  const std::size_t left = call.words > first ? call.words - first : 0;
  const __mmask8 mask = left >= 8 ? __mmask8{0xff} : static_cast<__mmask8>((1u << left) - 1);
  return _mm512_maskz_loadu_epi64(mask, call.bits + first);
}

// Writes the first `count` of 16 (byte, bit) pairs as numbers.
inline void store_numbers(__m128i bytes, __m128i bits, __m512i base, unsigned count,
                          std::uint32_t* out) {
  const __m512i byte = _mm512_slli_epi32(_mm512_cvtepu8_epi32(bytes), 3);
  const __m512i number = _mm512_add_epi32(byte, _mm512_cvtepu8_epi32(bits));
  const auto mask = static_cast<__mmask16>(_bzhi_u32(0xffff, count));
  _mm512_mask_storeu_epi32(out, mask, _mm512_add_epi32(number, base));
}

struct Avx512 {
  static constexpr bool has_windows = true;

  static void meet(const OneUserCall& call, const OneUserKeyLine& line, std::uint64_t* met) {
    const __m512i flip = _mm512_set1_epi32(line.negated != 0 ? -1 : 0);
    const __m512i user = load_words(call, std::size_t{line.line} * one_user_line_words);
    const __m512i mask = _mm512_load_si512(line.mask);
    _mm512_store_si512(met, _mm512_and_si512(_mm512_xor_si512(user, flip), mask));
  }

  // A lane is a byte, not 0 where true. Masks have long latencies, so there is one at the end.
  using Lanes = __m512i;

  static Lanes both(Lanes a, Lanes b) { return _mm512_min_epu8(a, b); }
  static Lanes either(Lanes a, Lanes b) { return _mm512_or_si512(a, b); }
  static Lanes all(bool flag) { return _mm512_set1_epi32(flag ? -1 : 0); }
  static std::uint64_t mask(Lanes lanes) { return _mm512_test_epi8_mask(lanes, lanes); }

  static Lanes pick(const std::uint8_t* order, Lanes first, Lanes second) {
    return _mm512_permutex2var_epi8(first, _mm512_loadu_si512(order), second);
  }

  static void range(std::uint32_t first, std::uint32_t end, std::uint32_t* out) {
    const __m512i step = _mm512_set1_epi32(16);
    __m512i number = _mm512_add_epi32(
        _mm512_cvtepu8_epi32(_mm_load_si128(reinterpret_cast<const __m128i*>(iota))),
        _mm512_set1_epi32(static_cast<int>(first)));
    _mm512_storeu_si512(out, number);
    for (std::uint32_t done = 16; done < end - first; done += 16) {
      number = _mm512_add_epi32(number, step);
      _mm512_storeu_si512(out + done, number);
    }
  }

  static std::size_t select(std::uint64_t mask, const std::uint8_t* rules, std::uint16_t* out) {
    const auto first = static_cast<std::uint32_t>(mask);
    const auto second = static_cast<std::uint32_t>(mask >> 32);
    const __m512i low = _mm512_loadu_si512(rules);
    const __m512i high = _mm512_loadu_si512(rules + 64);
    _mm512_storeu_si512(out, _mm512_maskz_compress_epi16(first, low));
    _mm512_storeu_si512(out + count_bits(first), _mm512_maskz_compress_epi16(second, high));
    return count_bits(mask);
  }

  static std::size_t decode(std::uint64_t* words, std::uint32_t base, std::uint32_t* out,
                            std::size_t room) {
    const __m512i line = _mm512_loadu_si512(words);
    const __mmask64 bytes = _mm512_test_epi8_mask(line, line);
    if (bytes == 0) return 0;
    if (room < one_user_line_bits && room < count_all(words)) {
      return decode_bits(words, one_user_line_words, base, out, room);
    }
    _mm512_storeu_si512(words, _mm512_setzero_si512());
    const __m512i below = _mm512_add_epi8(line, _mm512_set1_epi8(-1));
    const __m512i rest = _mm512_and_si512(line, below);  // without each byte's lowest bit
    if (_mm512_test_epi8_mask(rest, rest) == 0) {
      return write_numbers(bytes, _mm512_load_si512(iota), _mm512_popcnt_epi8(below), base, out);
    }
    if (_mm512_test_epi8_mask(rest, _mm512_add_epi8(rest, _mm512_set1_epi8(-1))) == 0) {
      return decode_pairs(_mm512_andnot_si512(rest, line), rest, base, out);
    }
    return decode_words(line, base, out);
  }

  static std::size_t count_all(const std::uint64_t* words) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < one_user_line_words; ++i) count += count_bits(words[i]);
    return count;
  }

  // For each of `lanes`: its byte of the line, the one bit set in it.
  static std::size_t write_numbers(__mmask64 lanes, __m512i bytes, __m512i bits, std::uint32_t base,
                                   std::uint32_t* out) {
    const unsigned count = count_bits(lanes);
    const __m512i where = _mm512_maskz_compress_epi8(lanes, bytes);
    const __m512i which = _mm512_maskz_compress_epi8(lanes, bits);
    const __m512i offset = _mm512_set1_epi32(static_cast<int>(base));
    store_numbers(_mm512_castsi512_si128(where), _mm512_castsi512_si128(which), offset, count, out);
    if (count <= 16) return count;
    store_numbers(_mm512_extracti32x4_epi32(where, 1), _mm512_extracti32x4_epi32(which, 1), offset,
                  count - 16, out + 16);
    if (count <= 32) return count;
    store_numbers(_mm512_extracti32x4_epi32(where, 2), _mm512_extracti32x4_epi32(which, 2), offset,
                  count - 32, out + 32);
    if (count <= 48) return count;
    store_numbers(_mm512_extracti32x4_epi32(where, 3), _mm512_extracti32x4_epi32(which, 3), offset,
                  count - 48, out + 48);
    return count;
  }

  // Bytes of at most two bits: `low` has the lower ones, `high` the others. Spreads the bytes over
  // twice as many lanes.
  static std::size_t decode_pairs(__m512i low, __m512i high, std::uint32_t base,
                                  std::uint32_t* out) {
    const __m512i lanes = _mm512_load_si512(iota);
    const __m512i halves = _mm512_and_si512(_mm512_srli_epi16(lanes, 1), _mm512_set1_epi8(0x1f));
    const __m512i side = _mm512_slli_epi16(_mm512_and_si512(lanes, _mm512_set1_epi8(1)), 6);
    std::size_t count = 0;
    for (int half = 0; half < 2; ++half) {
      const __m512i bytes = _mm512_or_si512(halves, _mm512_set1_epi8(static_cast<char>(32 * half)));
      const __m512i from = _mm512_or_si512(bytes, side);
      const __m512i spread = _mm512_permutex2var_epi8(low, from, high);
      const __m512i below = _mm512_add_epi8(spread, _mm512_set1_epi8(-1));
      count += write_numbers(_mm512_test_epi8_mask(spread, spread), bytes,
                             _mm512_popcnt_epi8(below), base, out + count);
    }
    return count;
  }

  static std::size_t decode_words(__m512i line, std::uint32_t base, std::uint32_t* out) {
    alignas(64) std::uint64_t words[one_user_line_words];
    _mm512_store_si512(words, line);
    std::size_t count = 0;
    for (std::size_t i = 0; i < one_user_line_words; ++i, base += 64) {
      const unsigned bits = count_bits(words[i]);
      const __m512i where = _mm512_maskz_compress_epi8(words[i], _mm512_load_si512(iota));
      const __m512i offset = _mm512_set1_epi32(static_cast<int>(base));
      alignas(64) std::uint8_t numbers[64];
      _mm512_store_si512(numbers, where);
      for (unsigned done = 0; done < bits; done += 16) {
        const __m128i part = _mm_load_si128(reinterpret_cast<const __m128i*>(numbers + done));
        const __m512i number = _mm512_add_epi32(_mm512_cvtepu8_epi32(part), offset);
        const auto mask = static_cast<__mmask16>(_bzhi_u32(0xffff, bits - done));
        _mm512_mask_storeu_epi32(out + count + done, mask, number);
      }
      count += bits;
    }
    return count;
  }
};

struct Narrow : Avx512 {
  struct Table {
    __m512i low;
    __m512i high;
  };

  static Table load_table(const OneUserCall& call) {
    const __m512i low = load_words(call, 0);
    return {low, _mm512_ternarylogic_epi64(low, low, low, 0x55)};
  }

  static Lanes row(const Table& table, const std::uint8_t* row, std::size_t n) {
    const __m512i where = _mm512_loadu_si512(row);
    const __m512i what = _mm512_loadu_si512(row + n);
    return _mm512_and_si512(_mm512_permutex2var_epi8(table.low, where, table.high), what);
  }
};

struct Wide : Avx512 {
  struct Table {
    __m512i part[4];
    __m512i ones;
    __m512i zeros;
  };

  static Table load_table(const OneUserCall& call) {
    const auto spread = [](const std::uint8_t* bytes) {
      return _mm512_maskz_broadcast_i32x4(0xffff,
                                          _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes)));
    };
    Table table{{}, spread(wanted_ones), spread(wanted_zeros)};
    if (call.view->hot_words == nullptr) {
      for (std::size_t i = 0; i < 4; ++i) table.part[i] = load_words(call, 8 * i);
    } else {
      alignas(64) std::uint64_t words[one_user_wide_words];
      load_hot_words(call, one_user_wide_words, words);
      for (std::size_t i = 0; i < 4; ++i) table.part[i] = _mm512_load_si512(words + 8 * i);
    }
    return table;
  }

  static Lanes row(const Table& table, const std::uint8_t* row, std::size_t n) {
    const __m512i where = _mm512_loadu_si512(row);
    const __m512i what = _mm512_loadu_si512(row + n);
    const __m512i low = _mm512_permutex2var_epi8(table.part[0], where, table.part[1]);
    const __m512i high = _mm512_permutex2var_epi8(table.part[2], where, table.part[3]);
    const __m512i bytes = _mm512_mask_blend_epi8(_mm512_movepi8_mask(where), low, high);
    const __m512i ones = _mm512_shuffle_epi8(table.ones, what);
    const __m512i zeros = _mm512_shuffle_epi8(table.zeros, what);
    return _mm512_ternarylogic_epi64(bytes, ones, zeros, 0xca);  // bytes ? ones : zeros
  }
};

std::size_t ids(const OneUserCall& call, std::uint32_t* out, std::size_t capacity) noexcept {
  if (call.view->wide) return match_ids<Wide>(call, out, capacity);
  return match_ids<Narrow>(call, out, capacity);
}

void bitmap(const OneUserCall& call, std::uint64_t* out) noexcept {
  if (call.view->wide) return match_bitmap<Wide>(call, out);
  match_bitmap<Narrow>(call, out);
}

}  // namespace

const OneUserKernel one_user_avx512{ids, bitmap, {64, 3.0f, 6.0f, 10.0f, 45.0f, 1.7f, 10.0f}};

}  // namespace muster
