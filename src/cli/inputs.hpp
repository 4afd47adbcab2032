#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cli/commands.hpp"
#include "muster/core/progress.hpp"
#include "muster/policy/catalogue.hpp"
#include "muster/tags/csv.hpp"

namespace muster::cli {

/// A whole file, or nothing after saying why not.
std::optional<std::string> read_text(const std::string& file);

/// The positional CATALOGUE of most commands.
struct CatalogueInput {
  std::string file;

  void add_to(CLI::App& command);
  /// Nothing after reporting every error of the file.
  std::optional<Catalogue> load() const;
};

/// `--users FILE` and how to read it; `--threads N`.
struct UsersInput {
  std::string file;
  CsvOptions::OnBadCell on_bad_cell = CsvOptions::OnBadCell::stop;
  unsigned threads = 1;

  CLI::Option* add_to(CLI::App& command);
  /// A saved table if the file says so in its first bytes, else CSV. Nothing after reporting
  /// why; ignored columns and cells that became NULL are reported as warnings. `left_out` is set
  /// to the number of rows that bad cells cost.
  std::optional<UserTable> load(const Schema& schema, std::uint64_t* left_out = nullptr) const;
  /// The users by two schemas, as `load` gives them. A file that can be read only once is read
  /// once; where the schemas are the same, `other` is left empty and `one` stands for both.
  struct Both {
    UserTable one;
    std::optional<UserTable> other;
    std::uint64_t left_out = 0;  ///< rows, by either
  };
  std::optional<Both> load_both(const Schema& one, const Schema& other) const;

 private:
  /// Reads what can be read only once, and leaves `text` empty for all else. False after saying
  /// why.
  bool read_stream(std::optional<std::string>& text) const;
  std::optional<UserTable> load(const Schema& schema, const std::optional<std::string>& stream,
                                std::uint64_t* left_out) const;
  std::optional<UserTable> open_saved(const Schema& schema) const;
  std::optional<UserTable> read_rows(const Schema& schema, const std::string* text,
                                     std::uint64_t* left_out) const;
};

/// `--today YYYY-MM-DD`, what days_since and days_until count from.
struct TodayInput {
  std::string text;

  void add_to(CLI::App& command, const std::string& fallback = "the system's date");
  /// The system's date, in its time zone, unless told otherwise.
  Date date() const;
};

void add_threads(CLI::App& command, unsigned& threads);

}  // namespace muster::cli
