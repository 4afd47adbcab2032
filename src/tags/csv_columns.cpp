#include <algorithm>

#include "core/bits.hpp"
#include "core/diagnostics.hpp"
#include "core/suggest.hpp"
#include "core/utf8.hpp"
#include "tags/csv_batch.hpp"

namespace muster {
namespace {

std::string unknown(const Tag& tag, std::string_view text) {
  if (!is_utf8(text)) return in_quotes(text) + " is not UTF-8";
  std::string message = in_quotes(text) + " is not among its categories";
  const std::string meant = suggest(text, tag.values);
  if (!meant.empty()) message += "; did you mean " + in_quotes(meant) + "?";
  return message;
}

}  // namespace

ColumnView CsvColumn::view(std::size_t size) const {
  ColumnView view;
  view.size = size;
  view.valid = valid.empty() ? nullptr : reinterpret_cast<const std::uint8_t*>(valid.data());
  view.bool_bytes = bools.data();
  view.doubles = doubles.data();
  view.rests = rests.empty() ? nullptr : rests.data();
  view.days = days.data();
  view.codes = codes.data();
  view.set_offsets = offsets.data();
  return view;
}

void CsvColumn::clear() {
  valid.clear();
  bools.clear();
  doubles.clear();
  rests.clear();
  days.clear();
  codes.clear();
  offsets.clear();
}

std::vector<ColumnView> CsvBatchParser::columns() const {
  std::vector<ColumnView> views;
  for (const CsvColumn& column : columns_) views.push_back(column.view(rows_.size()));
  return views;
}

void CsvBatchParser::parse_columns() {
  columns_.resize(layout_.tags.size());
  for (std::size_t i = 0; i < layout_.tags.size(); ++i) {
    columns_[i].clear();
    const TagId id = layout_.tags[i];
    parse_column(schema_.tag(id), id, layout_.columns[i], columns_[i]);
  }
}

void CsvBatchParser::parse_column(const Tag& tag, TagId id, std::size_t column, CsvColumn& out) {
  switch (tag.type) {
    case TagType::boolean:
      return read_booleans(tag, column, out);
    case TagType::number:
      return read_numbers(tag, column, out);
    case TagType::date:
      return read_dates(tag, column, out);
    case TagType::category:
      return read_categories(tag, id, column, out);
    case TagType::category_set:
      return read_sets(tag, id, column, out);
  }
}

template <class Read>
void CsvBatchParser::for_each_cell(const Tag& tag, std::size_t column, CsvColumn& out, Read read) {
  if (column == CsvLayout::none) {
    for (std::size_t row = 0; row < rows_.size(); ++row) set_null(row, out);
    return;
  }
  const std::span<const Text> cells = texts(column);
  for (std::size_t row = 0; row < cells.size(); ++row) {
    const bool null = cells[row].is_null();
    if (!null && read(row, cells[row].read(buffer_))) continue;
    set_null(row, out);
    if (null && !tag.nullable) note_missing(tag, row, column);
  }
}

void CsvBatchParser::set_null(std::size_t row, CsvColumn& out) {
  if (out.valid.empty()) out.valid.assign(words_for(rows_.size()), ~std::uint64_t{0});
  assign_bit(out.valid.data(), row, false);
}

void CsvBatchParser::note_missing(const Tag& tag, std::size_t row, std::size_t column) {
  if (!noting_) return;
  add_fault(row, column, Errc::missing_value,
            "no value for " + in_quotes(tag.name) + ", which is not nullable");
}

void CsvBatchParser::note_bad(const Tag& tag, std::size_t row, std::size_t column,
                              std::string message) {
  const bool was_left_out = left_out_[row];
  if (!noting_) return;
  add_fault(row, column, Errc::bad_cell, std::move(message));
  if (tag.nullable) left_out_[row] = was_left_out;
}

void CsvBatchParser::read_booleans(const Tag& tag, std::size_t column, CsvColumn& out) {
  out.bools.resize(rows_.size());
  for_each_cell(tag, column, out, [&](std::size_t row, std::string_view text) {
    if (read_boolean(text, out.bools[row]) == CellStatus::good) return true;
    note_bad(tag, row, column, in_quotes(text) + " is not true or false");
    return false;
  });
}

void CsvBatchParser::read_numbers(const Tag& tag, std::size_t column, CsvColumn& out) {
  out.doubles.resize(rows_.size());
  for_each_cell(tag, column, out, [&](std::size_t row, std::string_view text) {
    Number number;
    const CellStatus status = read_number(text, number);
    out.doubles[row] = number.to_double();
    if (number.beyond_double()) {
      out.rests.resize(rows_.size());
      out.rests[row] = number.rest();
    }
    if (status == CellStatus::good) return true;
    note_bad(tag, row, column,
             in_quotes(text) + (status == CellStatus::bad ? " is not a number"
                                                          : " is out of the range of numbers"));
    return false;
  });
}

void CsvBatchParser::read_dates(const Tag& tag, std::size_t column, CsvColumn& out) {
  out.days.resize(rows_.size());
  for_each_cell(tag, column, out, [&](std::size_t row, std::string_view text) {
    if (const auto date = parse_date(text)) {
      out.days[row] = date->days;
      return true;
    }
    note_bad(tag, row, column, in_quotes(text) + " is not a date (YYYY-MM-DD)");
    return false;
  });
}

void CsvBatchParser::read_categories(const Tag& tag, TagId id, std::size_t column, CsvColumn& out) {
  out.codes.resize(rows_.size());
  for_each_cell(tag, column, out, [&](std::size_t row, std::string_view text) {
    if (const auto code = schema_.find_category(id, text)) {
      out.codes[row] = static_cast<std::uint16_t>(*code);
      return true;
    }
    if (noting_) note_bad(tag, row, column, unknown(tag, text));
    return false;
  });
}

void CsvBatchParser::read_sets(const Tag& tag, TagId id, std::size_t column, CsvColumn& out) {
  out.offsets.assign(rows_.size() + 1, 0);
  for_each_cell(tag, column, out, [&](std::size_t row, std::string_view text) {
    return read_set(tag, id, row, column, text, out);
  });
  // Cells are read in order; a NULL, which leaves its offset alone, ends where it began.
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    out.offsets[row + 1] = std::max(out.offsets[row + 1], out.offsets[row]);
  }
}

bool CsvBatchParser::read_set(const Tag& tag, TagId id, std::size_t row, std::size_t column,
                              std::string_view text, CsvColumn& out) {
  members_.clear();
  for (std::size_t from = 0, bar = 0; !text.empty() && from <= text.size(); from = bar + 1) {
    bar = std::min(text.find('|', from), text.size());
    const std::string_view member = text.substr(from, bar - from);
    const auto code = schema_.find_category(id, member);
    if (!code) {
      if (noting_) note_bad(tag, row, column, unknown(tag, member));
      return false;
    }
    members_.push_back(static_cast<std::uint16_t>(*code));
  }
  std::sort(members_.begin(), members_.end());
  members_.erase(std::unique(members_.begin(), members_.end()), members_.end());
  out.codes.insert(out.codes.end(), members_.begin(), members_.end());
  out.offsets[row + 1] = static_cast<std::uint32_t>(out.codes.size());
  return true;
}

}  // namespace muster
