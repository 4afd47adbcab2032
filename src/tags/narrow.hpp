#pragma once

#include <cstddef>
#include <cstdint>

namespace muster {

/// Numbers as integers of 16 bits, eight to a register of any x86: most numbers that people keep of
/// customers are such. The lowest integer is left out, so that all are above some other.

/// Writes them to `out`; false, where not all of them are such. NaN is what nobody looks at, and
/// becomes anything.
bool narrow_to_16(const double* values, std::size_t n, std::int16_t* out) noexcept;
bool narrow_to_16(const std::int64_t* values, std::size_t n, std::int16_t* out) noexcept;

/// Bit i of `words` says whether values[i] > below; spare bits of the last word are 0.
void compare_above(const std::int16_t* values, std::size_t n, std::int16_t below,
                   std::uint64_t* words) noexcept;

}  // namespace muster
