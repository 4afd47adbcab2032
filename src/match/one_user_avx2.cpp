#include <immintrin.h>

#include "match/one_user_kernels.hpp"
#include "match/one_user_match.hpp"

namespace muster {
namespace {

struct Avx2 {
  static constexpr bool has_windows = false;

  // Sixteen bytes of the hot table each, in both halves.
  struct Table {
    __m256i part[4];
  };

  static Table load_table(const OneUserCall& call) {
    alignas(16) std::uint8_t bytes[one_user_hot_bytes];
    load_hot_bytes(call, bytes);
    Table table;
    for (int i = 0; i < 4; ++i) {
      const __m128i part = _mm_load_si128(reinterpret_cast<const __m128i*>(bytes) + i);
      table.part[i] = _mm256_broadcastsi128_si256(part);
    }
    return table;
  }

  static void meet(const OneUserCall& call, const OneUserKeyLine& line, std::uint64_t* met) {
    meet_words(call, line, met);
  }

  // A lane is a byte, not 0 where true; a block has one vector of them.
  using Lanes = __m256i;

  // Bits 0 to 3 of `where` choose a byte of each part, bits 4 and 5 the part, bit 6 the complement.
  static Lanes row(const Table& table, const std::uint8_t* row, std::size_t n) {
    const __m256i where = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row));
    const __m256i what = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + n));
    const __m256i odd = _mm256_slli_epi16(where, 3);
    const __m256i upper = _mm256_slli_epi16(where, 2);
    const __m256i negated = _mm256_cmpgt_epi8(_mm256_setzero_si256(), _mm256_slli_epi16(where, 1));
    const __m256i low = _mm256_blendv_epi8(_mm256_shuffle_epi8(table.part[0], where),
                                           _mm256_shuffle_epi8(table.part[1], where), odd);
    const __m256i high = _mm256_blendv_epi8(_mm256_shuffle_epi8(table.part[2], where),
                                            _mm256_shuffle_epi8(table.part[3], where), odd);
    const __m256i bytes = _mm256_blendv_epi8(low, high, upper);
    return _mm256_and_si256(_mm256_xor_si256(bytes, negated), what);
  }
  static Lanes both(Lanes a, Lanes b) { return _mm256_min_epu8(a, b); }
  static Lanes either(Lanes a, Lanes b) { return _mm256_or_si256(a, b); }
  static Lanes all(bool flag) { return _mm256_set1_epi8(flag ? -1 : 0); }
  static std::uint64_t mask(Lanes lanes) {
    const __m256i dead = _mm256_cmpeq_epi8(lanes, _mm256_setzero_si256());
    return ~static_cast<std::uint64_t>(_mm256_movemask_epi8(dead));
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

const OneUserKernel one_user_avx2{
    match_ids<Avx2>, match_bitmap<Avx2>, {32, 4.0f, 10.0f, 45.0f, 0, 0}};

}  // namespace muster
