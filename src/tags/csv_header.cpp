#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/suggest.hpp"
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

/// Other separators than the one that was told, or none where the header has several columns.
std::string_view likely_separator(const std::vector<std::string>& names) {
  if (names.size() != 1) return {};
  for (const std::string_view other : {";", "\t", "|", ","}) {
    if (names[0].find(other) != std::string::npos) return other;
  }
  return {};
}

/// What was probably meant by a header without these columns, as the end of a message.
std::string hint(const std::vector<std::string>& names, const std::vector<bool>& used,
                 const std::vector<std::string>& missing) {
  const std::string_view separator = likely_separator(names);
  if (!separator.empty()) {
    return fmt::format("; is it separated by {}?",
                       separator == "\t" ? "tabs" : in_quotes(separator));
  }
  std::vector<std::string_view> unused;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!used[i]) unused.push_back(names[i]);
  }
  std::string out;
  for (const std::string& name : missing) {
    const std::string meant = suggest(name, unused);
    if (!meant.empty())
      out += fmt::format("; is {} meant for {}?", in_quotes(meant), in_quotes(name));
  }
  return out;
}

Error missing_columns(const std::vector<std::string>& missing, bool key, std::string hint) {
  std::vector<std::string> parts;
  for (const std::string& name : missing) parts.push_back(in_quotes(name));
  std::string message;
  if (key) {
    message = "no column for the key, " + parts.back();
    parts.pop_back();
  }
  if (!parts.empty()) {
    message += fmt::format("{}no column{} for {}, which {} not nullable", key ? "; " : "",
                           parts.size() == 1 ? "" : "s", fmt::join(parts, ", "),
                           parts.size() == 1 ? "is" : "are");
  }
  return {Errc::missing_column, "line 1: " + message + hint, {}};
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
  std::vector<std::string> missing;  // the key last
  bool no_key = false;
  for (std::size_t i = 0; i < schema.size(); ++i) {
    const TagId id{static_cast<std::uint16_t>(i)};
    const Tag& tag = schema.tag(id);
    if (!tag.derived.empty()) continue;
    const auto column = use(tag.name);
    if (!column) return column.error();
    if (*column == CsvLayout::none && !tag.nullable) {
      missing.push_back(tag.name);
    }
    layout.tags.push_back(id);
    layout.columns.push_back(*column);
  }
  if (!schema.key().empty()) {
    const auto column = use(schema.key());
    if (!column) return column.error();
    if (*column == CsvLayout::none) {
      missing.push_back(schema.key());
      no_key = true;
    }
    layout.key = *column;
  }
  if (!missing.empty()) {
    return missing_columns(missing, no_key, hint(layout.names, used, missing));
  }
  for (std::size_t i = 0; i < layout.names.size(); ++i) {
    if (!used[i]) layout.ignored_columns.push_back(layout.names[i]);
  }
  return layout;
}

}  // namespace muster
