#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace muster::cli {

/// A table for a terminal: columns as wide as their widest cell, Chinese characters two wide, each
/// to the left or to the right. Control characters are shown as U+FFFD.
class TextTable {
 public:
  /// `sides`: l or r for each column, "llrr".
  TextTable(std::vector<std::string> header, std::string_view sides);
  void add(std::vector<std::string> row);
  /// Nothing where there are no rows.
  std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;  // the header first
  std::string_view sides_;
};

/// A bar of whole and partial blocks, `part` of `cells` long, blanks after it.
std::string bar(double part, std::size_t cells);

}  // namespace muster::cli
