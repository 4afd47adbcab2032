#include "tags/tile_encoder.hpp"

#include <algorithm>

#include "core/bits.hpp"
#include "core/diagnostics.hpp"

namespace muster {
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
      return encode_numbers(feature, column);
    case TagType::date:
      return encode_dates(feature, column.days);
  }
}

Result<void> TileEncoder::encode_derived(const Feature& feature) {
  wide_.assign(block_users, 0);
  Words valid{};
  for (std::size_t i = 0; i < users_; ++i) {
    const Cell cell = reader_.derived(feature.tag(), i);
    const Number* number = std::get_if<Number>(&cell);  // never beyond a double
    if (number != nullptr) wide_[i] = number->to_double();
    assign_bit(valid.data(), i, number != nullptr);
    if (number != nullptr || feature.is_nullable()) continue;
    return Error{
        Errc::missing_value, in_quotes(schema_.tag(feature.tag()).name) + " has no value", {}};
  }
  set_known(reinterpret_cast<const std::uint8_t*>(valid.data()));
  encode_doubles(feature, wide_.data(), nullptr);
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

}  // namespace muster
