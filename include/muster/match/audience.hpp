#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "muster/match/rule_set.hpp"

namespace muster {

/// Many users against all rules of a set. Made once per rule set, then used on any number of
/// populations. Immutable, thread-safe. Every call costs O(users × literals of all rules)
/// unless it says otherwise, tells `run.progress` of blocks of tiles, and fails with cancelled, or
/// with schema_mismatch where the users were encoded for another rule set.
/// REQUIRES: users are encoded by the encoder of the same rule set.
///
/// For one question, a population need not be encoded before: calls that take it as it is encode a
/// block of users, answer, and encode the next in its place, so that bits neither leave the cache
/// nor take memory. They also fail as Encoder::encode does.
class MUSTER_EXPORT Audience {
 public:
  explicit Audience(RuleSet rules);

  /// Users matched, per rule. With t threads, tiles are dealt out; the answer does not depend on t.
  Result<std::vector<std::uint64_t>> counts(const EncodedUsers& users,
                                            const RunOptions& run = {}) const;

  Result<std::vector<std::uint64_t>> counts(const ArrowUsers& users, Date today,
                                            const RunOptions& run = {}) const;
  Result<std::vector<std::uint64_t>> counts(const UserTable& users, Date today,
                                            const RunOptions& run = {}) const;

  /// One bitmap a rule, rule after rule, each words_per_rule(users) long: user u of rule r at
  /// `[r * words + u / 64] >> (u % 64) & 1`.
  static std::size_t words_per_rule(const EncodedUsers& users) noexcept;
  Result<std::vector<std::uint64_t>> bitmaps(const EncodedUsers& users,
                                             const RunOptions& run = {}) const;
  /// The same into memory of the caller's, which may be used again. Fails with invalid_argument
  /// unless out.size() is words_per_rule(users) * rules.
  Result<void> bitmaps(const EncodedUsers& users, std::span<std::uint64_t> out,
                       const RunOptions& run = {}) const;
  /// The bitmap of one rule; costs the literals of all rules once, then those of this one for each
  /// user. Fails with invalid_argument where there is no such rule.
  Result<std::vector<std::uint64_t>> bitmap(const EncodedUsers& users, RuleId rule,
                                            const RunOptions& run = {}) const;

  /// All (user, rule) pairs, by user, then rule, in compressed rows: the rules of user u are
  /// `rules[first[u]] … rules[first[u + 1] - 1]`.
  struct Pairs {
    std::vector<std::uint64_t> first;
    std::vector<RuleId> rules;
  };
  Result<Pairs> pairs(const EncodedUsers& users, const RunOptions& run = {}) const;
  /// The same into `out`, whose memory is used again. What it holds after a failure is unspecified.
  Result<void> pairs(const EncodedUsers& users, Pairs& out, const RunOptions& run = {}) const;
  Result<Pairs> pairs(const ArrowUsers& users, Date today, const RunOptions& run = {}) const;
  Result<Pairs> pairs(const UserTable& users, Date today, const RunOptions& run = {}) const;

  /// Users that two rules share: a size() × size() matrix, row by row, symmetric; the diagonal
  /// holds the counts. Costs O(users / 64 × rules²) time, and 8 × rules² bytes for each thread.
  Result<std::vector<std::uint64_t>> overlaps(const EncodedUsers& users,
                                              const RunOptions& run = {}) const;

 private:
  struct Body;
  std::shared_ptr<const Body> body_;
};

}  // namespace muster
