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

constexpr std::uint32_t values_at_once = 4;

MUSTER_INLINE void add_users(const LineValue (&values)[4], std::uint64_t* counts) {
  __m512i pairs[2];  // each 128 bits have a sum of value 2 i and one of value 2 i + 1
  MUSTER_UNROLL for (int i = 0; i < 2; ++i) {
    const __m512i a = _mm512_popcnt_epi64(values[2 * i].parts[0]);
    const __m512i b = _mm512_popcnt_epi64(values[2 * i + 1].parts[0]);
    pairs[i] = _mm512_add_epi64(_mm512_unpacklo_epi64(a, b), _mm512_unpackhi_epi64(a, b));
  }
  const __m512i quads = _mm512_add_epi64(_mm512_shuffle_i64x2(pairs[0], pairs[1], 0x88),
                                         _mm512_shuffle_i64x2(pairs[0], pairs[1], 0xdd));
  const __m512i sums = _mm512_add_epi64(_mm512_shuffle_i64x2(quads, quads, 0x88),
                                        _mm512_shuffle_i64x2(quads, quads, 0xdd));
  auto* const out = reinterpret_cast<__m256i*>(counts);
  _mm256_storeu_si256(out, _mm256_add_epi64(_mm256_loadu_si256(out), _mm512_castsi512_si256(sums)));
}

constexpr bool know_shapes = true;

#include "match/audience_body.hpp"
#include "match/audience_rows_avx512.hpp"

}  // namespace

const AudienceKernel audience_avx512{copy,      count, store, mark,   find_active,
                                     transpose, list,  pick,  overlap};

}  // namespace muster
