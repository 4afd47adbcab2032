#include "tags/arrow_texts.hpp"

#include <fmt/format.h>

#include <cstring>

namespace muster {
namespace {

using Kind = ArrowType::Kind;

template <class Offset>
std::string find_falling_offset(const ArrowColumn& column, const ArrowPlace& place) {
  const Offset* offsets = column.values<Offset>();
  if (offsets[0] < 0) return fmt::format("its offsets begin with {}", offsets[0]);
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (offsets[i + 1] >= offsets[i]) continue;
    return fmt::format("its offsets fall in row {}", place.first_row + i + 1);
  }
  if (offsets[column.size()] != offsets[0] && column.bytes(2) == nullptr) return "it has no texts";
  return {};
}

/// A text of up to 12 bytes lies in the view itself, a longer one in a buffer.
struct TextView {
  static constexpr std::int32_t most_inside = 12;
  std::int32_t length;
  char inside_or_prefix[4];
  std::int32_t buffer;
  std::int32_t offset;
};
static_assert(sizeof(TextView) == 16);

TextView load_view(const ArrowColumn& column, std::size_t at) noexcept {
  TextView view;
  std::memcpy(&view, column.bytes(1) + (column.offset() + at) * sizeof view, sizeof view);
  return view;
}

constexpr std::size_t first_variadic = 2;

/// Whether the view's text lies in one of the variadic buffers, whose sizes are the last buffer.
bool lies_inside(const TextView& view, const ArrowColumn& column) {
  const auto buffers = static_cast<std::size_t>(column.array().n_buffers);
  const std::size_t variadic = buffers - first_variadic - 1;
  if (view.buffer < 0 || static_cast<std::size_t>(view.buffer) >= variadic) return false;
  const auto* sizes = static_cast<const std::int64_t*>(column.array().buffers[buffers - 1]);
  const auto buffer = static_cast<std::size_t>(view.buffer);
  if (sizes == nullptr || column.bytes(first_variadic + buffer) == nullptr) return false;
  return view.offset >= 0 && std::int64_t{view.offset} + view.length <= sizes[buffer];
}

std::string find_lost_view(const ArrowColumn& column, const ArrowPlace& place) {
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (!column.known(i)) continue;
    const TextView view = load_view(column, i);
    if (view.length >= 0 && view.length <= TextView::most_inside) continue;
    if (view.length > 0 && lies_inside(view, column)) continue;
    return fmt::format("the text of row {} lies outside its buffers", place.first_row + i + 1);
  }
  return {};
}

template <class Offset>
std::string_view text_at(const ArrowColumn& column, std::size_t at) noexcept {
  const Offset* offsets = column.values<Offset>() + at;
  const auto begin = static_cast<std::size_t>(offsets[0]);
  const auto size = static_cast<std::size_t>(offsets[1]) - begin;
  if (size == 0) return "";
  return {reinterpret_cast<const char*>(column.bytes(2)) + begin, size};
}

std::string_view viewed_text(const ArrowColumn& column, std::size_t at) noexcept {
  const std::uint8_t* place = column.bytes(1) + (column.offset() + at) * sizeof(TextView);
  const TextView view = load_view(column, at);
  const auto size = static_cast<std::size_t>(view.length);
  if (view.length <= TextView::most_inside) {
    return {reinterpret_cast<const char*>(place) + sizeof view.length, size};
  }
  const auto* buffer = column.bytes(first_variadic + static_cast<std::size_t>(view.buffer));
  return {reinterpret_cast<const char*>(buffer) + view.offset, size};
}

/// Indices are compared as unsigned numbers, so that a negative one is too large as well.
template <class Index>
std::size_t load_index(const ArrowColumn& column, std::size_t row) noexcept {
  return static_cast<std::size_t>(column.values<Index>()[row]);
}

}  // namespace

Result<ArrowTexts> ArrowTexts::open(const ArrowColumn& column, const ArrowPlace& place) {
  ArrowTexts texts;
  texts.column_ = column;
  if (const std::string flaw = texts.find_flaw(place); !flaw.empty()) {
    return arrow_corrupt(place, flaw);
  }
  return texts;
}

std::string ArrowTexts::find_flaw(const ArrowPlace& place) const {
  if (column_.size() == 0) return {};
  switch (column_.type().kind) {
    case Kind::text:
      return find_falling_offset<std::int32_t>(column_, place);
    case Kind::large_text:
      return find_falling_offset<std::int64_t>(column_, place);
    default:
      return find_lost_view(column_, place);
  }
}

std::string_view ArrowTexts::operator[](std::size_t at) const noexcept {
  switch (column_.type().kind) {
    case Kind::text:
      return text_at<std::int32_t>(column_, at);
    case Kind::large_text:
      return text_at<std::int64_t>(column_, at);
    default:
      return viewed_text(column_, at);
  }
}

bool ArrowTextRows::reads(const ArrowSchema& schema) noexcept {
  const ArrowType type = read_type(schema);
  if (schema.dictionary == nullptr) return type.is_text();
  return type.is_integer() && schema.dictionary->dictionary == nullptr &&
         read_type(*schema.dictionary).is_text();
}

Result<ArrowTextRows> ArrowTextRows::open(const ArrowColumn& column, const ArrowPlace& place) {
  ArrowTextRows rows;
  rows.column_ = column;
  Result<ArrowColumn> texts = column;
  ArrowPlace place_of_texts = place;
  if (column.schema().dictionary != nullptr) {
    rows.index_bytes_ = column.type().bytes;
    place_of_texts.first_row = 0;
    texts =
        ArrowColumn::open(*column.schema().dictionary, *column.array().dictionary, place_of_texts);
    if (!texts) return std::move(texts).error();
  }
  auto opened = ArrowTexts::open(*texts, place_of_texts);
  if (!opened) return std::move(opened).error();
  rows.texts_ = *opened;
  if (const std::string flaw = rows.find_flaw(place); !flaw.empty()) {
    return arrow_corrupt(place, flaw);
  }
  return rows;
}

std::string ArrowTextRows::find_flaw(const ArrowPlace& place) const {
  if (!has_dictionary()) return {};
  for (std::size_t row = 0; row < size(); ++row) {
    if (!column_.known(row) || index(row) < texts_.size()) continue;
    return fmt::format("row {} points past the {} entries of its dictionary",
                       place.first_row + row + 1, texts_.size());
  }
  return {};
}

std::size_t ArrowTextRows::index(std::size_t row) const noexcept {
  const bool is_signed = column_.type().kind == Kind::signed_integer;
  switch (index_bytes_) {
    case 1:
      return is_signed ? load_index<std::int8_t>(column_, row)
                       : load_index<std::uint8_t>(column_, row);
    case 2:
      return is_signed ? load_index<std::int16_t>(column_, row)
                       : load_index<std::uint16_t>(column_, row);
    case 4:
      return is_signed ? load_index<std::int32_t>(column_, row)
                       : load_index<std::uint32_t>(column_, row);
    default:
      return load_index<std::uint64_t>(column_, row);
  }
}

std::optional<std::size_t> ArrowTextRows::entry(std::size_t row) const noexcept {
  if (!column_.known(row)) return {};
  const std::size_t at = has_dictionary() ? index(row) : row;
  return texts_.known(at) ? std::optional(at) : std::nullopt;
}

}  // namespace muster
