#pragma once

#include <string_view>
#include <vector>

#include "muster/core/error.hpp"

namespace muster {

/// Names of the kernels that this build has and this CPU can run, best first: some of
/// "avx512", "avx2", "sse4.2", "neon", "scalar", which is always there. All give the same answers.
/// Thread-safe.
MUSTER_EXPORT std::vector<std::string_view> kernel_names();

}  // namespace muster
