#include <algorithm>
#include <deque>

#include "core/cancelled.hpp"
#include "tags/arrow_body.hpp"
#include "tags/bitmap_copy.hpp"
#include "tags/column_part.hpp"

namespace muster {
namespace {

/// Users copied in one go: cancelling waits for no more.
constexpr std::size_t users_copied = std::size_t{1} << 16;
static_assert(users_copied % 64 == 0, "bitmaps of a part begin at a word");

/// Some users of a batch as append_columns takes them.
class PartColumns {
 public:
  PartColumns(const ArrowAccess::Body& body, const ArrowBatch& batch, std::size_t begin)
      : schema_(body.schema),
        batch_(batch),
        begin_(begin),
        size_(std::min(users_copied, batch.size - begin)),
        zeros_(size_ + 1) {
    for (std::size_t i = 0; i < schema_.size(); ++i) {
      const Tag& tag = schema_.tags()[i];
      if (tag.derived.empty()) views_.push_back(view(tag.type, batch.pieces[i]));
    }
    if (body.has_keys()) read_keys();
  }

  std::span<const ColumnView> views() const noexcept { return views_; }
  std::span<const std::string_view> keys() const noexcept { return keys_; }

 private:
  ColumnView view(TagType type, const ArrowPiece& piece) {
    if (piece.all_null) return nulls(type);
    ColumnView view = part_of_column(piece.view, begin_, size_);
    if (piece.bool_shift != 0) {
      auto& bits = shifted_.emplace_back(words_for(size_));
      copy_bits(bits.data(), 0, view.bool_bits, piece.bool_shift, size_);
      view.bool_bits = reinterpret_cast<const std::uint8_t*>(bits.data());
    }
    return view;
  }

  /// Zeros of any type, all of them NULL.
  ColumnView nulls(TagType type) const {
    ColumnView view;
    view.size = size_;
    view.valid = zeros<std::uint8_t>();
    if (type == TagType::boolean) view.bool_bits = zeros<std::uint8_t>();
    if (type == TagType::number) view.doubles = zeros<double>();
    if (type == TagType::date) view.days = zeros<std::int32_t>();
    if (type == TagType::category_set) view.set_offsets = zeros<std::uint32_t>();
    if (type == TagType::category || type == TagType::category_set) {
      view.codes = zeros<std::uint16_t>();
    }
    return view;
  }
  template <class T>
  const T* zeros() const {
    return reinterpret_cast<const T*>(zeros_.data());
  }

  void read_keys() {
    std::string buffer;
    keys_.reserve(size_);
    for (std::size_t row = begin_; row < begin_ + size_; ++row) {
      const std::string_view key = batch_.keys.key(row, buffer);
      // Keys written to the buffer are short lived, those in the producer's memory are not.
      keys_.push_back(key.data() == buffer.data() ? written_.emplace_back(key) : key);
    }
  }

  const Schema& schema_;
  const ArrowBatch& batch_;
  std::size_t begin_, size_;
  std::vector<double> zeros_;
  std::vector<ColumnView> views_;
  std::vector<std::string_view> keys_;
  std::deque<std::vector<std::uint64_t>> shifted_;
  std::deque<std::string> written_;
};

}  // namespace

Result<UserTable> ArrowUsers::to_table(const Limits& limits, const CancelToken* cancel) const {
  UserTable table(schema(), limits);
  for (const ArrowBatch& batch : body_->batches) {
    for (std::size_t begin = 0; begin < batch.size; begin += users_copied) {
      if (is_cancelled(cancel)) return cancelled_by_caller();
      const PartColumns columns(*body_, batch, begin);
      if (auto done = table.append_columns(columns.keys(), columns.views()); !done) {
        return std::move(done).error();
      }
    }
  }
  return table;
}

}  // namespace muster
