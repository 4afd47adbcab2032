#include "muster/tags/csv.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/mapped_file.hpp"
#include "core/parallel.hpp"
#include "tags/csv_batch.hpp"
#include "tags/table_body.hpp"

namespace muster {
namespace {

/// A batch should stay in the second-level cache while its columns are read one after another.
constexpr std::size_t batch_cells = 8'192;
constexpr std::size_t batch_bytes = 1 << 17;
constexpr std::size_t batches_per_thread = 4;

/// Line numbers of ascending places, in one pass over the text.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}
  std::size_t line_at(std::size_t place) {
    const auto from = text_.begin() + static_cast<std::ptrdiff_t>(at_);
    const auto to = text_.begin() + static_cast<std::ptrdiff_t>(std::max(place, at_));
    line_ += static_cast<std::size_t>(std::count(from, to, '\n'));
    at_ = std::max(place, at_);
    return line_;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

class CsvReader {
 public:
  CsvReader(const Schema& schema, std::string_view text, const CsvOptions& options,
            const Limits& limits)
      : text_(text),
        options_(options),
        limits_(limits),
        lines_(text),
        scanner_(text, options.delimiter),
        users_{UserTable(schema, limits), {}} {}

  Result<CsvUsers> read() {
    CsvBatch first;
    if (!scanner_.next(first, batch_cells, batch_bytes)) {
      return Error{
          Errc::csv_syntax, "line 1: the text is empty, its first line must name the columns", {}};
    }
    auto layout = read_csv_header(users_.table.schema(), text_, first);
    if (!layout) return std::move(layout).error();
    layout_ = *std::move(layout);
    users_.report.ignored_columns = layout_.ignored_columns;
    if (auto ok = read_batches(std::move(first)); !ok) return std::move(ok).error();
    return std::move(users_);
  }

 private:
  /// Scans a few batches, parses them on all threads, appends them in order; and again.
  Result<void> read_batches(CsvBatch first) {
    const RunOptions run{options_.run.threads, {}, options_.run.cancel};
    const std::size_t most = worker_count(run, 1024) * batches_per_thread;
    std::vector<CsvBatchParser> parsers(
        most, CsvBatchParser(users_.table.schema(), layout_, text_, limits_));
    parsers[0].cells() = std::move(first);
    std::size_t ready = 1, header = 1;
    while (ready != 0) {
      while (ready < most && scanner_.next(parsers[ready].cells(), batch_cells, batch_bytes)) {
        ++ready;
      }
      const auto parsed = for_each_block(
          run, ready, [&](std::size_t i, unsigned) { parsers[i].parse(i == 0 ? header : 0); });
      if (!parsed) return parsed;
      for (std::size_t i = 0; i < ready; ++i) {
        if (auto ok = append(parsers[i]); !ok) return ok;
        const CsvBatch& batch = parsers[i].cells();
        if (options_.run.progress) {
          options_.run.progress(std::min(batch.cell_end(batch.ends.size() - 1) + 1, text_.size()),
                                text_.size());
        }
      }
      header = ready = 0;
      if (scanner_.next(parsers[0].cells(), batch_cells, batch_bytes)) ready = 1;
    }
    return {};
  }

  Result<void> append(CsvBatchParser& parser) {
    TableAccess::Body& body = TableAccess::body(users_.table);
    if (auto room = body.check_room(parser.rows()); !room) return room;
    if (body.has_keys()) append_keys(parser, body);
    if (auto ok = report(parser); !ok) return ok;
    std::size_t left_out = 0;
    for (std::size_t row = 0; row < parser.rows(); ++row) left_out += parser.is_left_out(row);
    users_.report.rows_left_out += left_out + parser.ragged();
    if (left_out != 0) parser.parse_kept();
    users_.report.rows += parser.rows();
    return body.append(parser.columns(), parser.rows());
  }

  void append_keys(CsvBatchParser& parser, TableAccess::Body& body) {
    for (std::size_t row = 0; row < parser.rows(); ++row) {
      if (parser.is_left_out(row)) continue;
      const auto key = parser.key(row);
      if (!key || body.keys.add(*key)) continue;
      parser.add_fault(row, layout_.key, Errc::duplicate_key,
                       in_quotes(*key) + " is the key of an earlier row");
    }
  }

  Result<void> report(CsvBatchParser& parser) {
    auto& faults = parser.faults();
    if (faults.empty() && !parser.fatal()) return {};
    std::stable_sort(faults.begin(), faults.end(),
                     [](const CsvFault& a, const CsvFault& b) { return a.at < b.at; });
    if (!faults.empty() && options_.on_bad_cell == CsvOptions::OnBadCell::stop) {
      return as_error(faults.front());
    }
    users_.report.bad_cells += faults.size();
    auto& reported = users_.report.reported;
    for (const CsvFault& fault : faults) {
      if (reported.size() == options_.max_reported) break;
      reported.push_back(as_bad_cell(fault));
    }
    if (parser.fatal()) return as_error(*parser.fatal());
    return {};
  }

  BadCell as_bad_cell(const CsvFault& fault) {
    BadCell bad;
    bad.line = lines_.line_at(fault.at);
    if (fault.column != CsvLayout::none) bad.column = fault.column + 1;
    if (fault.column < layout_.names.size()) bad.column_name = layout_.names[fault.column];
    bad.code = fault.code;
    bad.message = fault.message;
    return bad;
  }

  Error as_error(const CsvFault& fault) { return {fault.code, to_string(as_bad_cell(fault)), {}}; }

  std::string_view text_;
  const CsvOptions& options_;
  const Limits& limits_;
  LineCounter lines_;
  CsvScanner scanner_;
  CsvLayout layout_;
  CsvUsers users_;
};

bool is_delimiter(char c) { return c != '"' && c != '\n' && c != '\r' && c != '\0'; }

}  // namespace

std::string to_string(const BadCell& cell) {
  if (cell.column == 0) return fmt::format("line {}: {}", cell.line, cell.message);
  if (cell.column_name.empty()) {
    return fmt::format("line {}, column {}: {}", cell.line, cell.column, cell.message);
  }
  return fmt::format("line {}, column {} ({}): {}", cell.line, cell.column, cell.column_name,
                     cell.message);
}

Result<CsvUsers> read_csv(const Schema& schema, std::string_view text, const CsvOptions& options,
                          const Limits& limits) {
  if (!is_delimiter(options.delimiter)) {
    return Error{Errc::invalid_argument, "the delimiter is a quote, a line break or a zero", {}};
  }
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  return CsvReader(schema, text, options, limits).read();
}

Result<CsvUsers> read_csv_file(const Schema& schema, const std::filesystem::path& file,
                               const CsvOptions& options, const Limits& limits) {
  auto mapped = MappedFile::open(file);
  if (!mapped) return std::move(mapped).error();
  auto users = read_csv(schema, mapped->text(), options, limits);
  if (users) return users;
  Error error = std::move(users).error();
  error.message = as_utf8(file.string()) + ": " + error.message;
  return error;
}

}  // namespace muster
