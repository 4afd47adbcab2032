#pragma once

#include <cstdint>

#include "match/aligned_words.hpp"
#include "match/audience_plan.hpp"
#include "muster/tags/encoded_users.hpp"

namespace muster {

/// Lines of a tile, all of it users but in the last.
inline std::size_t lines_in(const EncodedUsers& users, std::size_t tile) noexcept {
  return (users.users_in(tile) + line_users - 1) / line_users;
}

/// One thread's working memory: the lines of a run of users, columns and units.
class AudienceLines {
 public:
  AudienceLines(const AudiencePlan& plan, const AudienceKernel& kernel);

  /// Makes everything that rules read, for line `line` of `tile`.
  void fill(const EncodedUsers& users, std::size_t tile, std::size_t line) noexcept;

  /// counts[r] += users that rule r is true for.
  void count(std::uint64_t* counts) const noexcept;
  /// out[r * stride …] = the users of rule r, line_words long.
  void store(std::uint64_t* out, std::size_t stride) const noexcept;

 private:
  void set_valid(std::size_t users) noexcept;

  const AudiencePlan& plan_;
  const AudienceKernel& kernel_;
  AlignedWords lines_;
};

}  // namespace muster
