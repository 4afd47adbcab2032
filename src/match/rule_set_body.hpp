#pragma once

#include <memory>
#include <vector>

#include "match/kernel.hpp"
#include "match/lower.hpp"
#include "match/one_user.hpp"
#include "muster/match/rule_set.hpp"

namespace muster {

/// What a rule set holds. The index is made from the rest.
struct RuleSet::Body {
  /// Builds the index. Fails with cancelled.
  static Result<RuleSet> make(Lowered lowered, const Kernel& kernel, const Limits& limits,
                              const RunOptions& run);

  OneUserInput input() const noexcept {
    return {compiled.shared, compiled.rules, compiled.encoder.bits()};
  }

  CompiledRules compiled;
  std::vector<Frequency> frequencies;  ///< of each of compiled.all_bits()
  const Kernel* kernel;
  OneUserIndex index;
};

struct Scratch::Body {
  explicit Body(const RuleSet::Body& rules);

  OneUserScratch one_user;
  std::vector<std::uint64_t> before;  // two bitmaps of all rules
  std::vector<std::uint64_t> after;
};

}  // namespace muster
