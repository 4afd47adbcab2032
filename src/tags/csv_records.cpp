#include "tags/csv_records.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/utf8.hpp"
#include "tags/csv_cell.hpp"

namespace muster {
namespace {

constexpr std::size_t cells_at_once = 4'096;
constexpr std::size_t bytes_at_once = 1 << 16;

std::string_view without_mark(std::string_view text) {
  return text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text;
}

}  // namespace

CsvRecords::CsvRecords(std::string_view text) : text_(without_mark(text)), scanner_(text_, ',') {
  batch_.records.assign(1, 0);
}

std::string CsvRecords::at(std::size_t column, std::string_view message) const {
  return fmt::format("line {}, column {}: {}", line_, column + 1, message);
}

Result<bool> CsvRecords::next(std::vector<std::string>& cells) {
  do {
    if (record_ == batch_.size()) {
      if (!scanner_.next(batch_, cells_at_once, bytes_at_once)) return false;
      record_ = 0;
    }
    const std::size_t first = batch_.records[record_], last = batch_.records[record_ + 1];
    ++record_;
    const std::size_t begin = batch_.cell_begin(first);
    line_ +=
        static_cast<std::size_t>(std::count(text_.data() + counted_, text_.data() + begin, '\n'));
    counted_ = begin;
    cells.resize(last - first);
    for (std::size_t cell = first; cell < last; ++cell) {
      if (auto ok = read_text_cell(text_, batch_, cell, cell + 1 == last, cells[cell - first]);
          !ok) {
        return Error{ok.error().code, at(cell - first, ok.error().message), {}};
      }
    }
  } while (cells.size() == 1 && cells[0].empty());
  return true;
}

Result<void> read_text_cell(std::string_view text, const CsvBatch& batch, std::size_t cell,
                            bool last, std::string& out) {
  const std::size_t begin = batch.cell_begin(cell);
  std::string_view written = text.substr(begin, batch.cell_end(cell) - begin);
  if (last && written.ends_with('\r')) written.remove_suffix(1);
  bool doubled = false;
  if ((batch.ends[cell] & CsvBatch::has_quote) != 0 && !strip_quotes(written, doubled)) {
    const std::string_view line = written.substr(0, written.find('\n'));  // an open quote: no end
    return Error{Errc::csv_syntax, "the quotes of " + in_quotes(line) + " are wrong", {}};
  }
  if (!is_utf8(written)) return Error{Errc::csv_syntax, in_quotes(written) + " is not UTF-8", {}};
  if (doubled) {
    undouble_quotes(written, out);
  } else {
    out = written;
  }
  return {};
}

}  // namespace muster
