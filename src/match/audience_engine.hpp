#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "match/audience_plan.hpp"
#include "muster/match/audience.hpp"

namespace muster {

/// What Audience does, for programs however they came about. Immutable, thread-safe.
class AudienceEngine {
 public:
  /// REQUIRES: `input` is only read now.
  AudienceEngine(const OneUserInput& input, InstructionSet isa);

  Result<std::vector<std::uint64_t>> counts(const EncodedUsers& users, const RunOptions& run) const;
  Result<void> bitmaps(const EncodedUsers& users, std::span<std::uint64_t> out,
                       const RunOptions& run) const;
  Result<void> pairs(const EncodedUsers& users, Audience::Pairs& out, const RunOptions& run) const;
  Result<std::vector<std::uint64_t>> overlaps(const EncodedUsers& users,
                                              const RunOptions& run) const;

  std::size_t rules() const noexcept { return plan_.rule_count; }
  const AudiencePlan& plan() const noexcept { return plan_; }

 private:
  Result<void> check(const EncodedUsers& users) const;

  AudiencePlan plan_;
  std::size_t user_bits_;
  const AudienceKernel* kernel_;
};

}  // namespace muster
