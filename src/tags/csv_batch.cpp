#include "tags/csv_batch.hpp"

#include <fmt/format.h>

#include "core/diagnostics.hpp"
#include "core/utf8.hpp"

namespace muster {

void CsvBatchParser::parse(std::size_t skipped_records) {
  faults_.clear();
  fatal_.reset();
  ragged_ = 0;
  noting_ = true;
  find_rows(skipped_records);
  parse_columns();
}

void CsvBatchParser::parse_kept() {
  std::size_t kept = 0;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    if (left_out_[row]) continue;
    rows_[kept] = rows_[row];
    for (std::size_t at = 0; at < texts_.size(); at += stride_) {
      texts_[at + kept] = texts_[at + row];
    }
    ++kept;
  }
  rows_.resize(kept);
  left_out_.assign(kept, false);
  noting_ = false;
  parse_columns();
}

std::vector<std::size_t> CsvBatchParser::slots(const CsvLayout& layout) {
  std::vector<std::size_t> slots(layout.names.size(), CsvLayout::none);
  std::size_t used = 0;
  for (const std::size_t column : layout.columns) {
    if (column != CsvLayout::none) slots[column] = used++;
  }
  if (layout.key != CsvLayout::none && slots[layout.key] == CsvLayout::none) {
    slots[layout.key] = used;
  }
  return slots;
}

/// Finds the records to read: not blank, with as many cells as the header; up to a fatal fault.
void CsvBatchParser::find_rows(std::size_t skipped_records) {
  rows_.clear();
  const std::size_t width = layout_.names.size();
  stride_ = batch_.ends.size() / width + 1;  // however many records are too short
  texts_.resize((layout_.tags.size() + 1) * stride_);
  for (std::size_t i = skipped_records; i < batch_.size() && !fatal_; ++i) {
    const std::size_t first = batch_.records[i], last = batch_.records[i + 1];
    const std::size_t begin = batch_.cell_begin(first);
    if (last - first == 1 && width > 1) {
      const auto blank = text_.substr(begin, batch_.cell_end(first) - begin);
      if (blank.empty() || blank == "\r") continue;
    }
    add_row(first, last);
    if (fatal_ || last - first == width) continue;
    rows_.pop_back();
    ++ragged_;
    faults_.push_back({begin, CsvLayout::none, Errc::csv_syntax,
                       fmt::format("{} cells where the header has {}", last - first, width)});
  }
  left_out_.assign(rows_.size(), false);
}

void CsvBatchParser::add_row(std::size_t first, std::size_t last) {
  const std::size_t row = rows_.size();
  const std::size_t most = limits_.max_cell_bytes;
  for (std::size_t cell = first; cell < last; ++cell) {
    const std::size_t begin = batch_.cell_begin(cell), end = batch_.cell_end(cell);
    if (end - begin > most) {
      return refuse(first, cell, Errc::limit,
                    fmt::format("a cell of more than {} bytes (max_cell_bytes)", most));
    }
    std::string_view raw(text_.data() + begin, end - begin);
    if (cell + 1 == last && raw.ends_with('\r')) raw.remove_suffix(1);
    Text text;
    if ((batch_.ends[cell] & CsvBatch::has_quote) != 0) {
      bool escaped = false;
      if (!strip_quotes(raw, escaped)) return refuse_quotes(first, cell, raw);
      text = Text(raw, escaped);
    } else if (!raw.empty()) {
      text = Text(raw, false);
    }
    const std::size_t column = cell - first;
    if (column >= slots_.size() || slots_[column] == CsvLayout::none) continue;
    texts_[slots_[column] * stride_ + row] = text;
  }
  rows_.push_back(static_cast<std::uint32_t>(first));
}

void CsvBatchParser::refuse(std::size_t first, std::size_t cell, Errc code, std::string message) {
  fatal_ = CsvFault{batch_.cell_begin(cell), cell - first, code, std::move(message)};
}

void CsvBatchParser::refuse_quotes(std::size_t first, std::size_t cell, std::string_view raw) {
  refuse(first, cell, Errc::csv_syntax,
         raw.front() != '"' ? "a quote in a cell that does not begin with one"
                            : "a quoted cell that does not end with its quote");
}

std::optional<std::string_view> CsvBatchParser::key(std::size_t row) {
  const Text cell = texts(layout_.key)[row];
  const std::string_view text = cell.is_null() ? std::string_view() : cell.read(buffer_);
  if (!text.empty() && is_utf8(text)) return text;
  const Errc code = text.empty() ? Errc::missing_value : Errc::bad_cell;
  add_fault(row, layout_.key, code, text.empty() ? "no key" : in_quotes(text) + " is not UTF-8");
  return std::nullopt;
}

void CsvBatchParser::add_fault(std::size_t row, std::size_t column, Errc code,
                               std::string message) {
  faults_.push_back({batch_.cell_begin(rows_[row] + column), column, code, std::move(message)});
  leave_out(row);
}

}  // namespace muster
