#pragma once

#include <cstdint>
#include <vector>

#include "muster/tags/user_table.hpp"

namespace muster {

/// One tag's values in one batch: borrowed from the producer or, where they had to be converted,
/// kept here. Values fit their tag. Doubles may be NaN for NULL, and minus zero.
struct ArrowPiece {
  /// bool_bits begins at bit `bool_shift` of its first byte. No value pointers where `all_null`.
  ColumnView view;
  unsigned bool_shift = 0;
  bool all_null = false;

  bool known(std::size_t row) const noexcept {
    return view.valid == nullptr || (view.valid[row / 8] >> (row % 8) & 1) != 0;
  }
  Cell cell(std::size_t row) const noexcept;
  /// Marks a value as NULL; the bitmap becomes one of its own.
  void forget(std::size_t row);
  std::size_t memory_bytes() const noexcept;

  std::vector<std::uint64_t> valid;
  std::vector<std::uint64_t> bits;
  std::vector<double> doubles;
  std::vector<std::int16_t> rests;
  std::vector<std::int32_t> days;
  std::vector<std::uint16_t> codes;
  std::vector<std::uint32_t> offsets;
};

}  // namespace muster
