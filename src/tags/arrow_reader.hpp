#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "muster/tags/encoded_users.hpp"
#include "tags/arrow_body.hpp"
#include "tags/block_reader.hpp"
#include "tags/user_blocks.hpp"

namespace muster {

/// Shows Arrow users as whole blocks: a block's values are gathered from its batches where they do
/// not lie as a TileEncoder needs them.
class ArrowReader final : public BlockReader {
 public:
  static constexpr std::size_t most_users = users_a_block;

  /// Borrows the body.
  explicit ArrowReader(const ArrowAccess::Body& body) : body_(body) {}

  /// REQUIRES: count <= most_users.
  void seek(std::size_t first, std::size_t count) override;
  ColumnView column(TagId tag) override;
  void prefetch(TagId tag) const noexcept override;
  Cell derived(TagId tag, std::size_t user) const override;

 private:
  /// Users of the block in one batch: `count` from the batch's row `from` on, the block's from `to`
  /// on.
  struct Part {
    const ArrowBatch* batch;
    std::size_t from;
    std::size_t to;
    std::size_t count;
  };
  using Words = std::array<std::uint64_t, most_users / 64>;

  const std::uint8_t* validity(TagId tag);
  const std::uint8_t* booleans(TagId tag);
  void numbers(TagId tag, ColumnView& view);
  void add_doubles(const ArrowPiece& piece, const Part& part);
  const std::int64_t* integers(TagId tag);
  void add_rest(std::size_t at, std::int16_t rest);
  const std::int32_t* days(TagId tag);
  const std::uint16_t* categories(TagId tag);
  void sets(TagId tag, ColumnView& view);
  bool marks_nan(const ColumnView& numbers);

  static const ArrowPiece& piece(const Part& part, TagId tag) noexcept {
    return part.batch->pieces[static_cast<std::size_t>(tag)];
  }
  /// Calls fn(piece, part) for the parts that are not all NULL.
  template <class Fn>
  void for_each_part(TagId tag, Fn&& fn) {
    for (const Part& part : parts_) {
      if (!piece(part, tag).all_null) fn(piece(part, tag), part);
    }
  }

  /// Values of the block, where they lie or gathered in `space`; `values_of(view)` points to a
  /// batch's. Under NULLs lies what is harmless to look up.
  template <class T, class ValuesOf>
  const T* gathered(TagId tag, std::vector<T>& space, ValuesOf values_of) {
    if (parts_.size() == 1 && !piece(parts_[0], tag).all_null) {
      return values_of(piece(parts_[0], tag).view) + parts_[0].from;
    }
    space.assign(most_users, T{});
    for_each_part(tag, [&](const ArrowPiece& from, const Part& part) {
      std::copy_n(values_of(from.view) + part.from, part.count, space.data() + part.to);
    });
    return space.data();
  }

  const ArrowAccess::Body& body_;
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  std::vector<Part> parts_;
  Words valid_{};
  Words bits_{};
  std::vector<double> doubles_ = std::vector<double>(most_users);
  std::vector<std::int16_t> rests_;  // empty until one is needed
  bool has_rests_ = false;
  std::vector<std::int64_t> integers_;
  std::vector<std::int32_t> days_;
  std::vector<std::uint16_t> codes_;
  std::vector<std::uint32_t> offsets_;
};

}  // namespace muster
