#include <utility>
#include <xsimd/xsimd.hpp>

#include "match/audience_kernels.hpp"

namespace muster {
namespace {

using Batch = xsimd::batch<std::uint64_t, xsimd::sse4_2>;

#include "match/audience_line.hpp"

MUSTER_INLINE std::uint64_t users_in(const LineValue& value) {
  alignas(16) std::uint64_t words[line_words];
  store_line(value, words);
  std::uint64_t sum = 0;
  MUSTER_UNROLL for (const std::uint64_t word : words) {
    sum += static_cast<std::uint64_t>(__builtin_popcountll(word));
  }
  return sum;
}

#include "match/audience_body.hpp"
#include "match/audience_rows.hpp"

}  // namespace

const AudienceKernel audience_sse42{count, store, copy, find_active, transpose, decode, overlap};

}  // namespace muster
