#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "tags/cow_array.hpp"

namespace muster {

/// The users' keys, one after another, and an index from key to position. Not movable: the index
/// looks the keys up here.
class KeyStore {
 public:
  KeyStore();
  KeyStore(const KeyStore&) = delete;
  KeyStore& operator=(const KeyStore&) = delete;

  std::size_t size() const noexcept { return offsets_.empty() ? 0 : offsets_.size() - 1; }
  std::string_view operator[](std::size_t at) const noexcept {
    return {bytes_.data() + offsets_[at], offsets_[at + 1] - offsets_[at]};
  }
  std::optional<std::size_t> find(std::string_view key) const noexcept;

  /// False, and nothing added, where the key is there already.
  bool add(std::string_view key);
  void truncate(std::size_t size);

  /// Takes keys over that somebody else keeps; gives the position of the first that occurs twice,
  /// or the number of keys. REQUIRES: offsets ascend from 0 to bytes.size().
  std::size_t borrow(std::span<const std::uint64_t> offsets, std::span<const char> bytes);

  std::span<const std::uint64_t> offsets() const noexcept { return offsets_.span(); }
  std::span<const char> bytes() const noexcept { return bytes_.span(); }
  std::size_t memory_bytes() const noexcept;

 private:
  using Position = std::uint32_t;
  struct Hash {
    using is_transparent = void;
    using is_avalanching = void;
    const KeyStore* keys;
    std::size_t operator()(std::string_view key) const noexcept;
    std::size_t operator()(Position at) const noexcept { return (*this)((*keys)[at]); }
  };
  struct Equal {
    using is_transparent = void;
    const KeyStore* keys;
    bool operator()(Position a, Position b) const noexcept { return (*keys)[a] == (*keys)[b]; }
    bool operator()(std::string_view a, Position b) const noexcept { return a == (*keys)[b]; }
    bool operator()(Position a, std::string_view b) const noexcept { return b == (*keys)[a]; }
  };

  CowArray<std::uint64_t> offsets_;
  CowArray<char> bytes_;
  boost::unordered_flat_set<Position, Hash, Equal> index_;
};

}  // namespace muster
