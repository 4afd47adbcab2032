#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/progress.hpp"
#include "muster/tags/user_table.hpp"

namespace muster {

/// A cell that could not be read.
struct BadCell {
  std::size_t line = 0;    ///< of the file, from 1, where the cell begins
  std::size_t column = 0;  ///< field of the record, from 1
  std::string column_name;
  Errc code = Errc::bad_cell;
  std::string message;  ///< e.g. "'abc' is not a number"
};

/// "line 7, column 3 (plan_fee): 'abc' is not a number"
MUSTER_EXPORT std::string to_string(const BadCell& cell);

struct CsvOptions {
  enum class OnBadCell : std::uint8_t {
    stop,    ///< the first bad cell fails the whole read
    as_null  ///< bad cells of nullable tags become NULL, rows with others are left out; all counted
  };
  OnBadCell on_bad_cell = OnBadCell::stop;
  char delimiter = ',';
  std::size_t max_reported = 1'000;  ///< bad cells kept in the report; the rest are only counted
  RunOptions run = {};               ///< progress counts bytes
};

struct CsvReport {
  std::uint64_t rows = 0;  ///< users appended
  std::uint64_t rows_left_out = 0;
  std::uint64_t bad_cells = 0;
  std::vector<BadCell> reported;
  std::vector<std::string> ignored_columns;  ///< columns no tag is named after
};

struct CsvUsers {
  UserTable table;
  CsvReport report;
};

/// Reads users from CSV (RFC 4180: quoted fields, doubled quotes, line breaks in quotes, LF or
/// CRLF; UTF-8 with or without a mark). The header names tags in any order; columns that no tag
/// is named after are ignored and reported; a missing column is an error unless its tag is
/// nullable or derived. An empty unquoted cell is NULL; booleans are true/false, yes/no, 1/0, t/f
/// and y/n in any case; sets separate categories with '|'; dates are YYYY-MM-DD. Costs one pass
/// over the text. Fails with csv_syntax, missing_column, duplicate_name (two columns of one
/// name), duplicate_key, limit (max_users, max_cell_bytes), invalid_argument (a delimiter that can
/// not be one), cancelled, and, where bad cells stop it, the cell's own code; of a file also with
/// io. Thread-safe.
MUSTER_EXPORT Result<CsvUsers> read_csv(const Schema& schema, std::string_view text,
                                        const CsvOptions& options = {}, const Limits& = {});
MUSTER_EXPORT Result<CsvUsers> read_csv_file(const Schema& schema,
                                             const std::filesystem::path& file,
                                             const CsvOptions& options = {}, const Limits& = {});

}  // namespace muster
