#include <arm_neon.h>

#include <utility>
#include <xsimd/xsimd.hpp>

#include "match/audience_kernels.hpp"

namespace muster {
namespace {

using Batch = xsimd::batch<std::uint64_t, xsimd::neon64>;

#include "match/audience_line.hpp"

MUSTER_INLINE bool is_zero(Batch words) { return vmaxvq_u32(vreinterpretq_u32_u64(words)) == 0; }

constexpr std::uint32_t values_at_once = 1;

MUSTER_INLINE void add_users(const LineValue (&values)[1], std::uint64_t* counts) {
  uint8x16_t bytes = vcntq_u8(vreinterpretq_u8_u64(values[0].parts[0]));  // at most 8 each
  MUSTER_UNROLL for (std::size_t p = 1; p < line_parts; ++p) {
    bytes = vaddq_u8(bytes, vcntq_u8(vreinterpretq_u8_u64(values[0].parts[p])));
  }
  counts[0] += vaddlvq_u8(bytes);
}

constexpr bool know_shapes = false;

#include "match/audience_body.hpp"
#include "match/audience_rows.hpp"

}  // namespace

const AudienceKernel audience_neon{copy,      count, store, mark,   find_active,
                                   transpose, list,  pick,  overlap};

}  // namespace muster
