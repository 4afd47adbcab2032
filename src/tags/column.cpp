#include "tags/column.hpp"

#include <algorithm>
#include <bit>

#include "tags/bitmap.hpp"

namespace muster {
namespace {

static_assert(std::endian::native == std::endian::little,
              "columns show their bitmaps' words as bytes");

template <class T>
void truncate_array(CowArray<T>& array, std::size_t size) {
  if (array.size() > size) array.own().resize(size);
}

const std::uint8_t* as_bytes(const CowArray<std::uint64_t>& bits) {
  return bits.empty() ? nullptr : reinterpret_cast<const std::uint8_t*>(bits.data());
}
std::span<const std::uint64_t> as_words(const std::uint8_t* bits, std::size_t size) {
  return {reinterpret_cast<const std::uint64_t*>(bits), words_for(size)};
}

template <class T>
const T* or_empty(const CowArray<T>& array) {
  static constexpr T none{};
  return array.data() != nullptr ? array.data() : &none;
}

}  // namespace

void Column::refresh() noexcept {
  known_ = valid_.empty() ? nullptr : valid_.data();
  rest_ = rests_.empty() ? nullptr : rests_.data();
  members_ = codes_.data();
  switch (type_) {
    case TagType::boolean:
      values_ = bits_.data();
      break;
    case TagType::category:
      values_ = codes_.data();
      break;
    case TagType::number:
      values_ = doubles_.data();
      break;
    case TagType::date:
      values_ = days_.data();
      break;
    case TagType::category_set:
      values_ = offsets_.data();
      break;
  }
}

Cell Column::cell(std::size_t user) const noexcept {
  if (!known(user)) return {};
  switch (type_) {
    case TagType::boolean:
      return test_bit(static_cast<const std::uint64_t*>(values_), user);
    case TagType::category:
      return static_cast<const CategoryCode*>(values_)[user];
    case TagType::number: {
      const double nearest = static_cast<const double*>(values_)[user];
      return rest_ == nullptr ? Number(nearest) : Number::from_parts(nearest, rest_[user]);
    }
    case TagType::date:
      return Date{static_cast<const std::int32_t*>(values_)[user]};
    case TagType::category_set: {
      const auto* offsets = static_cast<const std::uint32_t*>(values_);
      return std::span(members_ + offsets[user], members_ + offsets[user + 1]);
    }
  }
  return {};
}

ColumnView Column::view() const noexcept {
  ColumnView view;
  view.size = size_;
  view.valid = as_bytes(valid_);
  const auto* codes = reinterpret_cast<const std::uint16_t*>(or_empty(codes_));
  switch (type_) {
    case TagType::boolean:
      view.bool_bits = reinterpret_cast<const std::uint8_t*>(or_empty(bits_));
      break;
    case TagType::category:
      view.codes = codes;
      break;
    case TagType::number:
      view.doubles = or_empty(doubles_);
      view.rests = rests_.data();
      break;
    case TagType::date:
      view.days = or_empty(days_);
      break;
    case TagType::category_set:
      view.codes = codes;
      view.set_offsets = or_empty(offsets_);
      break;
  }
  return view;
}

Column Column::borrow(TagType type, const ColumnView& view) {
  Column column(type);
  const std::size_t n = column.size_ = view.size;
  if (view.valid) column.valid_ = column.valid_.borrow(as_words(view.valid, n));
  if (view.bool_bits) column.bits_ = column.bits_.borrow(as_words(view.bool_bits, n));
  if (view.doubles) column.doubles_ = column.doubles_.borrow({view.doubles, n});
  if (view.rests) column.rests_ = column.rests_.borrow({view.rests, n});
  if (view.days) column.days_ = column.days_.borrow({view.days, n});
  if (view.set_offsets) column.offsets_ = column.offsets_.borrow({view.set_offsets, n + 1});
  if (view.codes) {
    const std::size_t codes = view.set_offsets ? view.set_offsets[n] : n;
    column.codes_ = column.codes_.borrow({as_codes(view.codes), codes});
  }
  column.refresh();
  return column;
}

void Column::append(const Cell& cell) {
  const Refresh refresh(*this);
  const bool null = is_null(cell);
  if (null || !valid_.empty()) set_known(size_, !null);
  switch (type_) {
    case TagType::boolean:
      append_bit(bits_, size_, !null && std::get<bool>(cell));
      break;
    case TagType::category:
      codes_.own().push_back(null ? CategoryCode{} : std::get<CategoryCode>(cell));
      break;
    case TagType::number:
      append_number(null ? Number() : std::get<Number>(cell));
      break;
    case TagType::date:
      days_.own().push_back(null ? 0 : std::get<Date>(cell).days);
      break;
    case TagType::category_set:
      append_set(null ? Members() : std::get<Members>(cell));
      break;
  }
  ++size_;
}

void Column::append_number(Number number) {
  doubles_.own().push_back(number.to_double());
  if (!number.beyond_double() && rests_.empty()) return;
  auto& rests = rests_.own();
  rests.resize(size_);
  rests.push_back(number.rest());
}

void Column::append_set(Members members) {
  const std::vector<CategoryCode> copy(members.begin(), members.end());  // may lie in codes_
  codes_.own().insert(codes_.own().end(), copy.begin(), copy.end());
  auto& offsets = offsets_.own();
  offsets.resize(size_ + 1);
  offsets.push_back(static_cast<std::uint32_t>(codes_.size()));
}

void Column::set_known(std::size_t user, bool known) {
  if (valid_.empty()) {
    append_ones(valid_, 0, size_);
  }
  if (user == size_) return append_bit(valid_, size_, known);
  assign_bit(valid_.own().data(), user, known);
}

void Column::set(std::size_t user, const Cell& cell) {
  const Refresh refresh(*this);
  if (is_null(cell) || !valid_.empty()) set_known(user, !is_null(cell));
  const bool null = is_null(cell);
  switch (type_) {
    case TagType::boolean:
      assign_bit(bits_.own().data(), user, !null && std::get<bool>(cell));
      break;
    case TagType::category:
      codes_.own()[user] = null ? CategoryCode{} : std::get<CategoryCode>(cell);
      break;
    case TagType::number:
      set_number(user, null ? Number() : std::get<Number>(cell));
      break;
    case TagType::date:
      days_.own()[user] = null ? 0 : std::get<Date>(cell).days;
      break;
    case TagType::category_set:
      set_members_of(user, null ? Members() : std::get<Members>(cell));
      break;
  }
}

void Column::set_number(std::size_t user, Number number) {
  doubles_.own()[user] = number.to_double();
  if (!number.beyond_double() && rests_.empty()) return;
  rests_.own().resize(size_);
  rests_.own()[user] = number.rest();
}

void Column::set_members_of(std::size_t user, Members members) {
  auto& offsets = offsets_.own();
  auto& codes = codes_.own();
  const std::vector<CategoryCode> copy(members.begin(), members.end());
  const std::size_t old_size = offsets[user + 1] - offsets[user];
  const auto at = codes.begin() + offsets[user];
  if (copy.size() == old_size) {
    std::copy(copy.begin(), copy.end(), at);
    return;
  }
  codes.insert(codes.erase(at, at + static_cast<std::ptrdiff_t>(old_size)), copy.begin(),
               copy.end());
  const auto change = static_cast<std::uint32_t>(copy.size() - old_size);
  for (std::size_t i = user + 1; i < offsets.size(); ++i) offsets[i] += change;
}

void Column::truncate(std::size_t size) {
  const Refresh refresh(*this);
  size_ = size;
  truncate_bits(valid_, size);
  truncate_bits(bits_, size);
  truncate_array(doubles_, size);
  truncate_array(rests_, size);
  truncate_array(days_, size);
  if (type_ != TagType::category_set) return truncate_array(codes_, size);
  truncate_array(offsets_, size + 1);
  truncate_array(codes_, offsets_.empty() ? 0 : offsets_[offsets_.size() - 1]);
}

std::size_t Column::memory_bytes() const noexcept {
  return valid_.memory_bytes() + bits_.memory_bytes() + doubles_.memory_bytes() +
         rests_.memory_bytes() + days_.memory_bytes() + codes_.memory_bytes() +
         offsets_.memory_bytes();
}

}  // namespace muster
