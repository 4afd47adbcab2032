#include "tags/block_reader.hpp"

namespace muster {
namespace {

/// REQUIRES: at is a multiple of 8.
void skip_bits(const std::uint8_t*& bitmap, std::size_t at) {
  if (bitmap != nullptr) bitmap += at / 8;
}

template <class T>
void skip(const T*& values, std::size_t at) {
  if (values != nullptr) values += at;
}

}  // namespace

ColumnView TableBlockReader::column(TagId tag) {
  ColumnView view = table_.column(tag);
  view.size = count_;
  skip_bits(view.valid, first_);
  skip_bits(view.bool_bits, first_);
  skip(view.doubles, first_);
  skip(view.rests, first_);
  skip(view.days, first_);
  skip(view.set_offsets, first_);
  if (view.set_offsets == nullptr) skip(view.codes, first_);
  return view;
}

}  // namespace muster
