#pragma once

#include "core/cancelled.hpp"
#include "muster/core/error.hpp"

namespace muster {

inline Error compiling_was_cancelled() { return {Errc::cancelled, "compiling was cancelled", {}}; }

}  // namespace muster
