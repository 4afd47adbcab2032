#pragma once

#include <cstdint>
#include <optional>

#include "muster/tags/number.hpp"

namespace muster {

/// The number as a 64-bit integer, where it is one.
std::optional<std::int64_t> as_int64(Number number) noexcept;

/// Minus the number.
Number negated(Number number) noexcept;

/// The next larger value a number tag can have, doubles and 64-bit integers together.
/// REQUIRES: number is not +infinity.
Number successor(Number number) noexcept;
/// The next smaller one. REQUIRES: number is not -infinity.
Number predecessor(Number number) noexcept;

/// Values alternate between even and odd along the line; 0, both infinities and all integers of
/// everyday size are even.
bool is_even(Number number) noexcept;

}  // namespace muster
