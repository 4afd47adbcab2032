#include "tags/arrow_codes.hpp"

#include <fmt/format.h>

#include "core/cancelled.hpp"
#include "core/diagnostics.hpp"
#include "core/suggest.hpp"

namespace muster {

Error ArrowCodes::unknown_text(const ArrowSource& source, std::size_t row,
                               std::size_t entry) const {
  const std::string_view text = rows_.texts()[entry];
  Diagnostic found;
  found.message =
      fmt::format("{} has {} in row {}, which is not among its categories",
                  in_quotes(source.tag().name), in_quotes(text), source.row_number(row));
  found.suggestion = suggest(text, source.tag().values);
  return {Errc::unknown_category, full_message(found), {}};
}

Result<void> convert_categories(const ArrowSource& source, ArrowPiece& piece) {
  const auto rows = ArrowTextRows::open(source.column, source.place);
  if (!rows) return rows.error();
  ArrowCodes codes(source.schema, source.id, *rows);
  piece.codes.resize(rows->size());
  for (std::size_t row = 0; row < rows->size(); ++row) {
    if (is_cancelled(source.cancel, row)) return cancelled_by_caller();
    if (!piece.known(row)) continue;
    const auto entry = rows->entry(row);
    if (!entry) {  // NULL by its dictionary
      piece.forget(row);
      continue;
    }
    const auto code = codes.find(*entry);
    if (!code) return codes.unknown_text(source, row, *entry);
    piece.codes[row] = *code;
  }
  piece.view.codes = piece.codes.data();
  return {};
}

}  // namespace muster
