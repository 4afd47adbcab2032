#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/tags/csv.hpp"
#include "tags/column_plan.hpp"
#include "tags/csv_cell.hpp"
#include "tags/csv_scanner.hpp"

namespace muster {

/// What the header said: which column of the file is which tag. Columns count from 0.
struct CsvLayout : ColumnPlan {
  std::vector<std::string> names;  ///< of the file's columns
};

/// Reads the header. Fails with csv_syntax, duplicate_name or missing_column.
Result<CsvLayout> read_csv_header(const Schema& schema, std::string_view text,
                                  const CsvBatch& batch);

/// A cell of a batch that could not be read.
struct CsvFault {
  std::size_t at = 0;      ///< where the cell begins in the text
  std::size_t column = 0;  ///< CsvLayout::none: the record as a whole
  Errc code = Errc::bad_cell;
  std::string message;
};

/// One tag's values of a batch.
struct CsvColumn {
  ColumnView view(std::size_t size) const;
  void clear();

  std::vector<std::uint64_t> valid;  // empty: all known
  std::vector<std::uint8_t> bools;
  std::vector<double> doubles;
  std::vector<std::int16_t> rests;  // empty: none
  std::vector<std::int32_t> days;
  std::vector<std::uint16_t> codes;
  std::vector<std::uint32_t> offsets;
};

/// Records of a CSV text on their way into a table: cut into cells, read column by column, faults
/// noted. Each thread parses its own.
class CsvBatchParser {
 public:
  CsvBatchParser(const Schema& schema, const CsvLayout& layout, std::string_view text,
                 const Limits& limits)
      : schema_(schema), layout_(layout), text_(text), limits_(limits), slots_(slots(layout)) {}

  CsvBatch& cells() noexcept { return batch_; }

  /// Reads all columns; the header, if it is in this batch, must be skipped.
  void parse(std::size_t skipped_records);
  /// Reads them again without the rows marked by `leave_out`, noting no faults.
  void parse_kept();

  std::size_t rows() const noexcept { return rows_.size(); }
  /// A row's key; faults are noted and the row is left out. REQUIRES: the layout has one.
  std::optional<std::string_view> key(std::size_t row);
  void leave_out(std::size_t row) { left_out_[row] = true; }
  bool is_left_out(std::size_t row) const { return left_out_[row]; }
  void add_fault(std::size_t row, std::size_t column, Errc code, std::string message);

  std::vector<ColumnView> columns() const;
  std::vector<CsvFault>& faults() noexcept { return faults_; }
  /// Rows that were left out because their number of cells is wrong.
  std::size_t ragged() const noexcept { return ragged_; }
  /// Nothing that follows can be trusted: quoting is broken, or a cell is too long.
  const std::optional<CsvFault>& fatal() const noexcept { return fatal_; }

 private:
  /// A cell's text without its quotes; null where it is NULL.
  class Text {
   public:
    Text() = default;
    Text(std::string_view text, bool escaped) noexcept
        : begin_(text.data()), size_(text.size() << 1 | (escaped ? 1 : 0)) {}

    bool is_null() const noexcept { return begin_ == nullptr; }
    /// Doubled quotes are undone in `buffer`.
    std::string_view read(std::string& buffer) const {
      const std::string_view text(begin_, size_ >> 1);
      return (size_ & 1) == 0 ? text : undouble_quotes(text, buffer);
    }

   private:
    const char* begin_ = nullptr;
    std::size_t size_ = 0;  // and whether quotes are doubled, in the lowest bit
  };

  void find_rows(std::size_t skipped_records);
  void add_row(std::size_t first, std::size_t last);
  void refuse(std::size_t first, std::size_t cell, Errc code, std::string message);
  void refuse_quotes(std::size_t first, std::size_t cell, std::string_view raw);
  std::span<const Text> texts(std::size_t column) const {
    return {texts_.data() + slots_[column] * stride_, rows_.size()};
  }
  void parse_columns();
  void parse_column(const Tag& tag, TagId id, std::size_t column, CsvColumn& out);

  /// Calls `read(row, text)` for each row's cell, which says whether there is a value; a NULL
  /// where there is none.
  template <class Read>
  void for_each_cell(const Tag& tag, std::size_t column, CsvColumn& out, Read read);
  void set_null(std::size_t row, CsvColumn& out);
  void note_missing(const Tag& tag, std::size_t row, std::size_t column);
  void note_bad(const Tag& tag, std::size_t row, std::size_t column, std::string message);

  void read_booleans(const Tag& tag, std::size_t column, CsvColumn& out);
  void read_numbers(const Tag& tag, std::size_t column, CsvColumn& out);
  void read_dates(const Tag& tag, std::size_t column, CsvColumn& out);
  void read_categories(const Tag& tag, TagId id, std::size_t column, CsvColumn& out);
  void read_sets(const Tag& tag, TagId id, std::size_t column, CsvColumn& out);
  bool read_set(const Tag& tag, TagId id, std::size_t row, std::size_t column,
                std::string_view text, CsvColumn& out);

  const Schema& schema_;
  const CsvLayout& layout_;
  std::string_view text_;
  const Limits& limits_;

  /// A place in texts_ for each column of the file that is read; none for the others.
  static std::vector<std::size_t> slots(const CsvLayout& layout);

  std::vector<std::size_t> slots_;
  CsvBatch batch_;
  std::vector<Text> texts_;  // column after column, stride_ rows each
  std::size_t stride_ = 0;
  std::vector<std::uint32_t> rows_;  // first cell of each
  std::vector<bool> left_out_;
  std::vector<CsvColumn> columns_;
  std::vector<CsvFault> faults_;
  std::optional<CsvFault> fatal_;
  std::size_t ragged_ = 0;
  bool noting_ = true;
  std::string buffer_;
  std::vector<std::uint16_t> members_;
};

}  // namespace muster
