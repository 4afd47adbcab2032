#include "tags/feature.hpp"

#include <algorithm>

namespace muster {
namespace {

/// Words of rows that a number's table may take for nothing, and beyond that for each cut.
constexpr std::size_t free_words = 4096;
constexpr std::size_t words_per_cut = 2;

std::uint64_t bit_mask(std::uint32_t bit) { return std::uint64_t{1} << (bit % 64); }

std::vector<std::uint32_t> words_of(std::span<const std::uint32_t> bits) {
  std::vector<std::uint32_t> words;
  for (const std::uint32_t bit : bits) {
    if (words.empty() || words.back() != bit / 64) words.push_back(bit / 64);
  }
  return words;
}

std::vector<Cut> all_cuts(std::span<const Predicate> predicates,
                          std::span<const std::uint32_t> bits) {
  std::vector<Cut> cuts;
  for (const std::uint32_t bit : bits) {
    cuts.insert(cuts.end(), predicates[bit].cuts.begin(), predicates[bit].cuts.end());
  }
  return cuts;
}

}  // namespace

Feature::Feature(const Schema& schema, std::span<const Predicate> predicates,
                 std::vector<std::uint32_t> bits)
    : tag_(predicates[bits.front()].tag),
      type_(schema.tag(tag_).type),
      derived_(!schema.tag(tag_).derived.empty()),
      nullable_(schema.tag(tag_).nullable),
      days_until_(predicates[bits.front()].aspect == Aspect::days_until),
      categories_(type_ == TagType::boolean ? 2 : schema.tag(tag_).values.size()),
      bits_(std::move(bits)) {
  std::vector<BitRows::Member> null, inverted;
  for (const std::uint32_t bit : bits_) {
    if (predicates[bit].null) null.emplace_back(0, bit);
    if (predicates[bit].none_of) inverted.emplace_back(0, bit);
  }
  null_row_ = BitRows(1, std::move(null));
  inverted_ = BitRows(1, std::move(inverted));
  if (type_ == TagType::number || type_ == TagType::date) {
    add_cuts(predicates);
  } else {
    add_codes(predicates);
  }
}

void Feature::add_codes(std::span<const Predicate> predicates) {
  std::vector<BitRows::Member> members;
  for (const std::uint32_t bit : bits_) {
    for (const CategoryCode code : predicates[bit].codes) {
      members.emplace_back(static_cast<std::uint32_t>(code), bit);
    }
  }
  rows_ = BitRows(categories_, std::move(members));
}

void Feature::add_cuts(std::span<const Predicate> predicates) {
  auto cuts = all_cuts(predicates, bits_);
  const std::size_t count = cuts.size();
  line_ = type_ == TagType::number ? NumberLine::of_numbers(std::move(cuts))
                                   : NumberLine::of_days(std::move(cuts));
  Changes changes;
  changes.reserve(count);
  for (const std::uint32_t bit : bits_) {
    first_cut_.push_back(static_cast<std::uint32_t>(cuts_.size()));
    for (const Cut& cut : predicates[bit].cuts) {
      cuts_.push_back(static_cast<std::uint32_t>(line_.find(cut)));
      changes.emplace_back(cuts_.back() + std::size_t{1}, bit);
    }
  }
  first_cut_.push_back(static_cast<std::uint32_t>(cuts_.size()));
  std::sort(changes.begin(), changes.end());

  const std::size_t ranks = line_.size() + 1;
  const std::size_t allowed = free_words + words_per_cut * count;
  stride_ = (ranks * words_of(bits_).size() + allowed - 1) / allowed;
  add_ranks(ranks, changes);
  if (stride_ > 1) add_toggles(ranks, changes);
}

void Feature::add_ranks(std::size_t ranks, const Changes& changes) {
  const auto words = words_of(bits_);
  std::vector<std::uint64_t> row(words.size());
  auto change = changes.begin();
  for (std::size_t rank = 0; rank < ranks; ++rank) {
    for (; change != changes.end() && change->first == rank; ++change) {
      const auto word = std::lower_bound(words.begin(), words.end(), change->second / 64);
      row[static_cast<std::size_t>(word - words.begin())] ^= bit_mask(change->second);
    }
    if (rank % stride_ == 0) rows_.append(words, row);
  }
}

void Feature::add_toggles(std::size_t ranks, const Changes& changes) {
  toggle_first_.assign(ranks + 1, 0);
  toggles_.reserve(changes.size());
  for (const auto& [rank, bit] : changes) {
    ++toggle_first_[rank + 1];
    toggles_.push_back(bit);
  }
  for (std::size_t rank = 0; rank < ranks; ++rank) toggle_first_[rank + 1] += toggle_first_[rank];
}

bool Feature::encode(const Cell& cell, Date today, std::uint64_t* out) const noexcept {
  if (is_null(cell)) {
    null_row_.or_into(0, out);
    return nullable_;
  }
  switch (type_) {
    case TagType::boolean:
      if (const bool* value = std::get_if<bool>(&cell)) {
        rows_.or_into(*value ? 1 : 0, out);
        return true;
      }
      return false;
    case TagType::category:
      if (const auto* code = std::get_if<CategoryCode>(&cell)) return encode_category(*code, out);
      return false;
    case TagType::category_set:
      if (const auto* codes = std::get_if<std::span<const CategoryCode>>(&cell)) {
        return encode_set(*codes, out);
      }
      return false;
    case TagType::number:
      if (const Number* number = std::get_if<Number>(&cell)) {
        encode_rank(line_.rank(*number), out);
        return true;
      }
      return false;
    case TagType::date:
      if (const Date* date = std::get_if<Date>(&cell)) {
        const std::int64_t shift = days_until_ ? today.days : 0;
        encode_rank(line_.rank_of_days(date->days - shift), out);
        return true;
      }
      return false;
  }
  return false;
}

bool Feature::encode_category(CategoryCode code, std::uint64_t* out) const noexcept {
  if (static_cast<std::size_t>(code) >= categories_) return false;
  rows_.or_into(static_cast<std::size_t>(code), out);
  return true;
}

bool Feature::encode_set(std::span<const CategoryCode> codes, std::uint64_t* out) const noexcept {
  for (const CategoryCode code : codes) {
    if (!encode_category(code, out)) return false;
  }
  inverted_.xor_into(0, out);
  return true;
}

void Feature::encode_rank(std::size_t rank, std::uint64_t* out) const noexcept {
  rows_.or_into(rank / stride_, out);
  if (stride_ == 1) return;
  const std::size_t nearest = rank / stride_ * stride_;
  for (std::uint32_t i = toggle_first_[nearest + 1]; i < toggle_first_[rank + 1]; ++i) {
    out[toggles_[i] / 64] ^= bit_mask(toggles_[i]);
  }
}

std::size_t Feature::memory_bytes() const noexcept {
  return rows_.memory_bytes() + null_row_.memory_bytes() + inverted_.memory_bytes() +
         bits_.capacity() * 4 + line_.size() * (sizeof(Cut) + 8) + toggle_first_.capacity() * 4 +
         toggles_.capacity() * 4 + first_cut_.capacity() * 4 + cuts_.capacity() * 4;
}

}  // namespace muster
