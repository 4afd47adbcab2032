#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "match/audience_plan.hpp"
#include "muster/match/audience.hpp"
#include "tags/user_blocks.hpp"

namespace muster {

/// What Audience does, for programs however they came about and users whenever they are encoded.
/// Immutable, thread-safe.
class AudienceEngine {
 public:
  /// REQUIRES: `input` is only read now.
  AudienceEngine(const OneUserInput& input, InstructionSet isa);

  Result<std::vector<std::uint64_t>> counts(const UserBlocks& users, const RunOptions& run) const;
  /// Into words_for(users) words a rule.
  Result<void> bitmaps(const UserBlocks& users, std::span<std::uint64_t> out,
                       const RunOptions& run) const;
  Result<void> pairs(const UserBlocks& users, Audience::Pairs& out, const RunOptions& run) const;
  Result<std::vector<std::uint64_t>> overlaps(const UserBlocks& users, const RunOptions& run) const;

  std::size_t rules() const noexcept { return plan_.rule_count; }
  const AudiencePlan& plan() const noexcept { return plan_; }

 private:
  Result<void> check(const UserBlocks& users) const;

  AudiencePlan plan_;
  std::size_t user_bits_;
  const AudienceKernel* kernel_;
};

}  // namespace muster
