#pragma once

#include <cstdint>

#include "match/aligned_array.hpp"
#include "match/audience_plan.hpp"
#include "muster/tags/encoded_users.hpp"

namespace muster {

/// Lines of a tile, all of it users but in the last.
inline std::size_t lines_in(const EncodedUsers& users, std::size_t tile) noexcept {
  return (users.users_in(tile) + line_users - 1) / line_users;
}

/// So many lines of each of `values` as fit the second-level cache, a tile's at most, one at least.
std::size_t lines_that_fit(std::size_t values) noexcept;

/// One thread's working memory: lines of columns and units. Columns are copied for several lines
/// in one go, because memory is read much faster column by column than line by line.
class AudienceLines {
 public:
  AudienceLines(const AudiencePlan& plan, const AudienceKernel& kernel);

  /// Makes everything that rules read, for line `line` of `tile`. REQUIRES: lines of a tile come
  /// one after another, from 0 on.
  void fill(const EncodedUsers& users, std::size_t tile, std::size_t line) noexcept;

  /// counts[i] += users that the i-th rule of the plan is true for. There are count_slack more.
  void count(std::uint64_t* counts) const noexcept;
  /// The users of rule r as value r of `out`.
  void store(const LineOutput& out) const noexcept;

 private:
  void copy_columns(const EncodedUsers& users, std::size_t tile, std::size_t first) noexcept;

  const AudiencePlan& plan_;
  const AudienceKernel& kernel_;
  std::size_t at_once_;              // lines whose columns are copied in one go
  AlignedWords lines_;               // plan.lines lines of the first users, then of the next ones
  std::uint64_t* here_ = nullptr;    // those of the users filled last
  AlignedArray<std::uint8_t> used_;  // units with users; nobody asks
};

}  // namespace muster
