#pragma once

#include <memory>
#include <vector>

#include "muster/core/progress.hpp"
#include "muster/tags/arrow.hpp"
#include "muster/tags/encoder.hpp"
#include "tags/tile_encoder.hpp"
#include "tags/user_blocks.hpp"

namespace muster {

/// Blocks of users encoded when they are asked for, into memory that a worker uses again for its
/// next block: so bits are read by whoever asked before they leave the second-level cache.
class FreshBlocks final : public UserBlocks {
 public:
  /// For as many workers as `run` gives; borrows the users. Fails with schema_mismatch.
  static Result<FreshBlocks> of(const Encoder& encoder, const UserTable& users, Date today,
                                const RunOptions& run);
  static Result<FreshBlocks> of(const Encoder& encoder, const ArrowUsers& users, Date today,
                                const RunOptions& run);

  std::size_t users() const noexcept override { return users_; }
  std::size_t bits() const noexcept override { return bits_; }
  /// Fails with missing_value where a derived tag that is not nullable turns out NULL.
  Result<TileRange> block(std::size_t block, unsigned worker) const override;
  /// The same to where `out` has the block's tiles. REQUIRES: `out` has users() of bits().
  Result<void> encode(std::size_t block, unsigned worker, EncodedUsers& out) const;

 private:
  struct Worker {
    explicit Worker(TileEncoder encoder) : tiles(std::move(encoder)) {}
    TileEncoder tiles;
    EncodedUsers here;  // one block
  };

  template <class Users>
  static Result<FreshBlocks> of_any(const Encoder& encoder, const Users& users, Date today,
                                    const RunOptions& run);
  FreshBlocks(std::size_t users, std::size_t bits) : users_(users), bits_(bits) {}

  std::size_t users_;
  std::size_t bits_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace muster
