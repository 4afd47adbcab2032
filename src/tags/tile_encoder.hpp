#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "muster/tags/encoded_users.hpp"
#include "muster/tags/encoder.hpp"
#include "tags/block_reader.hpp"
#include "tags/feature.hpp"
#include "tags/number_kernel.hpp"
#include "tags/user_blocks.hpp"

namespace muster {

/// Encodes users by blocks of tiles. One per thread: it holds working memory.
class TileEncoder {
 public:
  TileEncoder(std::unique_ptr<BlockReader> reader, const Encoder& encoder, Date today);

  /// Users from `first_user` on to the tiles of `out` from `first_tile` on, up to its last or a
  /// block of them, whatever these held. Fails with missing_value where a derived tag that is not
  /// nullable turns out NULL. REQUIRES: first_user is a multiple of 64.
  Result<void> encode(std::size_t first_user, EncodedUsers& out, std::size_t first_tile);

 private:
  static constexpr std::size_t tile_words = EncodedUsers::tile_words;
  using Words = std::array<std::uint64_t, users_a_block / 64>;

  void clear(const Feature& feature);
  void set_known(const std::uint8_t* valid);
  void encode_stored(const Feature& feature);
  Result<void> encode_derived(const Feature& feature);

  void encode_booleans(const Feature& feature, const std::uint8_t* bits);
  /// Whether it is a whole block without NULLs, which is nearly every one of nearly every tag.
  bool is_plain() const noexcept { return all_known_ && users_ == users_a_block; }
  /// REQUIRES: is_plain().
  void copy_lines(std::uint32_t bit, const std::uint8_t* bits, std::uint64_t keep,
                  std::uint64_t flip);
  void encode_categories(const Feature& feature, const std::uint16_t* codes);
  void compare_codes(const Feature& feature, const std::uint16_t* codes);
  void transpose_codes(const Feature& feature, const std::uint16_t* codes);
  void scatter_codes(const Feature& feature, const std::uint16_t* codes);
  void encode_sets(const Feature& feature, const ColumnView& column);
  void encode_numbers(const Feature& feature, const ColumnView& column);
  void encode_doubles(const Feature& feature, const double* values, const std::int16_t* rests);
  void encode_wide(const Feature& feature, const double* values);
  void encode_integers(const Feature& feature, const std::int64_t* values);
  void compare_numbers(const Feature& feature, const double* values);
  void compare_numbers(const Feature& feature, const std::int16_t* values);
  /// Fills narrow_ with the block's values, if all of them are small integers.
  bool narrow(const double* values);
  bool narrow(const std::int64_t* values);
  void encode_dates(const Feature& feature, const std::int32_t* days);

  /// Each user's rank by `rank(i)`, then the predicates by comparing ranks.
  template <class Rank>
  void encode_ranks(const Feature& feature, Rank rank);
  template <class Class, class Rank>
  void encode_ranks(const Feature& feature, Rank rank, std::vector<Class>& ranks);
  /// Each predicate from `compare(cut, words)`, the users past each cut.
  template <class Compare>
  void compare_cuts(const Feature& feature, Compare compare);
  /// Each predicate is the XOR of `past(position of cut, words)` over its cuts, which gives the
  /// users at or past the cut.
  template <class Past>
  void combine_cuts(const Feature& feature, Past past);

  /// Word w of a predicate's column.
  std::uint64_t& word(std::uint32_t bit, std::size_t w) {
    return out_->column(first_tile_ + w / tile_words, bit)[w % tile_words];
  }
  /// Writes it: `yes` where known, else the predicate's answer to NULL.
  void write(std::uint32_t bit, std::size_t w, std::uint64_t yes) {
    const std::uint64_t null = predicates_[bit].null ? unknown_[w] : 0;
    word(bit, w) = (yes & known_[w]) | null;
  }
  /// Writes all words of a predicate's column.
  void write(std::uint32_t bit, const Words& yes);
  /// Sets the bits of `row` for a user whose columns were cleared.
  void scatter(const BitRows& rows, std::size_t row, std::size_t user) {
    std::uint64_t* first = &word(0, user / 64);
    const std::uint64_t mask = std::uint64_t{1} << (user % 64);
    rows.for_each(row, [&](std::uint32_t bit) { first[bit * tile_words] |= mask; });
  }

  std::unique_ptr<BlockReader> reader_;
  Encoder encoder_;  // holds what the next two point to
  std::span<const Predicate> predicates_;
  std::span<const Feature> features_;
  Date today_;
  const NumberKernel& kernel_;

  EncodedUsers* out_ = nullptr;
  std::size_t first_tile_ = 0;
  std::size_t users_ = 0;  // in the block
  std::size_t words_ = 0;  // that hold them
  Words known_{};          // 0 past the last user, as unknown_ is
  Words unknown_{};
  bool all_known_ = false;  // what they say
  std::vector<std::uint16_t> ranks_;
  std::vector<std::uint32_t> wide_ranks_;
  std::vector<std::uint64_t> lookup_;
  std::vector<double> wide_;
  std::vector<std::int16_t> narrow_;
  std::vector<Words> past_;
};

}  // namespace muster
