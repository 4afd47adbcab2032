#pragma once

#include <cstdint>

namespace muster {

/// Seconds of a calendar day, leap seconds not counted.
inline constexpr std::int64_t day_seconds = 86'400;

}  // namespace muster
