#pragma once

#include <algorithm>
#include <cstddef>

#include "muster/core/error.hpp"
#include "muster/tags/encoded_users.hpp"

namespace muster {

/// Tiles that a thread takes in one go: enough users for handing them out to cost nothing, few
/// enough for a column of them to stay in the first-level cache, and all their bits in the second.
inline constexpr std::size_t tiles_a_block = 8;
inline constexpr std::size_t users_a_block = tiles_a_block * EncodedUsers::tile_users;

/// Some neighbouring tiles.
struct TileRange {
  const EncodedUsers* users;
  std::size_t first;
  std::size_t end;
};

/// A population as blocks of encoded users, all of users_a_block but for the last, whenever they
/// are encoded. Borrowed by several threads at once, the workers.
class UserBlocks {
 public:
  virtual ~UserBlocks() = default;

  virtual std::size_t users() const noexcept = 0;
  virtual std::size_t bits() const noexcept = 0;
  std::size_t blocks() const noexcept { return (users() + users_a_block - 1) / users_a_block; }
  std::size_t users_in(std::size_t block) const noexcept {
    return std::min(users_a_block, users() - block * users_a_block);
  }

  /// A block's tiles, valid until the worker's next call. REQUIRES: block < blocks(); one call at
  /// a time a worker.
  virtual Result<TileRange> block(std::size_t block, unsigned worker) const = 0;
};

/// Those of a population that is encoded as a whole. Borrows it.
class EncodedBlocks final : public UserBlocks {
 public:
  explicit EncodedBlocks(const EncodedUsers& users) : users_(users) {}

  std::size_t users() const noexcept override { return users_.users(); }
  std::size_t bits() const noexcept override { return users_.bits(); }
  Result<TileRange> block(std::size_t block, unsigned) const override {
    const std::size_t first = block * tiles_a_block;
    return TileRange{&users_, first, std::min(users_.tiles(), first + tiles_a_block)};
  }

 private:
  const EncodedUsers& users_;
};

}  // namespace muster
