#include "match/audience_kernels.hpp"

namespace muster {

const AudienceKernel& audience_kernel(InstructionSet isa) noexcept {
  switch (isa) {
#if defined(__x86_64__)
    case InstructionSet::sse42:
      return audience_sse42;
    case InstructionSet::avx2:
      return audience_avx2;
    case InstructionSet::avx512:
      return audience_avx512;
#elif defined(__aarch64__)
    case InstructionSet::neon:
      return audience_neon;
#endif
    default:
      return audience_scalar;
  }
}

}  // namespace muster
