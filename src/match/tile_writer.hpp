#pragma once

#include <span>
#include <vector>

#include "match/lane.hpp"
#include "muster/core/progress.hpp"

namespace muster {

/// Lays the entries of one tile out under their keys; see one_user_layout.hpp.
class TileWriter {
 public:
  /// `block_bytes`: how much padding may grow to save a block.
  TileWriter(const LaneWriter& lanes, const OneUserCosts& costs, std::size_t block_bytes,
             OneUserTables& out, const CancelToken* cancel = nullptr)
      : lanes_(lanes),
        max_lanes_(costs.lanes),
        block_bytes_(block_bytes),
        out_(out),
        cancel_(cancel) {}

  /// Adds keys and lines to `tile`. `keys`: what each entry is filed under. Leaves the tile
  /// unfinished once cancelled.
  void write(OneUserTile& tile, const EntryList& entries, std::span<const Literal> keys);

 private:
  // An entry by where it goes: its key's rank, then its shape.
  struct Place {
    std::uint64_t order;
    std::uint32_t entry;
    friend bool operator<(const Place& a, const Place& b) {
      return a.order != b.order ? a.order < b.order : a.entry < b.entry;
    }
  };

  static std::uint64_t order_of(const Lane& lane, Literal key);
  void begin_key(OneUserTile& tile, Literal key);
  static bool may_share_block(const Lane& a, const Lane& b);
  void write_run(const OneUserTile& tile, std::span<const Lane> run);
  std::vector<std::size_t> cut(std::span<const Lane> run) const;
  void write_block(const OneUserTile& tile, std::span<const Lane> block);
  void write_header(std::span<const Lane> block);
  std::uint32_t write_condition(const Lane& lane);
  template <class T>
  void put(T value);

  const LaneWriter& lanes_;
  std::size_t max_lanes_;
  std::size_t block_bytes_;
  OneUserTables& out_;
  const CancelToken* cancel_;
};

}  // namespace muster
