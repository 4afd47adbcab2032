#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "cli/commands.hpp"

namespace muster::cli {

/// Where data goes: standard output, or a file that appears whole under its name when done.
/// A reader that has gone away (a closed pipe) ends the writing without being an error.
class Output {
 public:
  Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output();

  /// Empty or "-": standard output. False after saying why not.
  bool open(const std::string& file);

  /// Whether what is written shows on a terminal, where a progress bar would be in its way.
  bool on_terminal() const noexcept;

  /// False once writing has failed or nobody reads any more; more writes are then in vain.
  bool write(std::string_view text);

  /// Flushes, and puts a file in its place. REQUIRES: the last call.
  Exit finish();

 private:
  bool gone() const noexcept;  // nobody reads any more
  Exit fail(const std::string& what);
  void discard();

  std::FILE* stream_ = nullptr;
  std::string file_;
  std::string temporary_;
  int failed_ = 0;  // errno of the first failure
};

/// A cell of a CSV file, quoted as RFC 4180 wants where it must be; tabs count as separators.
void append_csv_cell(std::string& out, std::string_view cell);

}  // namespace muster::cli
