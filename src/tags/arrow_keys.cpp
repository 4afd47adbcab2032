#include "tags/arrow_keys.hpp"

#include <fmt/format.h>

#include "core/cancelled.hpp"
#include "core/diagnostics.hpp"
#include "core/utf8.hpp"

namespace muster {

Result<void> check_key_type(std::string_view name, const ArrowSchema& schema) {
  if (ArrowTextRows::reads(schema)) return {};
  if (schema.dictionary == nullptr && read_type(schema).is_integer()) return {};
  return Error{Errc::wrong_type,
               fmt::format("column {} holds {}, but it is the key, which takes utf8 texts, a "
                           "dictionary of them, or integers",
                           in_quotes(name), describe_type(schema)),
               {}};
}

Result<ArrowKeys> ArrowKeys::open(const ArrowColumn& batch, const ArrowColumn& column,
                                  const ArrowPlace& place, const CancelToken* cancel) {
  ArrowKeys keys;
  keys.column_ = column;
  keys.has_texts_ = ArrowTextRows::reads(column.schema());
  if (keys.has_texts_) {
    auto texts = ArrowTextRows::open(column, place);
    if (!texts) return std::move(texts).error();
    keys.texts_ = *texts;
  }
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (is_cancelled(cancel, row)) return cancelled_by_caller();
    if (Result<void> good = keys.check(batch, row, place); !good) return good.error();
  }
  return keys;
}

Result<void> ArrowKeys::check(const ArrowColumn& batch, std::size_t row,
                              const ArrowPlace& place) const {
  const std::size_t number = place.first_row + row + 1;
  if (!batch.known(row) || !has_key(row)) {
    return Error{Errc::missing_value, fmt::format("row {} has no {}", number, place.column), {}};
  }
  if (!has_texts_) return {};
  const std::string_view key = texts_.texts()[*texts_.entry(row)];
  if (is_utf8(key)) return {};
  return Error{
      Errc::bad_cell,
      fmt::format("row {} has the {} {}, which is not UTF-8", number, place.column, in_quotes(key)),
      {}};
}

bool ArrowKeys::has_key(std::size_t row) const {
  if (!has_texts_) return column_.known(row);
  const auto entry = texts_.entry(row);
  return entry && !texts_.texts()[*entry].empty();
}

std::string_view ArrowKeys::key(std::size_t row, std::string& buffer) const {
  if (has_texts_) return texts_.texts()[*texts_.entry(row)];
  buffer = are_unsigned() ? std::to_string(static_cast<std::uint64_t>(integer(row)))
                          : std::to_string(integer(row));
  return buffer;
}

std::int64_t ArrowKeys::integer(std::size_t row) const noexcept {
  const bool sign = !are_unsigned();
  switch (column_.type().bytes) {
    case 1:
      return sign ? column_.values<std::int8_t>()[row] : column_.values<std::uint8_t>()[row];
    case 2:
      return sign ? column_.values<std::int16_t>()[row] : column_.values<std::uint16_t>()[row];
    case 4:
      return sign ? column_.values<std::int32_t>()[row]
                  : std::int64_t{column_.values<std::uint32_t>()[row]};
    default:
      return column_.values<std::int64_t>()[row];
  }
}

}  // namespace muster
