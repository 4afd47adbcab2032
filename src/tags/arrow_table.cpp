#include <deque>

#include "tags/arrow_body.hpp"
#include "tags/bitmap_copy.hpp"

namespace muster {
namespace {

/// One batch as append_columns takes it.
class BatchColumns {
 public:
  explicit BatchColumns(const ArrowAccess::Body& body, const ArrowBatch& batch)
      : schema_(body.schema), batch_(batch), zeros_(batch.size + 1) {
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
    ColumnView view = piece.view;
    if (piece.bool_shift != 0) {
      auto& bits = shifted_.emplace_back(words_for(batch_.size));
      copy_bits(bits.data(), 0, view.bool_bits, piece.bool_shift, batch_.size);
      view.bool_bits = reinterpret_cast<const std::uint8_t*>(bits.data());
    }
    return view;
  }

  /// Zeros of any type, all of them NULL.
  ColumnView nulls(TagType type) const {
    ColumnView view;
    view.size = batch_.size;
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
    keys_.reserve(batch_.size);
    for (std::size_t row = 0; row < batch_.size; ++row) {
      const std::string_view key = batch_.keys.key(row, buffer);
      // Keys written to the buffer are short lived, those in the producer's memory are not.
      keys_.push_back(key.data() == buffer.data() ? written_.emplace_back(key) : key);
    }
  }

  const Schema& schema_;
  const ArrowBatch& batch_;
  std::vector<double> zeros_;
  std::vector<ColumnView> views_;
  std::vector<std::string_view> keys_;
  std::deque<std::vector<std::uint64_t>> shifted_;
  std::deque<std::string> written_;
};

}  // namespace

Result<UserTable> ArrowUsers::to_table(const Limits& limits) const {
  UserTable table(schema(), limits);
  for (const ArrowBatch& batch : body_->batches) {
    const BatchColumns columns(*body_, batch);
    if (auto done = table.append_columns(columns.keys(), columns.views()); !done) {
      return std::move(done).error();
    }
  }
  return table;
}

}  // namespace muster
