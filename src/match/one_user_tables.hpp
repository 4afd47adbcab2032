#pragma once

#include <boost/align/aligned_allocator.hpp>
#include <cstdint>
#include <vector>

#include "match/one_user_layout.hpp"

namespace muster {

using OneUserData =
    std::vector<std::uint8_t, boost::alignment::aligned_allocator<std::uint8_t, 64>>;

/// The memory behind a OneUserView; see one_user_layout.hpp for its meaning.
struct OneUserTables {
  std::vector<OneUserTile> tiles;
  std::vector<OneUserKeyLine> lines;
  std::vector<std::uint32_t> key_blocks;
  std::vector<OneUserBlock> blocks;
  std::vector<OneUserWindow> windows;
  OneUserData data;
  std::vector<std::uint32_t> conditions;
  std::vector<std::uint32_t> hot_words;  ///< empty: the first hot_count
  std::size_t hot_count = 0;
  bool wide = false;

  OneUserView view() const noexcept;
  std::size_t memory_bytes() const noexcept;
  /// So that what is appended next lies on a 64-byte boundary.
  void align_data() { data.resize((data.size() + 63) / 64 * 64); }
  void shrink_to_fit();
};

}  // namespace muster
