#include <immintrin.h>

#include <utility>
#include <xsimd/xsimd.hpp>

#include "match/audience_kernels.hpp"

namespace muster {
namespace {

using Batch = xsimd::batch<std::uint64_t, xsimd::avx512bw>;

#include "match/audience_line.hpp"

MUSTER_INLINE std::uint64_t users_in(const LineValue& value) {
  __m512i sum = _mm512_popcnt_epi64(value.parts[0]);
  MUSTER_UNROLL for (std::size_t p = 1; p < line_parts; ++p) {
    sum = _mm512_add_epi64(sum, _mm512_popcnt_epi64(value.parts[p]));
  }
  return static_cast<std::uint64_t>(_mm512_reduce_add_epi64(sum));
}

#include "match/audience_body.hpp"
#include "match/audience_rows_avx512.hpp"

}  // namespace

const AudienceKernel audience_avx512{count, store, copy, find_active, transpose, decode, overlap};

}  // namespace muster
