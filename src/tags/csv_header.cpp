#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/utf8.hpp"
#include "tags/csv_batch.hpp"
#include "tags/csv_cell.hpp"

namespace muster {
namespace {

Error bad_header(std::size_t column, Errc code, std::string_view message) {
  return {code, fmt::format("line 1, column {}: {}", column + 1, message), {}};
}

/// The header's cells, in order.
Result<std::vector<std::string>> read_names(std::string_view text, const CsvBatch& batch) {
  std::vector<std::string> names;
  std::string buffer;
  for (std::size_t cell = 0; cell < batch.records[1]; ++cell) {
    const std::size_t begin = batch.cell_begin(cell);
    auto name = text.substr(begin, batch.cell_end(cell) - begin);
    if (cell + 1 == batch.records[1] && name.ends_with('\r')) name.remove_suffix(1);
    bool doubled = false;
    if ((batch.ends[cell] & CsvBatch::has_quote) != 0 && !strip_quotes(name, doubled)) {
      return bad_header(cell, Errc::csv_syntax, "the quotes of " + in_quotes(name) + " are wrong");
    }
    if (doubled) name = undouble_quotes(name, buffer);
    if (!is_utf8(name)) {
      return bad_header(cell, Errc::csv_syntax, in_quotes(name) + " is not UTF-8");
    }
    names.emplace_back(name);
  }
  return names;
}

/// Column of a name, or none. Fails where there are two.
Result<std::size_t> find_column(const std::vector<std::string>& names, std::string_view name) {
  const auto first = std::find(names.begin(), names.end(), name);
  if (first == names.end()) return CsvLayout::none;
  const auto second = std::find(first + 1, names.end(), name);
  if (second == names.end()) return static_cast<std::size_t>(first - names.begin());
  return bad_header(static_cast<std::size_t>(second - names.begin()), Errc::duplicate_name,
                    "a second column " + in_quotes(name));
}

}  // namespace

Result<CsvLayout> read_csv_header(const Schema& schema, std::string_view text,
                                  const CsvBatch& batch) {
  auto names = read_names(text, batch);
  if (!names) return std::move(names).error();
  CsvLayout layout;
  layout.names = *std::move(names);
  std::vector<bool> used(layout.names.size());
  const auto use = [&](std::string_view name) {
    auto column = find_column(layout.names, name);
    if (column && *column != CsvLayout::none) used[*column] = true;
    return column;
  };
  for (std::size_t i = 0; i < schema.size(); ++i) {
    const TagId id{static_cast<std::uint16_t>(i)};
    const Tag& tag = schema.tag(id);
    if (!tag.derived.empty()) continue;
    const auto column = use(tag.name);
    if (!column) return column.error();
    if (*column == CsvLayout::none && !tag.nullable) {
      return Error{Errc::missing_column,
                   "no column for " + in_quotes(tag.name) + ", which is not nullable",
                   {}};
    }
    layout.tags.push_back(id);
    layout.columns.push_back(*column);
  }
  if (!schema.key().empty()) {
    const auto column = use(schema.key());
    if (!column) return column.error();
    if (*column == CsvLayout::none) {
      return Error{Errc::missing_column, "no column for the key, " + in_quotes(schema.key()), {}};
    }
    layout.key = *column;
  }
  for (std::size_t i = 0; i < layout.names.size(); ++i) {
    if (!used[i]) layout.ignored_columns.push_back(layout.names[i]);
  }
  return layout;
}

}  // namespace muster
