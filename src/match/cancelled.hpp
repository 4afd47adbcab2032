#pragma once

#include "core/cancelled.hpp"
#include "muster/core/error.hpp"

namespace muster {

/// How often compiling tells of its progress.
inline constexpr std::size_t rules_between_reports = 4096;

inline Error compiling_was_cancelled() { return {Errc::cancelled, "compiling was cancelled", {}}; }

}  // namespace muster
