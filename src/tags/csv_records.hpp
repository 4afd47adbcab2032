#pragma once

#include <string>
#include <vector>

#include "muster/core/error.hpp"
#include "tags/csv_scanner.hpp"

namespace muster {

/// A cell's text without quotes, in `out`; `last` is whether it ends its record. Fails with
/// csv_syntax where it breaks the rules of quoting or is not UTF-8.
Result<void> read_text_cell(std::string_view text, const CsvBatch& batch, std::size_t cell,
                            bool last, std::string& out);

/// A CSV text as records of texts, for files that are not tables of users. A byte order mark is
/// skipped.
class CsvRecords {
 public:
  explicit CsvRecords(std::string_view text);

  /// The next record's cells, without quotes; false at the end. Empty lines are passed over. Fails
  /// with csv_syntax where a cell breaks the rules of quoting or is not UTF-8.
  Result<bool> next(std::vector<std::string>& cells);

  /// Of the file, from 1: where the record that was read last begins.
  std::size_t line() const noexcept { return line_; }
  /// "line 3, column 2: …"
  std::string at(std::size_t column, std::string_view message) const;

 private:
  std::string_view text_;
  CsvScanner scanner_;
  CsvBatch batch_;
  std::size_t record_ = 0;   // of the batch
  std::size_t counted_ = 0;  // line feeds before here are in line_
  std::size_t line_ = 1;
};

}  // namespace muster
