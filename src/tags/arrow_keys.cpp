#include "tags/arrow_keys.hpp"

#include <fmt/format.h>

#include "core/diagnostics.hpp"

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
                                  const ArrowPlace& place) {
  ArrowKeys keys;
  keys.column_ = column;
  keys.has_texts_ = ArrowTextRows::reads(column.schema());
  if (keys.has_texts_) {
    auto texts = ArrowTextRows::open(column, place);
    if (!texts) return std::move(texts).error();
    keys.texts_ = *texts;
  }
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (batch.known(row) && keys.has_key(row)) continue;
    return Error{Errc::missing_value,
                 fmt::format("row {} has no {}", place.first_row + row + 1, place.column),
                 {}};
  }
  return keys;
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
