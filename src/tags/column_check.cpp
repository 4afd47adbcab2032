#include "tags/column_check.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "core/diagnostics.hpp"
#include "tags/column_scan.hpp"

namespace muster {
namespace {

using namespace column_scan;

template <class... Args>
Error refuse(Errc code, const Tag& tag, fmt::format_string<Args...> text, Args&&... args) {
  return {code, in_quotes(tag.name) + " " + fmt::format(text, std::forward<Args>(args)...), {}};
}

Error missing(const Tag& tag, std::size_t row) {
  return refuse(Errc::missing_value, tag, "is not nullable, but row {} has no value", row + 1);
}
Error bad_code(const Tag& tag, std::size_t code, std::size_t row) {
  return refuse(Errc::unknown_category, tag, "has {} categories, but row {} has code {}",
                tag.values.size(), row + 1, code);
}
Error bad_day(const Tag& tag, std::int32_t days, std::size_t row) {
  return refuse(Errc::bad_date, tag, "has day {} in row {}, outside the years 1 to 9999", days,
                row + 1);
}
Error not_ascending(const Tag& tag, std::size_t row) {
  return refuse(Errc::invalid_argument, tag, "has a set in row {} whose codes do not ascend",
                row + 1);
}

template <class Codes>
Result<void> check_set(const Tag& tag, const Codes* codes, std::size_t count, std::size_t row) {
  for (std::size_t i = 0; i < count; ++i) {
    if (static_cast<std::size_t>(codes[i]) >= tag.values.size()) {
      return bad_code(tag, static_cast<std::size_t>(codes[i]), row);
    }
    if (i > 0 && codes[i] <= codes[i - 1]) return not_ascending(tag, row);
  }
  return {};
}

std::size_t index_of(TagType type) {
  switch (type) {
    case TagType::boolean:
      return 1;
    case TagType::number:
      return 2;
    case TagType::date:
      return 3;
    case TagType::category:
      return 4;
    case TagType::category_set:
      return 5;
  }
  return 0;
}

/// One column under check: finds the first row that answers yes to a question.
class ColumnCheck {
 public:
  ColumnCheck(const Tag& tag, const ColumnView& column, std::size_t first_row)
      : tag_(tag), column_(column), first_row_(first_row) {}

  Result<void> pointers() const {
    const auto& c = column_;
    const bool is_set = tag_.type == TagType::category_set;
    const int given = (c.bool_bytes != nullptr) + (c.bool_bits != nullptr) +
                      (c.doubles != nullptr) + (c.integers != nullptr) + (c.days != nullptr) +
                      (c.codes != nullptr);
    if (given == 1 && suits() && (c.set_offsets != nullptr) == is_set &&
        (c.rests == nullptr || c.doubles != nullptr)) {
      return {};
    }
    return refuse(Errc::wrong_type, tag_, "is a {}, which its column does not give in one way",
                  name(tag_.type));
  }

  Result<void> values() const {
    switch (tag_.type) {
      case TagType::boolean:
        return booleans();
      case TagType::category:
        return categories();
      case TagType::number:
        return numbers();
      case TagType::date:
        return dates();
      case TagType::category_set:
        return sets();
    }
    return {};
  }

  Result<void> nulls() const {
    if (tag_.nullable || column_.valid == nullptr) return {};
    const auto row = find([&](std::size_t i) { return !known(i); });
    if (row == column_.size) return {};
    return missing(tag_, first_row_ + row);
  }

 private:
  bool suits() const {
    switch (tag_.type) {
      case TagType::boolean:
        return column_.bool_bytes != nullptr || column_.bool_bits != nullptr;
      case TagType::number:
        return column_.doubles != nullptr || column_.integers != nullptr;
      case TagType::date:
        return column_.days != nullptr;
      case TagType::category:
      case TagType::category_set:
        return column_.codes != nullptr;
    }
    return false;
  }

  bool known(std::size_t i) const {
    return column_.valid == nullptr || (column_.valid[i / 8] >> (i % 8) & 1) != 0;
  }

  /// The first row that answers yes, or the size.
  template <class Predicate>
  std::size_t find(Predicate yes) const {
    std::size_t i = 0;
    while (i < column_.size && !yes(i)) ++i;
    return i;
  }

