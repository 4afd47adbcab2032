#pragma once

#include <span>
#include <vector>

#include "match/lane.hpp"

namespace muster {

/// Lays the entries of one tile out under their keys; see one_user_layout.hpp.
class TileWriter {
 public:
  TileWriter(const LaneWriter& lanes, const OneUserCosts& costs, OneUserTables& out)
      : lanes_(lanes), max_lanes_(costs.lanes), out_(out) {}

  /// Adds keys and lines to `tile`. `keys`: what each entry is filed under.
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
  bool fits(const Lane& lane) const;
  void write_block(const OneUserTile& tile);
  void write_header(const Lane& front);
  std::uint32_t write_condition(const Lane& lane);
  template <class T>
  void put(T value);

  const LaneWriter& lanes_;
  std::size_t max_lanes_;
  OneUserTables& out_;
  std::vector<Lane> block_;
};

}  // namespace muster
