#include <algorithm>
#include <cmath>

#include "tags/bitmap.hpp"
#include "tags/column.hpp"

namespace muster {
namespace {

template <class T>
void append_masked(std::vector<T>& to, const T* from, const ColumnView& values) {
  const std::size_t before = to.size();
  to.insert(to.end(), from, from + values.size);
  if (values.valid == nullptr) return;
  for (std::size_t i = 0; i < values.size; ++i) {
    if ((values.valid[i / 8] >> (i % 8) & 1) == 0) to[before + i] = T{};
  }
}

}  // namespace

void Column::append(const ColumnView& values) {
  const Refresh refresh(*this);
  append_validity(values);
  append_values(values);
  size_ += values.size;
}

/// NaN counts as NULL, so doubles bring a bitmap of their own.
void Column::append_validity(const ColumnView& values) {
  const auto word_at = [&](std::size_t at, std::size_t count) {
    std::uint64_t word = values.valid ? load_bits(values.valid + at / 8, count) : low_bits(count);
    for (std::size_t i = 0; values.doubles && i < count; ++i) {
      if (std::isnan(values.doubles[at + i])) word &= ~(std::uint64_t{1} << i);
    }
    return word;
  };
  bool all_known = valid_.empty();
  if (all_known && values.valid == nullptr && values.doubles == nullptr) return;
  for (std::size_t at = 0; all_known && at < values.size; at += 64) {
    const std::size_t count = std::min<std::size_t>(64, values.size - at);
    all_known = word_at(at, count) == low_bits(count);
  }
  if (all_known) return;
  if (valid_.empty()) {
    append_ones(valid_, 0, size_);
  }
  append_words(valid_, size_, values.size, word_at);
}

void Column::append_values(const ColumnView& values) {
  const std::size_t n = values.size;
  const auto known = [&](std::size_t at, std::size_t count) {
    return values.valid ? load_bits(values.valid + at / 8, count) : low_bits(count);
  };
  switch (type_) {
    case TagType::boolean:
      append_words(bits_, size_, n, [&](std::size_t at, std::size_t count) {
        std::uint64_t word = 0;
        if (values.bool_bits) word = load_bits(values.bool_bits + at / 8, count);
        if (values.bool_bytes) pack_bytes(values.bool_bytes + at, count, &word);
        return word & known(at, count);
      });
      break;
    case TagType::category:
      append_masked(codes_.own(), as_codes(values.codes), values);
      break;
    case TagType::number:
      append_numbers(values);
      break;
    case TagType::date:
      append_masked(days_.own(), values.days, values);
      break;
    case TagType::category_set:
      append_sets(values);
      break;
  }
}

void Column::append_numbers(const ColumnView& values) {
  auto& doubles = doubles_.own();
  doubles.resize(size_ + values.size);
  if (!rests_.empty()) rests_.own().resize(size_ + values.size);
  if (values.doubles && !values.rests && valid_.empty()) {
    for (std::size_t i = 0; i < values.size; ++i) {
      doubles[size_ + i] = values.doubles[i] + 0.0;  // minus zero becomes zero
    }
    return;
  }
  for (std::size_t i = 0; i < values.size; ++i) {
    if (!valid_.empty() && !test_bit(valid_.data(), size_ + i)) continue;
    const Number number = values.integers ? Number(values.integers[i])
                          : values.rests  ? Number::from_parts(values.doubles[i], values.rests[i])
                                          : Number(values.doubles[i]);
    doubles[size_ + i] = number.to_double();
    if (!number.beyond_double()) continue;
    rests_.own().resize(size_ + values.size);
    rests_.own()[size_ + i] = number.rest();
  }
}

void Column::append_sets(const ColumnView& values) {
  auto& offsets = offsets_.own();
  offsets.resize(size_ + 1);
  auto& codes = codes_.own();
  for (std::size_t i = 0; i < values.size; ++i) {
    if (values.valid == nullptr || (values.valid[i / 8] >> (i % 8) & 1) != 0) {
      const auto* from = as_codes(values.codes);
      codes.insert(codes.end(), from + values.set_offsets[i], from + values.set_offsets[i + 1]);
    }
    offsets.push_back(static_cast<std::uint32_t>(codes.size()));
  }
}

}  // namespace muster
