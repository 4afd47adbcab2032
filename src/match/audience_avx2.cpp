#include <immintrin.h>

#include <utility>
#include <xsimd/xsimd.hpp>

#include "match/audience_kernels.hpp"

namespace muster {
namespace {

using Batch = xsimd::batch<std::uint64_t, xsimd::avx2>;

#include "match/audience_line.hpp"

/// Set bits of each byte, by table of nibbles.
MUSTER_INLINE __m256i bits_in_bytes(__m256i value) {
  const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2,
                                         1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i nibble = _mm256_set1_epi8(15);
  const __m256i low = _mm256_and_si256(value, nibble);
  const __m256i high = _mm256_and_si256(_mm256_srli_epi16(value, 4), nibble);
  return _mm256_add_epi8(_mm256_shuffle_epi8(table, low), _mm256_shuffle_epi8(table, high));
}

MUSTER_INLINE bool is_zero(Batch words) { return _mm256_testz_si256(words, words) != 0; }

/// Sums of 64 bits each.
MUSTER_INLINE __m256i users_in(const LineValue& value) {
  __m256i bytes = bits_in_bytes(value.parts[0]);
  MUSTER_UNROLL for (std::size_t p = 1; p < line_parts; ++p) {
    bytes = _mm256_add_epi8(bytes, bits_in_bytes(value.parts[p]));
  }
  return _mm256_sad_epu8(bytes, _mm256_setzero_si256());
}

constexpr std::uint32_t values_at_once = 4;

MUSTER_INLINE void add_users(const LineValue (&values)[4], std::uint64_t* counts) {
  __m256i pairs[2];
  MUSTER_UNROLL for (int i = 0; i < 2; ++i) {
    const __m256i a = users_in(values[2 * i]), b = users_in(values[2 * i + 1]);
    pairs[i] = _mm256_add_epi64(_mm256_unpacklo_epi64(a, b), _mm256_unpackhi_epi64(a, b));
  }
  const __m256i sums = _mm256_add_epi64(_mm256_permute2x128_si256(pairs[0], pairs[1], 0x20),
                                        _mm256_permute2x128_si256(pairs[0], pairs[1], 0x31));
  auto* const out = reinterpret_cast<__m256i*>(counts);
  _mm256_storeu_si256(out, _mm256_add_epi64(_mm256_loadu_si256(out), sums));
}

constexpr bool know_shapes = true;

#include "match/audience_body.hpp"
#include "match/audience_rows.hpp"

}  // namespace

const AudienceKernel audience_avx2{copy,      count, store, mark,   find_active,
                                   transpose, list,  pick,  overlap};

}  // namespace muster
