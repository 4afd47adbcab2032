#include <bit>

#include "tags/arrow_convert.hpp"
#include "tags/arrow_import.hpp"
#include "tags/bitmap_copy.hpp"
#include "tags/column_check.hpp"

namespace muster {
namespace {

/// The known rows of a column in a batch that may be NULL as a whole in some rows: borrowed where
/// it lies on a byte, or combined.
void read_validity(const ArrowColumn& batch, const ArrowColumn& column, ArrowPiece& piece) {
  const std::uint8_t* const own = column.valid();
  const std::uint8_t* const rows = batch.valid();
  if (own == nullptr && rows == nullptr) return;
  if (rows == nullptr && column.offset() % 8 == 0) {
    piece.view.valid = own + column.offset() / 8;
    return;
  }
  piece.valid.resize(words_for(column.size()));
  for (std::size_t w = 0; w < piece.valid.size(); ++w) {
    const std::size_t at = w * 64, n = std::min<std::size_t>(64, column.size() - at);
    piece.valid[w] = own != nullptr ? bits_at(own, column.offset() + at, n) : low_bits(n);
    if (rows != nullptr) piece.valid[w] &= bits_at(rows, batch.offset() + at, n);
  }
  piece.view.valid = reinterpret_cast<const std::uint8_t*>(piece.valid.data());
}

/// Drops a bitmap that says nothing, and notes where nothing is known.
void simplify_validity(ArrowPiece& piece) {
  if (piece.view.valid == nullptr) return;
  std::size_t known = 0;
  for (std::size_t at = 0; at < piece.view.size; at += 64) {
    const std::size_t n = std::min<std::size_t>(64, piece.view.size - at);
    known += static_cast<std::size_t>(std::popcount(load_bits(piece.view.valid + at / 8, n)));
  }
  piece.all_null = known == 0;
  if (known == piece.view.size || piece.all_null) piece.view.valid = nullptr;
}

Result<void> convert(const ArrowSource& source, ArrowPiece& piece) {
  switch (source.tag().type) {
    case TagType::boolean:
      return convert_booleans(source, piece);
    case TagType::number:
      return convert_numbers(source, piece);
    case TagType::date:
      return convert_dates(source, piece);
    case TagType::category:
      return convert_categories(source, piece);
    case TagType::category_set:
      return convert_sets(source, piece);
  }
  return {};
}

}  // namespace

Result<ArrowPiece> read_piece(const Schema& tags, TagId id, const ArrowColumn& batch,
                              const ArrowSchema* schema, const ArrowArray* array,
                              std::size_t first_row, const CancelToken* cancel) {
  const Tag& tag = tags.tag(id);
  const ArrowPlace place{tag.name, first_row};
  ArrowPiece piece;
  piece.view.size = batch.size();
  piece.all_null = schema == nullptr;
  ArrowColumn column;
  if (schema != nullptr) {
    auto opened = ArrowColumn::open(*schema, *array, batch.offset(), batch.size(), place);
    if (!opened) return std::move(opened).error();
    column = *opened;
    piece.all_null = column.type().kind == ArrowType::Kind::null;
  }
  if (!piece.all_null) {
    read_validity(batch, column, piece);
    simplify_validity(piece);
  }
  if (piece.all_null) {
    if (auto good = check_cell(tag, Cell(), first_row); !good) return std::move(good).error();
    return piece;
  }
  if (auto done = convert({tags, id, column, place, cancel}, piece); !done)
    return std::move(done).error();
  const auto good = check_column(tag, piece.view, piece.view.size, first_row);
  if (!good) return good.error();
  return piece;
}

}  // namespace muster
