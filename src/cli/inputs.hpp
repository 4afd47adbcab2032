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

 private:
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
