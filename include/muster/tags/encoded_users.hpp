#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <utility>

#include "muster/core/export.hpp"

namespace muster {

/// A population as bits, in the layout the population matcher reads: tiles of `tile_users`
/// users; in a tile, one column of bits after another; in a column, user u of the tile at
/// `word[u / 64] >> (u % 64) & 1`. A column is a cache line, and a tile mostly fits the first-level
/// cache. Behind a tile's columns comes one that is 1 for every user there is. Bits past the last
/// user are 0.
/// Moved, not copied; reading is thread-safe, so is writing to different columns.
class MUSTER_EXPORT EncodedUsers {
 public:
  static constexpr std::size_t tile_users = 512;
  static constexpr std::size_t tile_words = tile_users / 64;

  EncodedUsers() = default;
  /// All bits 0, but for the column that marks the users. O(users × bits).
  EncodedUsers(std::size_t users, std::size_t bits);
  EncodedUsers(EncodedUsers&& other) noexcept { *this = std::move(other); }
  EncodedUsers& operator=(EncodedUsers&& other) noexcept;

  std::size_t users() const noexcept { return users_; }
  std::size_t bits() const noexcept { return bits_; }
  std::size_t tiles() const noexcept { return (users_ + tile_users - 1) / tile_users; }
  /// Users in a tile: tile_users but for the last.
  std::size_t users_in(std::size_t tile) const noexcept;

  std::uint64_t* column(std::size_t tile, std::size_t bit) noexcept {
    return words_ + (tile * (bits_ + 1) + bit) * tile_words;
  }
  /// That of bit bits() has a 1 for every user of the tile.
  const std::uint64_t* column(std::size_t tile, std::size_t bit) const noexcept {
    return words_ + (tile * (bits_ + 1) + bit) * tile_words;
  }

  /// Gathers one user's bits, as Encoder::encode gives them. O(bits).
  /// REQUIRES: index < users(); out.size() is bits() / 64, rounded up.
  void user(std::size_t index, std::span<std::uint64_t> out) const noexcept;

  /// Encoder::fingerprint() of the encoder that wrote the bits; 0 where none did.
  std::uint64_t fingerprint() const noexcept { return fingerprint_; }
  void set_fingerprint(std::uint64_t of_encoder) noexcept { fingerprint_ = of_encoder; }

  std::size_t memory_bytes() const noexcept {
    return tiles() * (bits_ + 1) * tile_words * sizeof(std::uint64_t);
  }

 private:
  struct Free {
    void operator()(void* memory) const noexcept { std::free(memory); }
  };
  void mark_users() noexcept;

  std::size_t users_ = 0;
  std::size_t bits_ = 0;
  std::uint64_t fingerprint_ = 0;
  std::unique_ptr<void, Free> memory_;
  std::uint64_t* words_ = nullptr;  // the first 64-byte line of memory_
};

}  // namespace muster
