#pragma once

#include "muster/core/progress.hpp"

namespace muster {

/// Whether work is to stop soon. `cancel` may be null.
inline bool is_cancelled(const CancelToken* cancel) noexcept {
  return cancel != nullptr && cancel->cancelled();
}

}  // namespace muster
