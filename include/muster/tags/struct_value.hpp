#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include "muster/tags/user.hpp"

/// How a member of an embedder's struct becomes a cell. Part of struct_schema.hpp.
namespace muster::detail {

/// What kind of tag a C++ type is.
enum class Shape : std::uint8_t { none, boolean, number, date, text, enumeration, set };

template <class T>
struct OptionalOf {
  using Value = T;
  static constexpr bool optional = false;
};
template <class T>
struct OptionalOf<std::optional<T>> {
  using Value = T;
  static constexpr bool optional = true;
};

template <class T>
inline constexpr bool is_char_array = false;
template <std::size_t Size>
inline constexpr bool is_char_array<char[Size]> = true;

template <class T>
inline constexpr bool is_character =
    std::is_same_v<T, char> || std::is_same_v<T, wchar_t> || std::is_same_v<T, char8_t> ||
    std::is_same_v<T, char16_t> || std::is_same_v<T, char32_t>;

template <class T>
inline constexpr bool is_day =
    std::is_same_v<T, Date> || std::is_same_v<T, std::chrono::sys_days> ||
    std::is_same_v<T, std::chrono::year_month_day>;

template <class T>
concept Range = requires(const T& range) {
  std::begin(range) != std::end(range);
  *std::begin(range);
};

template <class T>
consteval Shape element_shape() {
  if constexpr (std::is_enum_v<T>) {
    return Shape::enumeration;
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    return Shape::text;
  } else {
    return Shape::none;
  }
}

/// REQUIRES: T is without const, reference and optional.
template <class T>
consteval Shape shape_of() {
  if constexpr (std::is_same_v<T, bool>) {
    return Shape::boolean;
  } else if constexpr (is_character<T>) {
    return Shape::none;
  } else if constexpr (std::is_integral_v<T> || std::is_floating_point_v<T>) {
    return sizeof(T) <= 8 ? Shape::number : Shape::none;
  } else if constexpr (is_day<T>) {
    return Shape::date;
  } else if constexpr (element_shape<T>() != Shape::none) {
    return element_shape<T>();
  } else if constexpr (Range<T>) {
    using Element = std::remove_cvref_t<decltype(*std::begin(std::declval<const T&>()))>;
    return element_shape<Element>() == Shape::none ? Shape::none : Shape::set;
  } else {
    return Shape::none;
  }
}

constexpr TagType tag_type(Shape shape) {
  switch (shape) {
    case Shape::number:
      return TagType::number;
    case Shape::date:
      return TagType::date;
    case Shape::text:
    case Shape::enumeration:
      return TagType::category;
    case Shape::set:
      return TagType::category_set;
    default:
      return TagType::boolean;
  }
}

/// What a view keeps between reads.
struct Scratch {
  std::vector<CategoryCode> codes;
  std::uint64_t unusable = 0;
};

/// Where a value is going.
struct Site {
  const Schema* schema = nullptr;
  TagId tag{};
  bool unknown_as_null = false;
  const Tag& declared() const { return schema->tag(tag); }
};

MUSTER_EXPORT Error unknown_position(const Tag& tag, std::int64_t position);
MUSTER_EXPORT Error day_outside_calendar(const Tag& tag);

/// The text, or nothing for a null pointer; a char array ends at its first zero or its size.
template <class T>
std::string_view text_of(const T& value) {
  if constexpr (is_char_array<T>) {
    return {value, static_cast<std::size_t>(std::find(std::begin(value), std::end(value), '\0') -
                                            std::begin(value))};
  } else if constexpr (std::is_pointer_v<T>) {
    return value ? std::string_view(value) : std::string_view();
  } else {
    return value;
  }
}

template <class T>
std::optional<CategoryCode> code_of(const T& value, const Site& site) {
  if constexpr (std::is_enum_v<T>) {
    using Wide = std::conditional_t<std::is_signed_v<std::underlying_type_t<T>>, std::int64_t,
                                    std::uint64_t>;
    const auto position = static_cast<Wide>(value);
    if (position < 0 || static_cast<std::uint64_t>(position) >= site.declared().values.size()) {
      return std::nullopt;
    }
    return static_cast<CategoryCode>(position);
  } else {
    return site.schema->find_category(site.tag, text_of(value));
  }
}

template <class T>
Error unknown_value(const T& value, const Site& site) {
  if constexpr (std::is_enum_v<T>) {
    return unknown_position(site.declared(), static_cast<std::int64_t>(value));
  } else {
    return unknown_category(site.declared(), text_of(value));
  }
}

template <class T>
std::optional<Date> date_of(const T& value) {
  Date date;
  if constexpr (std::is_same_v<T, Date>) {
    date = value;
  } else if constexpr (std::is_same_v<T, std::chrono::year_month_day>) {
    if (!value.ok()) return std::nullopt;
    date.days = static_cast<std::int32_t>(std::chrono::sys_days(value).time_since_epoch().count());
  } else {
    const std::int64_t days = value.time_since_epoch().count();
    if (days < first_date.days || days > last_date.days) return std::nullopt;
    date.days = static_cast<std::int32_t>(days);
  }
  if (date < first_date || date > last_date) return std::nullopt;
  return date;
}

template <class T>
Cell number_cell(T value) {
  if constexpr (std::is_floating_point_v<T>) {
    return std::isnan(value) ? Cell() : Cell(Number(static_cast<double>(value)));
  } else if constexpr (std::is_signed_v<T>) {
    return Number(static_cast<std::int64_t>(value));
  } else {
    constexpr std::uint64_t largest = std::numeric_limits<std::int64_t>::max();
    const std::uint64_t wide = value;
    return wide <= largest ? Number(static_cast<std::int64_t>(wide))
                           : Number(static_cast<double>(wide));
  }
}

/// Codes ascending without repeats; members that are not in the dictionary are left out.
template <class T>
Cell set_cell(const T& value, const Site& site, Scratch& scratch) {
  scratch.codes.clear();
  for (const auto& element : value) {
    if (const auto code = code_of(element, site)) {
      scratch.codes.push_back(*code);
    } else {
      ++scratch.unusable;
    }
  }
  std::sort(scratch.codes.begin(), scratch.codes.end());
  scratch.codes.erase(std::unique(scratch.codes.begin(), scratch.codes.end()), scratch.codes.end());
  return std::span<const CategoryCode>(scratch.codes);
}

/// Whether the value stands for NULL: NaN, an empty text, a null pointer.
template <class T>
bool stands_for_null(const T& value) {
  constexpr Shape shape = shape_of<T>();
  if constexpr (shape == Shape::text) {
    return text_of(value).empty();
  } else if constexpr (std::is_floating_point_v<T>) {
    return std::isnan(value);
  } else {
    return false;
  }
}

template <class T>
Cell read_value(const T& value, const Site& site, Scratch& scratch) {
  constexpr Shape shape = shape_of<T>();
  const auto usable = [&](const auto& found) -> Cell {
    if (found) return *found;
    ++scratch.unusable;
    return {};
  };
  if constexpr (shape == Shape::boolean) {
    return value;
  } else if constexpr (shape == Shape::number) {
    return number_cell(value);
  } else if constexpr (shape == Shape::date) {
    return usable(date_of(value));
  } else if constexpr (shape == Shape::set) {
    return set_cell(value, site, scratch);
  } else {
    return stands_for_null(value) ? Cell() : usable(code_of(value, site));
  }
}

template <class T>
Result<void> check_value(const T& value, const Site& site) {
  constexpr Shape shape = shape_of<T>();
  if (stands_for_null(value)) {
    if (!site.declared().nullable) return missing_value(site.declared());
  } else if constexpr (shape == Shape::date) {
    if (!date_of(value)) return day_outside_calendar(site.declared());
  } else if constexpr (shape == Shape::text || shape == Shape::enumeration) {
    if (!site.unknown_as_null && !code_of(value, site)) return unknown_value(value, site);
  } else if constexpr (shape == Shape::set) {
    if (site.unknown_as_null) return {};
    for (const auto& element : value) {
      if (!code_of(element, site)) return unknown_value(element, site);
    }
  }
  return {};
}

}  // namespace muster::detail
