#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>

#include "core/diagnostics.hpp"
#include "layout.hpp"
#include "muster/core/date.hpp"

namespace muster::c {
namespace {

constexpr std::uint16_t null_code = 0xffff;

/// What is NULL has no data.
std::string_view to_view(const muster_text& text) noexcept {
  if (text.data == nullptr) return {};
  return text.size == MUSTER_TERMINATED ? std::string_view(text.data)
                                        : std::string_view(text.data, text.size);
}

Cell from_double(double value) { return std::isnan(value) ? Cell() : Cell(Number(value)); }

}  // namespace

template <class T>
T RowView::read(const Layout::Place& place) const noexcept {
  T value;
  std::memcpy(&value, row_ + place.offset, sizeof value);
  return value;
}

bool RowView::is_null(const Layout::Place& place) const noexcept {
  if (!place.bound) return true;
  return place.null_offset != MUSTER_NEVER_NULL && row_[place.null_offset] != std::byte{0};
}

template <class Explain>
Cell RowView::unusable(TagId tag, Explain explain) const {
  if (!layout_->count_unusable(tag) && !problem_) problem_ = explain(layout_->schema().tag(tag));
  return {};
}

void RowView::check() const {
  if (problem_) throw Exception(*problem_);
}

Cell RowView::cell(TagId tag) const {
  const Layout::Place& place = layout_->place(tag);
  if (is_null(place)) return {};
  switch (layout_->schema().tag(tag).type) {
    case TagType::boolean:
      return read<std::uint8_t>(place) != 0;
    case TagType::number:
      return number(place);
    case TagType::date:
      return date(tag, place);
    case TagType::category:
      return place.cell == MUSTER_CELL_CODE ? code(tag, place) : category(tag, text(place));
    case TagType::category_set:
      return categories(tag, place);
  }
  return {};
}

bool RowView::booleans(std::span<std::uint8_t> out) const {
  for (const TagId tag : layout_->booleans()) {
    const Layout::Place& place = layout_->place(tag);
    const bool null = is_null(place);
    out[static_cast<std::size_t>(tag)] = null ? 2 : read<std::uint8_t>(place) != 0;
  }
  return true;
}

Cell RowView::number(const Layout::Place& place) const noexcept {
  switch (place.cell) {
    case MUSTER_CELL_INT8:
      return Number(read<std::int8_t>(place));
    case MUSTER_CELL_INT16:
      return Number(read<std::int16_t>(place));
    case MUSTER_CELL_INT32:
      return Number(read<std::int32_t>(place));
    case MUSTER_CELL_INT64:
      return Number(read<std::int64_t>(place));
    case MUSTER_CELL_UINT8:
      return Number(std::int64_t{read<std::uint8_t>(place)});
    case MUSTER_CELL_UINT16:
      return Number(std::int64_t{read<std::uint16_t>(place)});
    case MUSTER_CELL_UINT32:
      return Number(std::int64_t{read<std::uint32_t>(place)});
    case MUSTER_CELL_FLOAT:
      return from_double(read<float>(place));
    default:
      return from_double(read<double>(place));
  }
}

std::string_view RowView::text(const Layout::Place& place) const noexcept {
  switch (place.cell) {
    case MUSTER_CELL_CHARS: {
      const auto* data = reinterpret_cast<const char*>(row_ + place.offset);
      return {data, strnlen(data, place.width)};
    }
    case MUSTER_CELL_CSTRING:
      return to_view({read<const char*>(place), MUSTER_TERMINATED});
    default:
      return to_view(read<muster_text>(place));
  }
}

Cell RowView::date(TagId tag, const Layout::Place& place) const {
  if (place.cell != MUSTER_CELL_INT32) return date(tag, text(place));
  const Date day{read<std::int32_t>(place)};
  if (first_date <= day && day <= last_date) return day;
  return unusable(tag, [&](const Tag& declared) {
    return Error{Errc::bad_date,
                 fmt::format("the tag {} has {}, outside the years 1 to 9999",
                             in_quotes(declared.name), to_string(day)),
                 {}};
  });
}

Cell RowView::date(TagId tag, std::string_view text) const {
  if (text.empty()) return {};
  if (const auto day = parse_date(text)) return *day;
  return unusable(tag, [&](const Tag& declared) {
    return Error{Errc::bad_date,
                 fmt::format("the tag {} has {}, which is not a date like \"2026-03-01\"",
                             in_quotes(declared.name), in_quotes(text)),
                 {}};
  });
}

Cell RowView::code(TagId tag, const Layout::Place& place) const {
  const auto its = read<std::uint16_t>(place);
  if (its == null_code) return {};
  if (its < layout_->schema().tag(tag).values.size()) return CategoryCode{its};
  return unusable(tag, [&](const Tag& declared) {
    return Error{Errc::unknown_category,
                 fmt::format("the tag {} has category {} of {}", in_quotes(declared.name), its,
                             declared.values.size()),
                 {}};
  });
}

Cell RowView::category(TagId tag, std::string_view text) const {
  if (text.empty()) return {};
  if (const auto found = layout_->schema().find_category(tag, text)) return *found;
  return unusable(tag, [&](const Tag& declared) { return unknown_category(declared, text); });
}

Cell RowView::categories(TagId tag, const Layout::Place& place) const {
  const auto given = read<muster_texts>(place);
  codes_.clear();
  for (std::size_t i = 0; given.data != nullptr && i < given.size; ++i) {
    const std::string_view text = to_view(given.data[i]);
    if (text.empty()) continue;
    const Cell one = category(tag, text);
    if (muster::is_null(one)) return {};
    codes_.push_back(std::get<CategoryCode>(one));
  }
  std::sort(codes_.begin(), codes_.end());
  codes_.erase(std::unique(codes_.begin(), codes_.end()), codes_.end());
  return std::span<const CategoryCode>(codes_);
}

}  // namespace muster::c
