#include "match/one_user_tables.hpp"

namespace muster {
namespace {

template <class T, class A>
std::size_t bytes_of(const std::vector<T, A>& values) noexcept {
  return values.capacity() * sizeof(T);
}

}  // namespace

OneUserView OneUserTables::view() const noexcept {
  return {tiles.data(),
          tiles.size(),
          lines.data(),
          key_blocks.data(),
          blocks.data(),
          windows.data(),
          data.data(),
          conditions.data(),
          hot_words.empty() ? nullptr : hot_words.data(),
          hot_count,
          wide};
}

std::size_t OneUserTables::memory_bytes() const noexcept {
  return bytes_of(tiles) + bytes_of(lines) + bytes_of(key_blocks) + bytes_of(blocks) +
         bytes_of(windows) + bytes_of(data) + bytes_of(conditions) + bytes_of(hot_words);
}

void OneUserTables::shrink_to_fit() {
  tiles.shrink_to_fit();
  lines.shrink_to_fit();
  key_blocks.shrink_to_fit();
  blocks.shrink_to_fit();
  windows.shrink_to_fit();
  data.shrink_to_fit();
  conditions.shrink_to_fit();
}

}  // namespace muster
