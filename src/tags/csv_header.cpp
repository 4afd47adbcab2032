#include <fmt/format.h>

#include "core/diagnostics.hpp"
#include "tags/csv_batch.hpp"
#include "tags/csv_records.hpp"

namespace muster {
namespace {

Error bad_header(std::size_t column, Errc code, std::string_view message) {
  return {code, fmt::format("line 1, column {}: {}", column + 1, message), {}};
}

/// The header's cells, in order.
Result<std::vector<std::string>> read_names(std::string_view text, const CsvBatch& batch) {
  std::vector<std::string> names(batch.records[1]);
  for (std::size_t cell = 0; cell < names.size(); ++cell) {
    const bool last = cell + 1 == names.size();
    if (auto read = read_text_cell(text, batch, cell, last, names[cell]); !read) {
      return bad_header(cell, read.error().code, read.error().message);
    }
  }
  return names;
}

/// Other separators than the one that was told, or none where the header has several columns.
std::string_view likely_separator(const std::vector<std::string>& names) {
  if (names.size() != 1) return {};
  for (const std::string_view other : {";", "\t", "|", ","}) {
    if (names[0].find(other) != std::string::npos) return other;
  }
  return {};
}

/// What was probably meant by a header that lacks columns, as the end of a message.
std::string hint(const std::vector<std::string>& names, const ColumnMismatch& mismatch) {
  const std::string_view separator = likely_separator(names);
  if (separator.empty() || mismatch.code != Errc::missing_column) return mismatch.hint;
  return fmt::format("; is it separated by {}?", separator == "\t" ? "tabs" : in_quotes(separator));
}

}  // namespace

Result<CsvLayout> read_csv_header(const Schema& schema, std::string_view text,
                                  const CsvBatch& batch) {
  auto names = read_names(text, batch);
  if (!names) return std::move(names).error();
  CsvLayout layout;
  layout.names = *std::move(names);
  if (const auto mismatch = match_columns(schema, layout.names, layout)) {
    std::string message = mismatch->message + hint(layout.names, *mismatch);
    if (mismatch->column != ColumnPlan::none) {
      return bad_header(mismatch->column, mismatch->code, message);
    }
    return Error{mismatch->code, "line 1: " + message, {}};
  }
  return layout;
}

}  // namespace muster
