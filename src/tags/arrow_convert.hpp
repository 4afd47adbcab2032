#pragma once

#include "muster/core/progress.hpp"
#include "muster/tags/schema.hpp"
#include "tags/arrow_column.hpp"
#include "tags/arrow_piece.hpp"
#include "tags/arrow_texts.hpp"

namespace muster {

/// One column of one batch on its way to be a tag's values.
struct ArrowSource {
  const Schema& schema;
  TagId id;
  const ArrowColumn& column;
  ArrowPlace place;
  const CancelToken* cancel = nullptr;

  const Tag& tag() const noexcept { return schema.tag(id); }
  std::size_t row_number(std::size_t row) const noexcept { return place.first_row + row + 1; }
};

/// Whether a tag can be read from a column of that type. Fails with wrong_type.
Result<void> check_type(const Tag& tag, const ArrowSchema& schema);

/// Fills a piece whose size and validity are there already, from a column that is not all NULL.
/// Errors name column, row, and what was expected.
Result<void> convert_booleans(const ArrowSource& source, ArrowPiece& piece);
Result<void> convert_numbers(const ArrowSource& source, ArrowPiece& piece);
Result<void> convert_decimals(const ArrowSource& source, ArrowPiece& piece);
Result<void> convert_dates(const ArrowSource& source, ArrowPiece& piece);
Result<void> convert_categories(const ArrowSource& source, ArrowPiece& piece);
Result<void> convert_sets(const ArrowSource& source, ArrowPiece& piece);

}  // namespace muster
