#include <fmt/format.h>

#include "core/cancelled.hpp"
#include "core/diagnostics.hpp"
#include "tags/arrow_convert.hpp"
#include "tags/column_scan.hpp"

namespace muster {
namespace {

std::int64_t floor_of_quotient(std::int64_t value, std::int64_t divisor) {
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}

/// The day each moment lies in, by UTC.
Result<void> read_moments(const ArrowSource& source, ArrowPiece& piece) {
  const auto* moments = source.column.values<std::int64_t>();
  const std::int64_t a_day = source.column.type().day;
  piece.days.resize(piece.view.size);
  for (std::size_t i = 0; i < piece.view.size; ++i) {
    if (is_cancelled(source.cancel, i)) return cancelled_by_caller();
    if (!piece.known(i)) continue;
    const std::int64_t day = floor_of_quotient(moments[i], a_day);
    if (day < first_date.days || day > last_date.days) {
      return Error{Errc::bad_date,
                   fmt::format("{} has a moment in row {} outside the years 1 to 9999",
                               in_quotes(source.tag().name), source.row_number(i)),
                   {}};
    }
    piece.days[i] = static_cast<std::int32_t>(day);
  }
  piece.view.days = piece.days.data();
  return {};
}

}  // namespace

Result<void> convert_dates(const ArrowSource& source, ArrowPiece& piece) {
  if (source.column.type().kind == ArrowType::Kind::moments) return read_moments(source, piece);
  piece.view.days = source.column.values<std::int32_t>();
  return {};
}

}  // namespace muster
