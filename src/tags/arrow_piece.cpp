#include "tags/arrow_piece.hpp"

#include <cmath>

#include "tags/bitmap_copy.hpp"
#include "tags/column.hpp"

namespace muster {

Cell ArrowPiece::cell(std::size_t row) const noexcept {
  if (all_null || !known(row)) return {};
  if (view.bool_bits != nullptr) {
    const std::size_t bit = bool_shift + row;
    return (view.bool_bits[bit / 8] >> (bit % 8) & 1) != 0;
  }
  if (view.integers != nullptr) return Number(view.integers[row]);
  if (view.days != nullptr) return Date{view.days[row]};
  if (view.set_offsets != nullptr) {
    const CategoryCode* members = as_codes(view.codes);
    return std::span(members + view.set_offsets[row], members + view.set_offsets[row + 1]);
  }
  if (view.codes != nullptr) return as_codes(view.codes)[row];
  const double number = view.doubles[row];
  if (std::isnan(number)) return {};
  return view.rests == nullptr ? Number(number) : Number::from_parts(number, view.rests[row]);
}

void ArrowPiece::forget(std::size_t row) {
  if (valid.empty()) {
    valid.resize(words_for(view.size));
    if (view.valid != nullptr) {
      copy_bits(valid.data(), 0, view.valid, 0, view.size);
    } else {
      fill_bits(valid.data(), 0, view.size);
    }
    view.valid = reinterpret_cast<const std::uint8_t*>(valid.data());
  }
  assign_bit(valid.data(), row, false);
}

std::size_t ArrowPiece::memory_bytes() const noexcept {
  return valid.capacity() * 8 + bits.capacity() * 8 + doubles.capacity() * 8 +
         rests.capacity() * 2 + days.capacity() * 4 + codes.capacity() * 2 + offsets.capacity() * 4;
}

}  // namespace muster
