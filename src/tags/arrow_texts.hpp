#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "tags/arrow_column.hpp"

namespace muster {

/// Texts of one array, utf8, large utf8 or utf8 view, whose offsets were checked.
class ArrowTexts {
 public:
  ArrowTexts() = default;
  /// Fails with corrupt. O(texts). REQUIRES: the type is a text.
  static Result<ArrowTexts> open(const ArrowColumn& column, const ArrowPlace& place);

  std::size_t size() const noexcept { return column_.size(); }
  bool known(std::size_t at) const noexcept { return column_.known(at); }
  /// REQUIRES: at < size(), known(at).
  std::string_view operator[](std::size_t at) const noexcept;

 private:
  std::string find_flaw(const ArrowPlace& place) const;

  ArrowColumn column_;
};

/// Rows that hold texts, themselves or by a dictionary.
class ArrowTextRows {
 public:
  ArrowTextRows() = default;
  /// Whether such a type is read at all.
  static bool reads(const ArrowSchema& schema) noexcept;
  /// Fails with corrupt. O(rows + texts). REQUIRES: reads(the column's schema).
  static Result<ArrowTextRows> open(const ArrowColumn& column, const ArrowPlace& place);

  std::size_t size() const noexcept { return column_.size(); }
  /// The row's position among texts(); nothing where it is NULL.
  std::optional<std::size_t> entry(std::size_t row) const noexcept;
  const ArrowTexts& texts() const noexcept { return texts_; }
  bool has_dictionary() const noexcept { return index_bytes_ != 0; }

 private:
  std::size_t index(std::size_t row) const noexcept;
  std::string find_flaw(const ArrowPlace& place) const;

  ArrowColumn column_;
  ArrowTexts texts_;
  unsigned index_bytes_ = 0;  // 0: no dictionary
};

}  // namespace muster
