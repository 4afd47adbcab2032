#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "core/cancelled.hpp"
#include "core/diagnostics.hpp"
#include "tags/arrow_convert.hpp"
#include "tags/compare_bits.hpp"

namespace muster {
namespace {

using Kind = ArrowType::Kind;

/// IEEE half precision: sign, five bits of exponent, ten of fraction.
double from_half(std::uint16_t half) noexcept {
  const int exponent = half >> 10 & 0x1f;
  const int fraction = half & 0x3ff;
  double value = 0;
  if (exponent == 0) {
    value = std::ldexp(fraction, -24);
  } else if (exponent < 0x1f) {
    value = std::ldexp(fraction + 0x400, exponent - 25);
  } else {
    value = fraction == 0 ? std::numeric_limits<double>::infinity()
                          : std::numeric_limits<double>::quiet_NaN();
  }
  return (half & 0x8000) != 0 ? -value : value;
}

template <class T, class ToDouble>
void widen(const ArrowColumn& column, ArrowPiece& piece, ToDouble to_double) {
  const T* values = column.values<T>();
  piece.doubles.resize(column.size());
  for (std::size_t i = 0; i < column.size(); ++i) piece.doubles[i] = to_double(values[i]);
  piece.view.doubles = piece.doubles.data();
}

template <class T>
void widen(const ArrowColumn& column, ArrowPiece& piece) {
  widen<T>(column, piece, [](T value) { return static_cast<double>(value); });
}

/// Whether a double is equal to an integer beyond 63 bits.
bool is_double(std::uint64_t value) noexcept {
  const auto nearest = static_cast<double>(value);
  return nearest < 0x1p64 && static_cast<std::uint64_t>(nearest) == value;
}

/// Those up to 2^63 - 1 count exactly, larger ones where a double is equal to them.
Result<void> read_uint64(const ArrowSource& source, ArrowPiece& piece) {
  const ArrowColumn& column = source.column;
  const auto* values = column.values<std::uint64_t>();
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  widen<std::uint64_t>(column, piece);
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (is_cancelled(source.cancel, i)) return cancelled_by_caller();
    if (values[i] > most) {
      if (is_double(values[i]) || !piece.known(i)) continue;
      return Error{
          Errc::bad_number,
          fmt::format("{} has {} in row {}, which neither 64 signed bits nor a double hold",
                      in_quotes(source.tag().name), values[i], source.row_number(i)),
          {}};
    }
    const Number number(static_cast<std::int64_t>(values[i]));
    if (!number.beyond_double()) continue;
    piece.rests.resize(column.size());
    piece.rests[i] = number.rest();
  }
  if (!piece.rests.empty()) piece.view.rests = piece.rests.data();
  return {};
}

void read_integers(const ArrowColumn& column, ArrowPiece& piece) {
  const bool is_signed = column.type().kind == Kind::signed_integer;
  switch (column.type().bytes) {
    case 1:
      return is_signed ? widen<std::int8_t>(column, piece) : widen<std::uint8_t>(column, piece);
    case 2:
      return is_signed ? widen<std::int16_t>(column, piece) : widen<std::uint16_t>(column, piece);
    case 4:
      return is_signed ? widen<std::int32_t>(column, piece) : widen<std::uint32_t>(column, piece);
    default:
      piece.view.integers = column.values<std::int64_t>();
  }
}

void read_floats(const ArrowColumn& column, ArrowPiece& piece) {
  switch (column.type().bytes) {
    case 2:
      return widen<std::uint16_t>(column, piece, from_half);
    case 4:
      return widen<float>(column, piece);
    default:
      piece.view.doubles = column.values<double>();
  }
}

/// Integers as booleans, as in CSV: 0 or 1.
template <class T>
Result<void> read_flags(const ArrowSource& source, ArrowPiece& piece) {
  const T* values = source.column.values<T>();
  piece.bits.resize(words_for(piece.view.size));
  compare_bits(
      values, piece.view.size, [](T value) { return value != 0; }, piece.bits.data());
  piece.view.bool_bits = reinterpret_cast<const std::uint8_t*>(piece.bits.data());
  for (std::size_t i = 0; i < piece.view.size; ++i) {
    if (values[i] == 0 || values[i] == 1 || !piece.known(i)) continue;
    return Error{Errc::bad_cell,
                 fmt::format("{} has {} in row {}, neither 0 nor 1, as a bool needs",
                             in_quotes(source.tag().name), values[i], source.row_number(i)),
                 {}};
  }
  return {};
}

Result<void> read_flags(const ArrowSource& source, ArrowPiece& piece) {
  const bool is_signed = source.column.type().kind == Kind::signed_integer;
  switch (source.column.type().bytes) {
    case 1:
      return is_signed ? read_flags<std::int8_t>(source, piece)
                       : read_flags<std::uint8_t>(source, piece);
    case 2:
      return is_signed ? read_flags<std::int16_t>(source, piece)
                       : read_flags<std::uint16_t>(source, piece);
    case 4:
      return is_signed ? read_flags<std::int32_t>(source, piece)
                       : read_flags<std::uint32_t>(source, piece);
    default:
      return is_signed ? read_flags<std::int64_t>(source, piece)
                       : read_flags<std::uint64_t>(source, piece);
  }
}

}  // namespace

Result<void> convert_booleans(const ArrowSource& source, ArrowPiece& piece) {
  if (source.column.type().kind != Kind::boolean) return read_flags(source, piece);
  piece.view.bool_bits = source.column.bytes(1) + source.column.offset() / 8;
  piece.bool_shift = static_cast<unsigned>(source.column.offset() % 8);
  return {};
}

Result<void> convert_numbers(const ArrowSource& source, ArrowPiece& piece) {
  const ArrowType& type = source.column.type();
  if (type.kind == Kind::decimal) return convert_decimals(source, piece);
  if (type.kind == Kind::unsigned_integer && type.bytes == 8) return read_uint64(source, piece);
  if (type.kind == Kind::floating) {
    read_floats(source.column, piece);
  } else {
    read_integers(source.column, piece);
  }
  return {};
}

}  // namespace muster
