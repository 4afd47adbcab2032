#pragma once

#include "match/audience_kernel.hpp"

namespace muster {

/// One table per instruction set, each from a source file compiled for it.
extern const AudienceKernel audience_scalar;
extern const AudienceKernel audience_neon;
extern const AudienceKernel audience_sse42;
extern const AudienceKernel audience_avx2;
extern const AudienceKernel audience_avx512;

}  // namespace muster
