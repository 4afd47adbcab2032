#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

namespace muster {

/// A value in 16 bits, and whether that is not what it was, or the lowest of them, with which
/// NumberLine::last_below_16 can not be compared. NaN is what nobody looks at: any will do.
struct Narrowed {
  std::int16_t value;
  bool lost;
};
inline Narrowed narrowed(std::int64_t value) noexcept {
  const auto narrow = static_cast<std::int16_t>(value);
  return {narrow, narrow != value || narrow == std::numeric_limits<std::int16_t>::min()};
}
inline Narrowed narrowed(double value) noexcept {
  const bool inside = value > std::numeric_limits<std::int16_t>::min() &&
                      value <= std::numeric_limits<std::int16_t>::max();
  const auto whole = static_cast<std::int32_t>(inside ? value : 0.0);
  return {static_cast<std::int16_t>(whole), whole != value && value == value};
}

/// Writes numbers as integers of 16 bits; false, where they are not all such. Most numbers people
/// keep of customers are, and many of them fit one register. Blocks have a fixed size, which
/// compilers vectorise at -O2 as well.
template <class T>
bool narrow_to_16(const T* values, std::size_t n, std::int16_t* out) noexcept {
  constexpr std::size_t block = 64;
  std::size_t at = 0;
  for (; at + block <= n; at += block) {
    unsigned lost = 0;
    for (std::size_t i = 0; i < block; ++i) {
      const Narrowed one = narrowed(values[at + i]);
      out[at + i] = one.value;
      lost |= one.lost ? 1u : 0u;
    }
    if (lost != 0) return false;
  }
  for (; at < n; ++at) {
    const Narrowed one = narrowed(values[at]);
    out[at] = one.value;
    if (one.lost) return false;
  }
  return true;
}

}  // namespace muster
