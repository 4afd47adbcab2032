#pragma once

#include <algorithm>

#include "match/audience_lines.hpp"

namespace muster {

/// One thread's bitmaps of all rules, a tile of users at a time, and which rules have users there:
/// most have none, and pairs and overlaps need not look at them.
class AudienceMatches {
 public:
  AudienceMatches(const AudiencePlan& plan, const AudienceKernel& kernel);

  /// A tile's, for fn: bitmaps[r * line_words …] of rule r, rules with users ascending.
  struct LineMatches {
    const std::uint64_t* bitmaps;
    const std::uint32_t* active;  ///< 64-byte aligned; so many more as a row has may be read
    std::size_t active_count;
    std::size_t users;
  };

  template <class Fn>
  void match(const TileRange& block, std::size_t tile, Fn&& fn) {
    store(block, tile);
    const std::size_t active = kernel_.find_active(used_.data(), rules_, active_.data());
    fn(LineMatches{bitmaps_.data(), active_.data(), active, block.users->users_in(tile)});
  }

 private:
  void store(const TileRange& block, std::size_t tile) noexcept;

  const AudienceKernel& kernel_;
  std::size_t rules_;
  AudienceLines lines_;
  AlignedWords bitmaps_;
  AlignedArray<std::uint8_t> used_;
  AlignedArray<std::uint32_t> active_;
};

}  // namespace muster