  Result<void> booleans() const {
    if (column_.bool_bytes == nullptr) return {};
    if (union_of(column_.bool_bytes, column_.size) <= 1) return {};
    const auto row = find([&](std::size_t i) { return column_.bool_bytes[i] > 1 && known(i); });
    if (row == column_.size) return {};
    return refuse(Errc::bad_cell, tag_, "has byte {} in row {}, neither 0 nor 1",
                  column_.bool_bytes[row], first_row_ + row + 1);
  }

  Result<void> categories() const {
    const std::size_t categories = tag_.values.size();
    if (largest(column_.codes, column_.size) < categories) return {};
    const auto row =
        find([&](std::size_t i) { return column_.codes[i] >= categories && known(i); });
    if (row == column_.size) return {};
    return bad_code(tag_, column_.codes[row], first_row_ + row);
  }

  Result<void> numbers() const {
    if (column_.doubles == nullptr) return {};
    if (!tag_.nullable) {
      const double* doubles = column_.doubles;
      const auto row = has_nan(doubles, column_.size)
                           ? find([&](std::size_t i) { return std::isnan(doubles[i]); })
                           : column_.size;
      if (row < column_.size) return missing(tag_, first_row_ + row);
    }
    if (column_.rests == nullptr) return {};
    const auto row = find([&](std::size_t i) { return known(i) && !rest_fits(i); });
    if (row == column_.size) return {};
    return refuse(Errc::bad_number, tag_, "has a rest in row {} that does not go with its double",
                  first_row_ + row + 1);
  }

  /// Whether double and rest are what an integer of 64 bits comes apart into.
  bool rest_fits(std::size_t i) const {
    if (column_.rests[i] == 0) return true;
    const double nearest = column_.doubles[i];
    if (!(nearest >= -0x1p63 && nearest <= 0x1p63)) return false;
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const std::int64_t rest = column_.rests[i];
    std::int64_t whole = 0;
    if (nearest == 0x1p63) {  // one past the largest integer
      if (rest >= 0) return false;
      whole = most + (rest + 1);
    } else if (__builtin_add_overflow(static_cast<std::int64_t>(nearest), rest, &whole)) {
      return false;
    }
    return Number(whole).to_double() == nearest;
  }

  Result<void> dates() const {
    if (!any_outside(column_.days, column_.size)) return {};
    const auto row = find([&](std::size_t i) { return !is_day(column_.days[i]) && known(i); });
    if (row == column_.size) return {};
    return bad_day(tag_, column_.days[row], first_row_ + row);
  }

  Result<void> sets() const {
    const std::uint32_t* offsets = column_.set_offsets;
    const auto falls = find([&](std::size_t i) { return offsets[i] > offsets[i + 1]; });
    if (falls < column_.size) {
      return refuse(Errc::invalid_argument, tag_, "has falling set offsets in row {}",
                    first_row_ + falls + 1);
    }
    for (std::size_t i = 0; i < column_.size; ++i) {
      if (!known(i)) continue;
      const std::size_t count = offsets[i + 1] - offsets[i];
      const auto checked = check_set(tag_, column_.codes + offsets[i], count, first_row_ + i);
      if (!checked) return checked;
    }
    return {};
  }

  const Tag& tag_;
  const ColumnView& column_;
  std::size_t first_row_;
};

}  // namespace

Result<void> check_cell(const Tag& tag, const Cell& cell, std::size_t row) {
  if (is_null(cell)) {
    if (tag.nullable) return {};
    return missing(tag, row);
  }
  if (cell.index() != index_of(tag.type)) {
    return refuse(Errc::wrong_type, tag, "is a {}, but row {} has a value of another type",
                  name(tag.type), row + 1);
  }
  if (const auto* date = std::get_if<Date>(&cell); date && !is_day(date->days)) {
    return bad_day(tag, date->days, row);
  }
  if (const auto* code = std::get_if<CategoryCode>(&cell)) return check_set(tag, code, 1, row);
  if (const auto* set = std::get_if<std::span<const CategoryCode>>(&cell)) {
    return check_set(tag, set->data(), set->size(), row);
  }
  return {};
}

Result<void> check_column(const Tag& tag, const ColumnView& column, std::size_t size,
                          std::size_t first_row) {
  if (column.size != size) {
    return refuse(Errc::invalid_argument, tag, "has a column of {} values where others have {}",
                  column.size, size);
  }
  const ColumnCheck check(tag, column, first_row);
  if (auto pointers = check.pointers(); !pointers) return pointers;
  if (auto nulls = check.nulls(); !nulls) return nulls;
  return check.values();
}

}  // namespace muster
