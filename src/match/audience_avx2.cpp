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

MUSTER_INLINE std::uint64_t users_in(const LineValue& value) {
  __m256i bytes = bits_in_bytes(value.parts[0]);
  MUSTER_UNROLL for (std::size_t p = 1; p < line_parts; ++p) {
    bytes = _mm256_add_epi8(bytes, bits_in_bytes(value.parts[p]));
  }
  const __m256i sums = _mm256_sad_epu8(bytes, _mm256_setzero_si256());
  const __m128i half =
      _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
  return static_cast<std::uint64_t>(_mm_cvtsi128_si64(half) + _mm_extract_epi64(half, 1));
}

#include "match/audience_body.hpp"
#include "match/audience_rows.hpp"

}  // namespace

const AudienceKernel audience_avx2{count, store, copy, find_active, transpose, decode, overlap};

}  // namespace muster
