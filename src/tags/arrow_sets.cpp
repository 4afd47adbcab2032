#include <fmt/format.h>

#include <algorithm>

#include "core/cancelled.hpp"
#include "core/diagnostics.hpp"
#include "tags/arrow_codes.hpp"

namespace muster {
namespace {

using Kind = ArrowType::Kind;

/// Where a row's members lie among a list's child's rows.
struct ListRange {
  std::int64_t begin = 0;
  std::int64_t size = 0;
};

/// No child has it: what numbers that overflow mean.
constexpr ListRange nowhere{-1, 0};

template <class Offset>
ListRange range_of_list(const ArrowColumn& column, std::size_t row) {
  const Offset* offsets = column.values<Offset>() + row;
  ListRange range{offsets[0], 0};
  const bool lost =
      __builtin_sub_overflow(std::int64_t{offsets[1]}, std::int64_t{offsets[0]}, &range.size);
  return lost ? nowhere : range;
}

template <class Offset>
ListRange range_of_view(const ArrowColumn& column, std::size_t row) {
  return {column.values<Offset>()[row], column.values<Offset>(2)[row]};
}

ListRange range_of(const ArrowColumn& column, std::size_t row) {
  switch (column.type().kind) {
    case Kind::list:
      return range_of_list<std::int32_t>(column, row);
    case Kind::large_list:
      return range_of_list<std::int64_t>(column, row);
    case Kind::list_view:
      return range_of_view<std::int32_t>(column, row);
    case Kind::large_list_view:
      return range_of_view<std::int64_t>(column, row);
    default: {
      ListRange range{0, column.type().list_size};
      const bool lost =
          __builtin_mul_overflow(column.offset() + row, column.type().list_size, &range.begin);
      return lost ? nowhere : range;
    }
  }
}

/// Reads the lists of one column.
class SetReader {
 public:
  SetReader(const ArrowSource& source, const ArrowTextRows& members, ArrowPiece& piece)
      : source_(source),
        members_(members),
        codes_(source.schema, source.id, members),
        piece_(piece) {}

  Result<void> read() {
    piece_.offsets.assign(1, 0);
    piece_.offsets.reserve(piece_.view.size + 1);
    for (std::size_t row = 0; row < piece_.view.size; ++row) {
      if (is_cancelled(source_.cancel, row)) return cancelled_by_caller();
      if (piece_.known(row)) {
        if (auto done = read_row(row); !done) return done;
      }
      piece_.offsets.push_back(static_cast<std::uint32_t>(piece_.codes.size()));
    }
    piece_.codes.reserve(1);  // for a pointer, where all sets are empty
    piece_.view.codes = piece_.codes.data();
    piece_.view.set_offsets = piece_.offsets.data();
    return {};
  }

 private:
  Result<void> read_row(std::size_t row) {
    const ListRange range = range_of(source_.column, row);
    const auto size = static_cast<std::int64_t>(members_.size());
    if (range.begin < 0 || range.size < 0 || range.begin > size ||
        range.size > size - range.begin) {
      return arrow_corrupt(source_.place, fmt::format("the list of row {} lies outside its child",
                                                      source_.row_number(row)));
    }
    row_.clear();
    for (std::int64_t i = 0; i < range.size; ++i) {
      if (auto done = read_member(row, static_cast<std::size_t>(range.begin + i)); !done) {
        return done;
      }
    }
    std::sort(row_.begin(), row_.end());
    row_.erase(std::unique(row_.begin(), row_.end()), row_.end());
    piece_.codes.insert(piece_.codes.end(), row_.begin(), row_.end());
    return check_room();
  }

  Result<void> read_member(std::size_t row, std::size_t at) {
    const auto entry = members_.entry(at);
    if (!entry) {
      return Error{Errc::bad_cell,
                   fmt::format("{} has NULL as a member of its set in row {}",
                               in_quotes(source_.tag().name), source_.row_number(row)),
                   {}};
    }
    const auto code = codes_.find(*entry);
    if (!code) return codes_.unknown_text(source_, row, *entry);
    row_.push_back(*code);
    return {};
  }

  /// Positions of members are kept in 32 bits.
  Result<void> check_room() const {
    if (piece_.codes.size() <= 0xffff'ffff) return {};
    return Error{Errc::limit,
                 fmt::format("{} holds more than {} categories in all its sets of a batch",
                             in_quotes(source_.tag().name), 0xffff'ffffu),
                 {}};
  }

  const ArrowSource& source_;
  const ArrowTextRows& members_;
  ArrowCodes codes_;
  ArrowPiece& piece_;
  std::vector<std::uint16_t> row_;
};

}  // namespace

Result<void> convert_sets(const ArrowSource& source, ArrowPiece& piece) {
  const ArrowColumn& column = source.column;
  // Rows of the child count from its own offset, and are not those of the batch.
  ArrowPlace place = source.place;
  place.first_row = 0;
  const auto child =
      ArrowColumn::open(*column.schema().children[0], *column.array().children[0], place);
  if (!child) return child.error();
  const auto members = ArrowTextRows::open(*child, place);
  if (!members) return members.error();
  return SetReader(source, *members, piece).read();
}

}  // namespace muster
