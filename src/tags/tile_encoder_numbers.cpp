#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

#include "core/bits.hpp"
#include "tags/compare_bits.hpp"
#include "tags/tile_encoder.hpp"

namespace muster {
namespace {

/// Up to so many cuts, comparing the values themselves is cheaper than finding ranks.
constexpr std::size_t few_number_cuts = 16;
constexpr std::size_t few_date_cuts = 32;

/// From so many on, making numbers short pays.
constexpr std::size_t worth_narrowing = 4;

}  // namespace

template <class Past>
void TileEncoder::combine_cuts(const Feature& feature, Past past) {
  Words beyond{};
  for (std::size_t i = 0; i < feature.bits().size(); ++i) {
    Words inside{};
    for (const std::uint32_t cut : feature.cuts_of(i)) {
      const Words& words = past(cut, beyond);
      // By tiles of their own, as compilers vectorise loops of a fixed length, between what can not
      // overlap, at -O2 as well.
      for (std::size_t first = 0; first < words_; first += tile_words) {
        std::array<std::uint64_t, tile_words> tile;
        for (std::size_t w = 0; w < tile_words; ++w) tile[w] = inside[first + w] ^ words[first + w];
        std::copy(tile.begin(), tile.end(), &inside[first]);
      }
    }
    write(feature.bits()[i], inside);
  }
}

template <class Class, class Rank>
void TileEncoder::encode_ranks(const Feature& feature, Rank rank, std::vector<Class>& ranks) {
  ranks.resize(users_a_block);
  for (std::size_t i = 0; i < users_; ++i) ranks[i] = static_cast<Class>(rank(i));
  combine_cuts(feature, [&](std::size_t cut, Words& words) -> const Words& {
    const auto below = static_cast<Class>(cut);
    compare_bits(
        ranks.data(), users_, [below](Class r) { return r > below; }, words.data());
    return words;
  });
}

template <class Rank>
void TileEncoder::encode_ranks(const Feature& feature, Rank rank) {
  if (feature.line().size() <= std::numeric_limits<std::uint16_t>::max()) {
    encode_ranks(feature, rank, ranks_);
  } else {
    encode_ranks(feature, rank, wide_ranks_);
  }
}

void TileEncoder::encode_numbers(const Feature& feature, const ColumnView& column) {
  if (column.integers == nullptr) return encode_doubles(feature, column.doubles, column.rests);
  const bool few = feature.line().size() <= few_number_cuts;
  if (few && narrow(column.integers)) return compare_numbers(feature, narrow_.data());
  encode_integers(feature, column.integers);
}

void TileEncoder::encode_doubles(const Feature& feature, const double* values,
                                 const std::int16_t* rests) {
  const NumberLine& line = feature.line();
  if (rests != nullptr) {
    encode_ranks(feature,
                 [&](std::size_t i) { return line.rank(Number::from_parts(values[i], rests[i])); });
  } else if (line.size() >= worth_narrowing && line.size() <= few_number_cuts && narrow(values)) {
    compare_numbers(feature, narrow_.data());
  } else {
    encode_wide(feature, values);
  }
}

void TileEncoder::encode_wide(const Feature& feature, const double* values) {
  const NumberLine& line = feature.line();
  if (line.size() <= few_number_cuts) return compare_numbers(feature, values);
  encode_ranks(feature, [&](std::size_t i) { return line.rank(values[i]); });
}

void TileEncoder::encode_integers(const Feature& feature, const std::int64_t* values) {
  // From -2^53 to 2^53, doubles hold them all.
  constexpr std::uint64_t most = std::uint64_t{1} << 53;
  wide_.resize(users_a_block);
  bool beyond = false;
  for (std::size_t i = 0; i < users_; ++i) {
    wide_[i] = static_cast<double>(values[i]);
    beyond |= static_cast<std::uint64_t>(values[i]) + most > 2 * most;
  }
  if (!beyond) return encode_wide(feature, wide_.data());
  encode_ranks(feature, [&](std::size_t i) { return feature.line().rank(Number(values[i])); });
}

bool TileEncoder::narrow(const double* values) {
  narrow_.resize(users_a_block);
  return kernel_.narrow_doubles(values, users_, narrow_.data());
}

bool TileEncoder::narrow(const std::int64_t* values) {
  narrow_.resize(users_a_block);
  return kernel_.narrow_integers(values, users_, narrow_.data());
}

void TileEncoder::compare_numbers(const Feature& feature, const std::int16_t* values) {
  compare_cuts(feature, [&](const Cut& cut, std::uint64_t* words) {
    kernel_.compare_above(values, users_, NumberLine::last_below_16(cut), words);
  });
}

void TileEncoder::compare_numbers(const Feature& feature, const double* values) {
  compare_cuts(feature, [&](const Cut& cut, std::uint64_t* words) {
    const double at = cut.at.to_double();
    if (NumberLine::is_strict(cut)) {
      compare_bits(
          values, users_, [at](double v) { return v > at; }, words);
    } else {
      compare_bits(
          values, users_, [at](double v) { return v >= at; }, words);
    }
  });
}

template <class Compare>
void TileEncoder::compare_cuts(const Feature& feature, Compare compare) {
  const auto cuts = feature.line().cuts();
  past_.resize(cuts.size());
  for (std::size_t i = 0; i < cuts.size(); ++i) compare(cuts[i], past_[i].data());
  combine_cuts(feature, [&](std::size_t cut, Words&) -> const Words& { return past_[cut]; });
}

void TileEncoder::encode_dates(const Feature& feature, const std::int32_t* days) {
  const std::int64_t shift = feature.is_days_until() ? today_.days : 0;
  const NumberLine& line = feature.line();
  if (line.size() > few_date_cuts) {
    encode_ranks(feature, [&](std::size_t i) { return line.rank_of_days(days[i] - shift); });
    return;
  }
  combine_cuts(feature, [&](std::size_t cut, Words& words) -> const Words& {
    const std::int64_t day = line.day_thresholds()[cut] + shift;
    const auto at = static_cast<std::int32_t>(std::clamp<std::int64_t>(
        day, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()));
    compare_bits(
        days, users_, [at](std::int32_t d) { return d >= at; }, words.data());
    return words;
  });
}

}  // namespace muster
