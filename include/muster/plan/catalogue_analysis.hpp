#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "muster/policy/catalogue.hpp"
#include "muster/rules/analysis.hpp"

namespace muster {

/// What is odd about a catalogue, whoever the users are.
struct CatalogueFinding {
  enum class Kind : std::uint8_t {
    never_true,   ///< fits nobody
    always_true,  ///< fits everybody
    equal,        ///< fits the same users as `other`, an earlier one
    contained,    ///< fits only users whom `other` fits as well
    never_wins,   ///< a policy is never offered, because `other` of its `group` always is first
    exclusive_overlap,  ///< some users fit both policies of a group: `example`
    no_channel,         ///< no channel of the catalogue may carry the policy
    unused_category,    ///< rules ask for the tag, but none names these `categories`
    unused_tag,         ///< no rule, script or propensity names the tag
    gave_up             ///< `question` stays open
  };
  enum class Of : std::uint8_t { segment, policy, tag };
  enum class Question : std::uint8_t {
    none,
    never_or_always,  ///< whether it is never or always true
    contained,        ///< whether it is contained in `other`
    overlap,          ///< whether users fit both it and `other`
    all_overlaps,     ///< whom it shares users with in `group`: max_overlap_questions were asked
    too_long          ///< anything: its rules together are beyond the limits of one rule
  };

  Kind kind{};
  Of of{};
  std::uint32_t one = 0;    ///< position among the catalogue's segments, policies or tags
  std::uint32_t other = 0;  ///< the same, where there is another
  Question question{};
  std::string group = {};  ///< exclusion group
  /// A rule: whom it fits, fit both. Where it names a derived tag, such a user is possible only if
  /// the tags that one is worked out from can be so.
  std::string example = {};
  bool certain = true;                        ///< false where `example` names a derived tag
  std::vector<CategoryCode> categories = {};  ///< ascending

  friend bool operator==(const CatalogueFinding&, const CatalogueFinding&) = default;
};

/// Pairs of exclusive policies that are asked whether they overlap, in a whole catalogue.
inline constexpr std::size_t max_overlap_questions = 20'000;

/// Findings over a catalogue: of segments, then policies, then tags; of one of these in order of
/// position, then of Kind, but never true to contained and what was given up on first, by `other`.
/// A policy counts as for users of whom its whole rule is TRUE (whole_rule).
///
/// Contained segments are left out where one names the other: that stands in the catalogue.
///
/// `never_wins`, `exclusive_overlap` and `no_channel` leave retired policies out and take others
/// as though they were released. A policy never wins only where that is certain whatever a user's
/// contacts and whatever was accepted: another (released, or both in test; valid whenever it is;
/// without quota and budget; in no group that it is not in; for all of its users and on all of its
/// channels, none of which has a contact rule that counts by policy) is of a lower tier, or of the
/// same and, by the catalogue's own propensities, of a better score on every channel. Scores are
/// compared where both policies have the same context weights and either their propensities are
/// constant or they have one and the same propensity and the same channels. Exclusive policies
/// overlap if also their validities do. `no_channel` is found only where there are channels.
///
/// Costs what analyse() of all segments and of all policies does, O(policies²) of each group, and
/// up to max_overlap_questions searches. Runs on the caller's thread whatever `run.threads` says.
/// Fails with cancelled only. Thread-safe.
MUSTER_EXPORT Result<std::vector<CatalogueFinding>> analyse(const Catalogue& catalogue,
                                                            const AnalysisOptions& options = {},
                                                            const RunOptions& run = {});

}  // namespace muster
