#include <nmmintrin.h>

#include <utility>
#include <xsimd/xsimd.hpp>

#include "match/audience_kernels.hpp"

namespace muster {
namespace {

using Batch = xsimd::batch<std::uint64_t, xsimd::sse4_2>;

#include "match/audience_line.hpp"

MUSTER_INLINE bool is_zero(Batch words) { return _mm_testz_si128(words, words) != 0; }

constexpr std::uint32_t values_at_once = 1;

MUSTER_INLINE void add_users(const LineValue (&values)[1], std::uint64_t* counts) {
  std::uint64_t sum = 0;
  MUSTER_UNROLL for (std::size_t p = 0; p < line_parts; ++p) {
    alignas(16) std::uint64_t words[Batch::size];
    values[0].parts[p].store_aligned(words);
    for (const std::uint64_t word : words) {
      sum += static_cast<std::uint64_t>(__builtin_popcountll(word));
    }
  }
  counts[0] += sum;
}

constexpr bool know_shapes = false;

#include "match/audience_body.hpp"
#include "match/audience_rows.hpp"

}  // namespace

const AudienceKernel audience_sse42{copy,      count, store, mark,   find_active,
                                    transpose, list,  pick,  overlap};

}  // namespace muster
