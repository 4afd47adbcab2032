#pragma once

#include "muster/core/error.hpp"
#include "muster/core/progress.hpp"

namespace muster {

/// Whether compiling is to stop soon.
inline bool is_cancelled(const CancelToken* cancel) noexcept {
  return cancel != nullptr && cancel->cancelled();
}

inline Error compiling_was_cancelled() { return {Errc::cancelled, "compiling was cancelled", {}}; }

}  // namespace muster
