#include "decide/tag_values.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>

namespace muster {
namespace {

bool in_dictionary(const Tag& tag, CategoryCode code) noexcept {
  return static_cast<std::size_t>(code) < tag.values.size();
}

bool is_of(const Tag& tag, const Cell& cell) noexcept {
  switch (tag.type) {
    case TagType::boolean:
      return std::holds_alternative<bool>(cell);
    case TagType::category: {
      const auto* code = std::get_if<CategoryCode>(&cell);
      return code != nullptr && in_dictionary(tag, *code);
    }
    case TagType::category_set: {
      const auto* codes = std::get_if<std::span<const CategoryCode>>(&cell);
      return codes != nullptr && std::all_of(codes->begin(), codes->end(), [&](CategoryCode code) {
               return in_dictionary(tag, code);
             });
    }
    case TagType::number: {
      const Number* number = std::get_if<Number>(&cell);
      return number != nullptr && !std::isnan(number->to_double());
    }
    case TagType::date: {
      const Date* date = std::get_if<Date>(&cell);
      return date != nullptr && *date >= first_date && *date <= last_date;
    }
  }
  return false;
}

/// What of a cell but a set's codes goes into its hash.
std::uint64_t bits_of(const Cell& cell) noexcept {
  if (const bool* flag = std::get_if<bool>(&cell)) return *flag;
  if (const Date* date = std::get_if<Date>(&cell)) return static_cast<std::uint32_t>(date->days);
  if (const auto* code = std::get_if<CategoryCode>(&cell)) return static_cast<std::uint64_t>(*code);
  if (const Number* number = std::get_if<Number>(&cell)) {
    const auto rest = static_cast<std::uint64_t>(static_cast<std::uint16_t>(number->rest()));
    return std::bit_cast<std::uint64_t>(number->to_double()) ^ rest << 20;
  }
  return 0;
}

}  // namespace

Cell proper_value(const Schema& schema, const UserView& user, TagId tag) {
  Cell cell = value_of(schema, user, tag);
  return is_of(schema.tag(tag), cell) ? cell : Cell();
}

void append_set(std::vector<CategoryCode>& out, std::span<const CategoryCode> codes) {
  const auto before = static_cast<std::ptrdiff_t>(out.size());
  out.insert(out.end(), codes.begin(), codes.end());
  const bool ascend =
      std::adjacent_find(codes.begin(), codes.end(), std::greater_equal<>()) == codes.end();
  if (ascend) return;
  std::sort(out.begin() + before, out.end());
  out.erase(std::unique(out.begin() + before, out.end()), out.end());
}

void TagReader::add(TagId tag, const Cell& cell) {
  TagValues::Value value{tag, cell, 0, 0};
  if (const auto* codes = std::get_if<std::span<const CategoryCode>>(&cell)) {
    value.codes_begin = static_cast<std::uint32_t>(codes_.size());
    append_set(codes_, *codes);
    value.codes_end = static_cast<std::uint32_t>(codes_.size());
    value.cell = std::span<const CategoryCode>();
  }
  values_.push_back(value);
}

TagValues TagReader::read(const Schema& schema, const UserView& user, std::span<const TagId> tags) {
  values_.clear();
  codes_.clear();
  for (const TagId tag : tags) add(tag, proper_value(schema, user, tag));
  return {values_, codes_};
}

Cell TagValues::operator[](TagId tag) const noexcept {
  for (const Value& value : values) {
    if (value.tag != tag) continue;
    if (!std::holds_alternative<std::span<const CategoryCode>>(value.cell)) return value.cell;
    return std::span<const CategoryCode>(codes.data() + value.codes_begin,
                                         codes.data() + value.codes_end);
  }
  return {};
}

std::uint64_t TagValues::hash() const noexcept {
  std::uint64_t sum = XXH3_64bits(codes.data(), codes.size() * sizeof(CategoryCode));
  for (const Value& value : values) {
    const std::uint64_t words[] = {static_cast<std::uint64_t>(value.tag), value.cell.index(),
                                   bits_of(value.cell),
                                   std::uint64_t{value.codes_begin} << 32 | value.codes_end};
    sum = sum * 0x9E3779B97F4A7C15 + XXH3_64bits(words, sizeof words);
  }
  return sum;
}

}  // namespace muster
