#include <nmmintrin.h>

#include "match/one_user_kernels.hpp"
#include "match/one_user_match.hpp"

namespace muster {
namespace {

// Parts: how many times 16 bytes the table has, its complement apart.
template <int Parts>
struct Sse42 : PlainSteps {
  static constexpr bool wide = Parts > 4;

  // Sixteen bytes of the table each.
  struct Table {
    __m128i part[Parts];
  };

  static Table load_table(const OneUserCall& call) {
    alignas(16) std::uint64_t words[2 * Parts];
    load_hot_words(call, 2 * Parts, words);
    Table table;
    for (int i = 0; i < Parts; ++i) {
      const __m128i part = _mm_load_si128(reinterpret_cast<const __m128i*>(words) + i);
      table.part[i] = part;
    }
    return table;
  }

  // A lane is a byte, not 0 where true; a block has one vector of them.
  using Lanes = __m128i;

  static Lanes row(const Table& table, const std::uint8_t* row, std::size_t n) {
    const __m128i where = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row));
    const __m128i what = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + n));
    const __m128i bytes =
        look_up<Parts>(table.part, where, _mm_and_si128(where, _mm_set1_epi8(0xf)));
    if constexpr (wide) {
      const __m128i ones = _mm_shuffle_epi8(spread(wanted_ones), what);
      const __m128i zeros = _mm_shuffle_epi8(spread(wanted_zeros), what);
      return _mm_or_si128(_mm_and_si128(bytes, ones), _mm_andnot_si128(bytes, zeros));
    }
    const __m128i flip = _mm_cmpgt_epi8(_mm_setzero_si128(), _mm_slli_epi16(where, 1));
    return _mm_and_si128(_mm_xor_si128(bytes, flip), what);
  }
  // Bits 0 to 3 of `where` choose a byte of each part, those above them the part.
  template <int Count>
  static __m128i look_up(const __m128i* parts, __m128i where, __m128i byte) {
    if constexpr (Count == 1) {
      return _mm_shuffle_epi8(*parts, byte);
    } else {
      constexpr int top = Count == 2 ? 4 : Count == 4 ? 5 : Count == 8 ? 6 : 7;
      return _mm_blendv_epi8(look_up<Count / 2>(parts, where, byte),
                             look_up<Count / 2>(parts + Count / 2, where, byte),
                             _mm_slli_epi16(where, 7 - top));
    }
  }
  static __m128i spread(const std::uint8_t* bytes) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  }
  static Lanes both(Lanes a, Lanes b) { return _mm_min_epu8(a, b); }
  static Lanes either(Lanes a, Lanes b) { return _mm_or_si128(a, b); }
  static Lanes all(bool flag) { return _mm_set1_epi8(flag ? -1 : 0); }
  static std::uint64_t mask(Lanes lanes) {
    const __m128i dead = _mm_cmpeq_epi8(lanes, _mm_setzero_si128());
    return ~static_cast<std::uint64_t>(_mm_movemask_epi8(dead));
  }
};

}  // namespace

const OneUserKernel one_user_sse42{
    ids_by_parts<Sse42>, bitmap_by_parts<Sse42>, {16, 4.0f, 16.0f, 8.0f, 45.0f, 0, 0}};

}  // namespace muster
