#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "muster/core/date.hpp"

/// Questions about whole columns, answered at the speed of memory: no early end, and blocks of a
/// fixed size, which compilers vectorise at -O2 as well. Good columns are the usual case.
namespace muster::column_scan {

inline bool is_day(std::int32_t days) { return days >= first_date.days && days <= last_date.days; }

/// Combines all of `values`, from `start` on.
template <class T, class Sum, class Add>
Sum fold(const T* values, std::size_t n, Sum start, Add add) {
  constexpr std::size_t block = 256;
  std::size_t at = 0;
  for (; at + block <= n; at += block) {
    for (std::size_t i = 0; i < block; ++i) start = add(start, values[at + i]);
  }
  for (; at < n; ++at) start = add(start, values[at]);
  return start;
}

inline std::uint8_t union_of(const std::uint8_t* bytes, std::size_t n) {
  return fold(bytes, n, std::uint8_t{0}, [](std::uint8_t all, std::uint8_t byte) {
    return static_cast<std::uint8_t>(all | byte);
  });
}

inline std::uint16_t largest(const std::uint16_t* codes, std::size_t n) {
  return fold(codes, n, std::uint16_t{0},
              [](std::uint16_t most, std::uint16_t code) { return std::max(most, code); });
}

inline bool any_outside(const std::int32_t* days, std::size_t n) {
  return fold(days, n, 0, [](int outside, std::int32_t day) { return outside | !is_day(day); }) !=
         0;
}

inline bool has_nan(const double* numbers, std::size_t n) {
  return fold(numbers, n, std::uint64_t{0}, [](std::uint64_t found, double number) {
           return found | (std::isnan(number) ? 1 : 0);
         }) != 0;
}

}  // namespace muster::column_scan
