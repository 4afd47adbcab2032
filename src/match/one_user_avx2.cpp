#include <immintrin.h>

#include "match/one_user_kernels.hpp"
#include "match/one_user_match.hpp"

namespace muster {
namespace {

// Parts: how many times 16 bytes the table has, its complement apart.
template <int Parts>
struct Avx2 : PlainSteps {
  static constexpr bool wide = Parts > 4;

  // Sixteen bytes of the table each, in both halves.
  struct Table {
    __m256i part[Parts];
  };

  static Table load_table(const OneUserCall& call) {
    alignas(16) std::uint64_t words[2 * Parts];
    load_hot_words(call, 2 * Parts, words);
    Table table;
    for (int i = 0; i < Parts; ++i) {
      const __m128i part = _mm_load_si128(reinterpret_cast<const __m128i*>(words) + i);
      table.part[i] = _mm256_broadcastsi128_si256(part);
    }
    return table;
  }

  // A lane is a byte, not 0 where true; a block has one vector of them.
  using Lanes = __m256i;

  static Lanes row(const Table& table, const std::uint8_t* row, std::size_t n) {
    const __m256i where = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row));
    const __m256i what = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + n));
    const __m256i bytes =
        look_up<Parts>(table.part, where, _mm256_and_si256(where, _mm256_set1_epi8(0xf)));
    if constexpr (wide) {
      const __m256i ones = _mm256_shuffle_epi8(spread(wanted_ones), what);
      const __m256i zeros = _mm256_shuffle_epi8(spread(wanted_zeros), what);
      return _mm256_or_si256(_mm256_and_si256(bytes, ones), _mm256_andnot_si256(bytes, zeros));
    }
    const __m256i flip = _mm256_cmpgt_epi8(_mm256_setzero_si256(), _mm256_slli_epi16(where, 1));
    return _mm256_and_si256(_mm256_xor_si256(bytes, flip), what);
  }
  // Bits 0 to 3 of `where` choose a byte of each part, those above them the part.
  template <int Count>
  static __m256i look_up(const __m256i* parts, __m256i where, __m256i byte) {
    if constexpr (Count == 1) {
      return _mm256_shuffle_epi8(*parts, byte);
    } else {
      constexpr int top = Count == 2 ? 4 : Count == 4 ? 5 : Count == 8 ? 6 : 7;
      return _mm256_blendv_epi8(look_up<Count / 2>(parts, where, byte),
                                look_up<Count / 2>(parts + Count / 2, where, byte),
                                _mm256_slli_epi16(where, 7 - top));
    }
  }
  static __m256i spread(const std::uint8_t* bytes) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes)));
  }
  static Lanes both(Lanes a, Lanes b) { return _mm256_min_epu8(a, b); }
  static Lanes either(Lanes a, Lanes b) { return _mm256_or_si256(a, b); }
  static Lanes all(bool flag) { return _mm256_set1_epi8(flag ? -1 : 0); }
  static std::uint64_t mask(Lanes lanes) {
    const __m256i dead = _mm256_cmpeq_epi8(lanes, _mm256_setzero_si256());
    return ~static_cast<std::uint64_t>(_mm256_movemask_epi8(dead));
  }
};

}  // namespace

const OneUserKernel one_user_avx2{
    ids_by_parts<Avx2>, bitmap_by_parts<Avx2>, {32, 4.0f, 16.0f, 10.0f, 45.0f, 0, 0}};

}  // namespace muster
