#include <immintrin.h>

#include <utility>
#include <xsimd/xsimd.hpp>

#include "match/audience_kernels.hpp"

namespace muster {
namespace {

using Batch = xsimd::batch<std::uint64_t, xsimd::avx512bw>;

#include "match/audience_line.hpp"

MUSTER_INLINE bool is_zero(Batch words) { return _mm512_test_epi64_mask(words, words) == 0; }

static_assert(line_parts == 1);

/// The sum of each vector's words.
MUSTER_INLINE __m512i add_up(const __m512i (&v)[8]) {
  __m512i pairs[4];
  MUSTER_UNROLL for (int i = 0; i < 4; ++i) {
    pairs[i] = _mm512_add_epi64(_mm512_unpacklo_epi64(v[2 * i], v[2 * i + 1]),
                                _mm512_unpackhi_epi64(v[2 * i], v[2 * i + 1]));
  }
  __m512i quads[2];
  MUSTER_UNROLL for (int i = 0; i < 2; ++i) {
    quads[i] = _mm512_add_epi64(_mm512_shuffle_i64x2(pairs[2 * i], pairs[2 * i + 1], 0x88),
                                _mm512_shuffle_i64x2(pairs[2 * i], pairs[2 * i + 1], 0xdd));
  }
  return _mm512_add_epi64(_mm512_shuffle_i64x2(quads[0], quads[1], 0x88),
                          _mm512_shuffle_i64x2(quads[0], quads[1], 0xdd));
}

constexpr std::uint32_t values_at_once = 8;

MUSTER_INLINE void add_users(const LineValue (&values)[8], std::uint64_t* counts) {
  __m512i users[8];
  MUSTER_UNROLL for (int i = 0; i < 8; ++i) users[i] = _mm512_popcnt_epi64(values[i].parts[0]);
  _mm512_storeu_si512(counts, _mm512_add_epi64(_mm512_loadu_si512(counts), add_up(users)));
}

constexpr bool know_shapes = true;

#include "match/audience_body.hpp"
#include "match/audience_rows_avx512.hpp"

}  // namespace

const AudienceKernel audience_avx512{copy,      count, store, find_active,
                                     transpose, list,  pick,  overlap};

}  // namespace muster
