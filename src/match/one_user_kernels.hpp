#pragma once

#include "match/one_user_layout.hpp"

namespace muster {

// Each in a file of its own, compiled for its instruction set; only those of this build's
// processor family exist.
extern const OneUserKernel one_user_scalar;
extern const OneUserKernel one_user_neon;
extern const OneUserKernel one_user_sse42;
extern const OneUserKernel one_user_avx2;
extern const OneUserKernel one_user_avx512;

}  // namespace muster
