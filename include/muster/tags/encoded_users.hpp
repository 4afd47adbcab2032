#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "muster/core/export.hpp"

namespace muster {

/// A population as bits, in the layout the population matcher reads: tiles of `tile_users`
/// users; in a tile, one column of bits after another; in a column, user u of the tile at
/// `word[u / 64] >> (u % 64) & 1`. Columns are 64-byte aligned; bits past the last user are 0.
class MUSTER_EXPORT EncodedUsers {
 public:
  static constexpr std::size_t tile_users = 4096;
  static constexpr std::size_t tile_words = tile_users / 64;

  EncodedUsers() = default;
  EncodedUsers(std::size_t users, std::size_t bits);

  std::size_t users() const noexcept { return users_; }
  std::size_t bits() const noexcept { return bits_; }
  std::size_t tiles() const noexcept { return (users_ + tile_users - 1) / tile_users; }
  /// Users in a tile: tile_users but for the last.
  std::size_t users_in(std::size_t tile) const noexcept;

  std::uint64_t* column(std::size_t tile, std::size_t bit) noexcept;
  const std::uint64_t* column(std::size_t tile, std::size_t bit) const noexcept;

  /// Gathers one user's bits, as Encoder::encode gives them. O(bits).
  void user(std::size_t index, std::span<std::uint64_t> out) const noexcept;

  std::size_t memory_bytes() const noexcept { return storage_.size() * sizeof(Line); }

 private:
  struct alignas(64) Line {
    std::uint64_t words[8];
  };
  std::size_t users_ = 0;
  std::size_t bits_ = 0;
  std::vector<Line> storage_;
};

}  // namespace muster
