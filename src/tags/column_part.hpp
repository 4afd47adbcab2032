#pragma once

#include <cstddef>

#include "muster/tags/user_table.hpp"

namespace muster {

/// The values of `count` users from `first` on; sets keep their offsets into all members.
/// REQUIRES: first is a multiple of 8.
inline ColumnView part_of_column(ColumnView view, std::size_t first, std::size_t count) noexcept {
  const auto skip = [](auto& values, std::size_t at) {
    if (values != nullptr) values += at;
  };
  view.size = count;
  skip(view.valid, first / 8);
  skip(view.bool_bytes, first);
  skip(view.bool_bits, first / 8);
  skip(view.doubles, first);
  skip(view.rests, first);
  skip(view.integers, first);
  skip(view.days, first);
  if (view.set_offsets == nullptr) skip(view.codes, first);
  skip(view.set_offsets, first);
  return view;
}

}  // namespace muster
