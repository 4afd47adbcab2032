#pragma once

#include <cstdint>

#include "match/aligned_array.hpp"
#include "match/audience_plan.hpp"
#include "tags/user_blocks.hpp"

namespace muster {

/// One thread's working memory: what rules read for the users of one tile. That is the tile itself,
/// or, where rules share units, copies of its columns, with the units behind them.
class AudienceLines {
 public:
  AudienceLines(const AudiencePlan& plan, const AudienceKernel& kernel);

  /// Makes everything that rules read for a tile of the block.
  void fill(const TileRange& block, std::size_t tile) noexcept;

  /// counts[i] += users that the i-th of the plan's targets of rules is true for.
  void count(std::uint64_t* counts) const noexcept;
  /// The users of rule r as value r of `out`.
  void store(const LineOutput& out) const noexcept;
  void mark(const MarkedOutput& out) const noexcept;

 private:
  /// Calls fn(group) for each group of rules, and meanwhile brings the next tile into the
  /// second-level cache, a few columns a group: processors do not fetch that far ahead of their
  /// own, and many prefetches at once keep them waiting.
  template <class Fn>
  void for_each_group(Fn&& fn) const noexcept;

  const AudiencePlan& plan_;
  const AudienceKernel& kernel_;
  AlignedWords copies_;                  // of columns, then units
  const std::uint64_t* here_ = nullptr;  // what rules read
  const std::uint64_t* next_ = nullptr;  // columns of the next tile
};

}  // namespace muster
