#include <algorithm>

#include "core/bits.hpp"
#include "tags/compare_bits.hpp"
#include "tags/tile_encoder.hpp"

namespace muster {
namespace {

/// Cycles per user, measured roughly, of the ways to encode a category.
constexpr double cost_of_comparison = 0.2;
constexpr double cost_of_transposed_word = 8;
constexpr double cost_of_scattered_bit = 4;

std::size_t count_codes(const Feature& feature, std::span<const Predicate> predicates) {
  std::size_t codes = 0;
  for (const std::uint32_t bit : feature.bits()) codes += predicates[bit].codes.size();
  return codes;
}

}  // namespace

void TileEncoder::encode_categories(const Feature& feature, const std::uint16_t* codes) {
  const auto entries = static_cast<double>(count_codes(feature, predicates_));
  const auto categories = static_cast<double>(feature.categories());
  const auto words = static_cast<double>(words_for(feature.bits().size()));
  const double compare = entries * cost_of_comparison;
  const double transpose = words * (cost_of_transposed_word + categories / users_a_block);
  const double scatter = (entries / categories + 1) * cost_of_scattered_bit;
  if (compare <= std::min(transpose, scatter)) return compare_codes(feature, codes);
  if (transpose <= scatter) return transpose_codes(feature, codes);
  scatter_codes(feature, codes);
}

void TileEncoder::compare_codes(const Feature& feature, const std::uint16_t* codes) {
  Words equal;
  for (const std::uint32_t bit : feature.bits()) {
    Words any{};
    for (const CategoryCode code : predicates_[bit].codes) {
      const auto wanted = static_cast<std::uint16_t>(code);
      compare_bits(
          codes, users_, [wanted](std::uint16_t c) { return c == wanted; }, equal.data());
      for (std::size_t w = 0; w < words_; ++w) any[w] |= equal[w];
    }
    write(bit, any);
  }
}

void TileEncoder::transpose_codes(const Feature& feature, const std::uint16_t* codes) {
  const auto bits = feature.bits();
  for (std::size_t group = 0; group < bits.size(); group += 64) {
    const auto members = bits.subspan(group, std::min<std::size_t>(64, bits.size() - group));
    lookup_.assign(std::max<std::size_t>(feature.categories(), 1), 0);
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (const CategoryCode code : predicates_[members[i]].codes) {
        lookup_[static_cast<std::size_t>(code)] |= std::uint64_t{1} << i;
      }
    }
    for (std::size_t w = 0; w < words_; ++w) {
      std::uint64_t square[64] = {};
      const std::size_t count = std::min<std::size_t>(64, users_ - w * 64);
      for (std::size_t i = 0; i < count; ++i) square[i] = lookup_[codes[w * 64 + i]];
      transpose_64(square);
      for (std::size_t i = 0; i < members.size(); ++i) write(members[i], w, square[i]);
    }
  }
}

void TileEncoder::scatter_codes(const Feature& feature, const std::uint16_t* codes) {
  clear(feature);
  for (std::size_t w = 0; w < words_; ++w) {
    for (std::uint64_t left = known_[w]; left != 0; left &= left - 1) {
      const std::size_t user = w * 64 + static_cast<std::size_t>(__builtin_ctzll(left));
      scatter(feature.rows(), codes[user], user);
    }
  }
  for (const std::uint32_t bit : feature.bits()) {
    if (!predicates_[bit].null) continue;
    for (std::size_t w = 0; w < words_; ++w) write(bit, w, word(bit, w));
  }
}

void TileEncoder::encode_sets(const Feature& feature, const ColumnView& column) {
  const std::uint32_t* offsets = column.set_offsets;
  clear(feature);
  for (std::size_t user = 0; user < users_; ++user) {
    for (std::uint32_t i = offsets[user]; i < offsets[user + 1]; ++i) {
      scatter(feature.rows(), column.codes[i], user);
    }
  }
  for (const std::uint32_t bit : feature.bits()) {
    const std::uint64_t flip = predicates_[bit].none_of ? ~std::uint64_t{0} : 0;
    if (flip == 0 && !predicates_[bit].null) continue;
    for (std::size_t w = 0; w < words_; ++w) write(bit, w, word(bit, w) ^ flip);
  }
}

}  // namespace muster
