#include "tags/tile_encoder.hpp"

#include <algorithm>
#include <limits>

#include "core/bits.hpp"
#include "core/diagnostics.hpp"
#include "tags/compare_bits.hpp"

namespace muster {
namespace {

/// Up to so many cuts, comparing the values themselves is cheaper than finding ranks.
constexpr std::size_t few_number_cuts = 16;
constexpr std::size_t few_date_cuts = 32;

}  // namespace

TileEncoder::TileEncoder(BlockReader& reader, const Schema& schema,
                         std::span<const Predicate> predicates, Date today, EncodedUsers& out)
    : reader_(reader), schema_(schema), predicates_(predicates), today_(today), out_(out) {}

Result<void> TileEncoder::encode(std::size_t block, std::span<const Feature> features) {
  first_tile_ = block * tiles_a_block;
  const std::size_t first = block * block_users;
  users_ = std::min(block_users, out_.users() - first);
  words_ = words_for(users_);
  all_known_ = false;
  reader_.seek(first, users_);
  for (const Feature& feature : features) {
    if (!feature.is_derived()) {
      encode_stored(feature);
    } else if (auto ok = encode_derived(feature); !ok) {
      return ok;
    }
  }
  return {};
}

void TileEncoder::write(std::uint32_t bit, const Words& yes) {
  const std::uint64_t null = predicates_[bit].null ? ~std::uint64_t{0} : 0;
  for (std::size_t first = 0; first < words_; first += tile_words) {
    std::uint64_t out[tile_words];
    for (std::size_t w = 0; w < tile_words; ++w) {
      out[w] = (yes[first + w] & known_[first + w]) | (null & unknown_[first + w]);
    }
    std::copy_n(out, tile_words, &word(bit, first));
  }
}

void TileEncoder::set_known(const std::uint8_t* valid) {
  if (valid == nullptr && all_known_) return;
  all_known_ = valid == nullptr;
  known_.fill(0);
  unknown_.fill(0);
  for (std::size_t w = 0; w < words_; ++w) {
    const std::size_t count = std::min<std::size_t>(64, users_ - w * 64);
    const std::uint64_t all = low_bits(count);
    known_[w] = valid != nullptr ? load_bits(valid + w * 8, count) : all;
    unknown_[w] = all & ~known_[w];
  }
}

void TileEncoder::encode_stored(const Feature& feature) {
  const ColumnView column = reader_.column(feature.tag());
  set_known(column.valid);
  switch (feature.type()) {
    case TagType::boolean:
      return encode_booleans(feature, column.bool_bits);
    case TagType::category:
      return encode_categories(feature, column.codes);
    case TagType::category_set:
      return encode_sets(feature, column);
    case TagType::number:
      return encode_numbers(feature, column.doubles, column.rests);
    case TagType::date:
      return encode_dates(feature, column.days);
  }
}

Result<void> TileEncoder::encode_derived(const Feature& feature) {
  std::vector<Number> numbers(users_);
  Words valid{};
  for (std::size_t i = 0; i < users_; ++i) {
    const Cell cell = reader_.derived(feature.tag(), i);
    const Number* number = std::get_if<Number>(&cell);
    if (number != nullptr) numbers[i] = *number;
    assign_bit(valid.data(), i, number != nullptr);
    if (number != nullptr || feature.is_nullable()) continue;
    const std::string& tag = schema_.tag(feature.tag()).name;
    return Error{Errc::missing_value, in_quotes(tag) + " has no value", {}};
  }
  set_known(reinterpret_cast<const std::uint8_t*>(valid.data()));
  encode_ranks(feature, [&](std::size_t i) { return feature.line().rank(numbers[i]); });
  return {};
}

void TileEncoder::encode_booleans(const Feature& feature, const std::uint8_t* bits) {
  for (const std::uint32_t bit : feature.bits()) {
    std::uint64_t keep = 0, flip = 0;  // yes = value & keep ^ flip
    for (const CategoryCode code : predicates_[bit].codes) {
      keep = ~keep;
      if (code == CategoryCode{0}) flip = ~std::uint64_t{0};
    }
    if (all_known_ && users_ == block_users) {
      copy_booleans(bit, bits, keep, flip);
      continue;
    }
    Words yes{};
    std::memcpy(yes.data(), bits, words_ * 8);
    for (std::uint64_t& word : yes) word = (word & keep) ^ flip;
    write(bit, yes);
  }
}

void TileEncoder::copy_booleans(std::uint32_t bit, const std::uint8_t* bits, std::uint64_t keep,
                                std::uint64_t flip) {
  for (std::size_t first = 0; first < words_; first += tile_words) {
    std::uint64_t line[tile_words];
    std::memcpy(line, bits + first * 8, sizeof line);
    for (std::uint64_t& word : line) word = (word & keep) ^ flip;
    std::memcpy(&word(bit, first), line, sizeof line);
  }
}

template <class Past>
void TileEncoder::combine_cuts(const Feature& feature, Past past) {
  for (const std::uint32_t bit : feature.bits()) {
    Words inside{};
    Words beyond;
    for (const Cut& cut : predicates_[bit].cuts) {
      const Words& words = past(feature.line().find(cut), beyond);
      for (std::size_t w = 0; w < words_; ++w) inside[w] ^= words[w];
    }
    write(bit, inside);
  }
}

template <class Class, class Rank>
void TileEncoder::encode_ranks(const Feature& feature, Rank rank, std::vector<Class>& ranks) {
  ranks.resize(block_users);
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

void TileEncoder::encode_numbers(const Feature& feature, const double* values,
                                 const std::int16_t* rests) {
  const NumberLine& line = feature.line();
  if (rests != nullptr) {
    encode_ranks(feature,
                 [&](std::size_t i) { return line.rank(Number::from_parts(values[i], rests[i])); });
  } else if (line.size() > few_number_cuts) {
    encode_ranks(feature, [&](std::size_t i) { return line.rank(values[i]); });
  } else {
    compare_numbers(feature, values);
  }
}

void TileEncoder::compare_numbers(const Feature& feature, const double* values) {
  const auto cuts = feature.line().cuts();
  past_.resize(cuts.size());
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const double at = cuts[i].at.to_double();
    std::uint64_t* words = past_[i].data();
    if (NumberLine::is_strict(cuts[i])) {
      compare_bits(
          values, users_, [at](double v) { return v > at; }, words);
    } else {
      compare_bits(
          values, users_, [at](double v) { return v >= at; }, words);
    }
  }
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
