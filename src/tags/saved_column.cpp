#include "tags/saved_column.hpp"

#include <cmath>

#include "core/bits.hpp"

namespace muster {
namespace {

bool has_bit(const std::uint8_t* bitmap, std::size_t i) {
  return (bitmap[i / 8] >> (i % 8) & 1) != 0;
}

bool is_clean_behind(const std::uint8_t* bitmap, std::size_t users) {
  if (bitmap == nullptr || users % 64 == 0) return true;
  const std::uint8_t* last = bitmap + users / 64 * 8;
  return load_bits(last, 64) == load_bits(last, users % 64);
}

bool is_zero(const ColumnView& column, std::size_t i) {
  if (column.bool_bits) return !has_bit(column.bool_bits, i);
  if (column.doubles) return column.doubles[i] == 0 && (!column.rests || column.rests[i] == 0);
  if (column.days) return column.days[i] == 0;
  if (column.set_offsets) return column.set_offsets[i] == column.set_offsets[i + 1];
  return column.codes[i] == 0;
}

}  // namespace

bool is_as_saved(const ColumnView& column) {
  if (!is_clean_behind(column.valid, column.size)) return false;
  if (!is_clean_behind(column.bool_bits, column.size)) return false;
  if (column.set_offsets && column.set_offsets[0] != 0) return false;
  for (std::size_t i = 0; column.doubles && i < column.size; ++i) {
    const double value = column.doubles[i];
    if (std::isnan(value) || (value == 0 && std::signbit(value))) return false;
  }
  for (std::size_t i = 0; column.valid && i < column.size; ++i) {
    if (!has_bit(column.valid, i) && !is_zero(column, i)) return false;
  }
  return true;
}

}  // namespace muster
