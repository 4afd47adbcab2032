#include "tags/tile_encoder.hpp"

#include <algorithm>

#include "core/bits.hpp"
#include "core/diagnostics.hpp"

namespace muster {
namespace {

/// A block's booleans are a few lines a column, too few for processors to see that they are read
/// one after another: so many columns ahead, they are asked for.
constexpr std::size_t columns_ahead = 6;

}  // namespace

TileEncoder::TileEncoder(std::unique_ptr<BlockReader> reader, const Encoder& encoder, Date today)
    : reader_(std::move(reader)),
      encoder_(encoder),
      predicates_(encoder_.predicates()),
      features_(EncoderAccess::features(encoder_)),
      today_(today),
      kernel_(best_number_kernel()) {}

Result<void> TileEncoder::encode(std::size_t first_user, EncodedUsers& out,
                                 std::size_t first_tile) {
  out_ = &out;
  first_tile_ = first_tile;
  users_ = std::min(users_a_block, out.users() - first_tile * EncodedUsers::tile_users);
  words_ = words_for(users_);
  all_known_ = false;
  reader_->seek(first_user, users_);
  for (std::size_t i = 0; i < features_.size(); ++i) {
    const Feature& feature = features_[i];
    if (i + columns_ahead < features_.size()) reader_->prefetch(features_[i + columns_ahead].tag());
    if (!feature.is_derived()) {
      encode_stored(feature);
    } else if (auto ok = encode_derived(feature); !ok) {
      return ok;
    }
  }
  return {};
}

void TileEncoder::clear(const Feature& feature) {
  for (const std::uint32_t bit : feature.bits()) {
    for (std::size_t w = 0; w < words_; w += tile_words) std::fill_n(&word(bit, w), tile_words, 0);
  }
}

void TileEncoder::write(std::uint32_t bit, const Words& yes) {
  if (is_plain())
    return copy_lines(bit, reinterpret_cast<const std::uint8_t*>(yes.data()), ~std::uint64_t{0}, 0);
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
  const ColumnView column = reader_->column(feature.tag());
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
  wide_.assign(users_a_block, 0);
  Words valid{};
  for (std::size_t i = 0; i < users_; ++i) {
    const Cell cell = reader_->derived(feature.tag(), i);
    const Number* number = std::get_if<Number>(&cell);  // never beyond a double
    if (number != nullptr) wide_[i] = number->to_double();
    assign_bit(valid.data(), i, number != nullptr);
    if (number != nullptr || feature.is_nullable()) continue;
    return Error{Errc::missing_value,
                 in_quotes(encoder_.schema().tag(feature.tag()).name) + " has no value",
                 {}};
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
    if (is_plain()) {
      copy_lines(bit, bits, keep, flip);
      continue;
    }
    Words yes{};
    std::memcpy(yes.data(), bits, words_ * 8);
    for (std::uint64_t& word : yes) word = (word & keep) ^ flip;
    write(bit, yes);
  }
}

void TileEncoder::copy_lines(std::uint32_t bit, const std::uint8_t* bits, std::uint64_t keep,
                             std::uint64_t flip) {
  for (std::size_t first = 0; first < words_; first += tile_words) {
    std::uint64_t line[tile_words];
    std::memcpy(line, bits + first * 8, sizeof line);
    for (std::uint64_t& word : line) word = (word & keep) ^ flip;
    std::memcpy(&word(bit, first), line, sizeof line);
  }
}

}  // namespace muster
