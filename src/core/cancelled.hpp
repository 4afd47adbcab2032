#pragma once

#include <cstddef>

#include "muster/core/error.hpp"
#include "muster/core/progress.hpp"

namespace muster {

/// Whether work is to stop soon. `cancel` may be null.
inline bool is_cancelled(const CancelToken* cancel) noexcept {
  return cancel != nullptr && cancel->cancelled();
}

/// The same in a loop over rows, which asks now and then.
inline bool is_cancelled(const CancelToken* cancel, std::size_t row) noexcept {
  constexpr std::size_t rows_between = std::size_t{1} << 16;
  return row % rows_between == 0 && is_cancelled(cancel);
}

inline Error cancelled_by_caller() { return {Errc::cancelled, "cancelled by the caller", {}}; }

}  // namespace muster
