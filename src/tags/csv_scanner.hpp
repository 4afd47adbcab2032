#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace muster {

/// Where some whole records of a CSV text lie. A cell begins one past the end of the cell before
/// it; the carriage return before a record's line feed still belongs to its last cell.
struct CsvBatch {
  static constexpr std::uint64_t has_quote = std::uint64_t{1} << 63;

  std::size_t begin = 0;               ///< of the first cell, in the text
  std::vector<std::uint64_t> ends;     ///< of cells, in the text; has_quote where there is one
  std::vector<std::uint32_t> records;  ///< first cell of each record, and one past the last

  std::size_t size() const noexcept { return records.size() - 1; }
  std::size_t cell_begin(std::size_t cell) const noexcept {
    return cell == 0 ? begin : static_cast<std::size_t>(ends[cell - 1] & ~has_quote) + 1;
  }
  std::size_t cell_end(std::size_t cell) const noexcept {
    return static_cast<std::size_t>(ends[cell] & ~has_quote);
  }
};

/// Finds the ends of cells, 64 bytes at a time, with the parity of the quotes so far telling
/// which delimiters and line feeds are text. That is right up to the first cell that breaks the
/// rules of quoting, which has_quote leads to.
class CsvScanner {
 public:
  CsvScanner(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  /// Fills `batch` with the next records: at least one, then until there are `cells` cells or
  /// `bytes` bytes. False at the end of the text.
  bool next(CsvBatch& batch, std::size_t cells, std::size_t bytes);

 private:
  void scan_block(CsvBatch& batch);
  void finish(CsvBatch& batch);

  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0;                    // scanned up to here
  std::size_t begin_ = 0;                 // of the next batch
  std::uint64_t inside_ = 0;              // all ones within quotes
  bool quote_in_cell_ = false;            // the cell under way has one
  std::vector<std::uint64_t> left_over_;  // cells of the record under way
};

}  // namespace muster
