#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "muster/core/progress.hpp"
#include "muster/rules/check.hpp"

namespace muster {

/// An answer that may have been too dear to find.
enum class Verdict : std::uint8_t { no, yes, unknown };

/// Work allowed for one question, in search steps; past it the verdict is `unknown`.
struct AnalysisOptions {
  std::size_t max_steps = 20'000;
};

/// A user for whom a formula holds, given by the values that matter; other tags are free.
struct Witness {
  Verdict found = Verdict::unknown;
  /// Any value that answers yes will do; to all of them, where there are several of one tag
  /// (sets; dates asked both for the day and for the days until it).
  std::vector<Predicate> tags;
};

/// Exact within the budget: a category has one value, a number is ordered, NULL is apart; today
/// is any day, for each date tag. Of a derived tag it is only known that it is NULL where a tag is
/// that it is worked out from; its number is taken to be free, so that "never true", "always true"
/// and "contained" always hold where they are found, but are not found where they follow from a
/// formula. At most max_steps steps, each O(literals). Thread-safe if the pool is not written.
/// REQUIRES: segments are spelt out.
MUSTER_EXPORT Witness find_user(const Formula& formula, const PredicatePool& predicates,
                                const AnalysisOptions& options = {});
MUSTER_EXPORT Verdict never_true(const Formula& formula, const PredicatePool& predicates,
                                 const AnalysisOptions& options = {});
MUSTER_EXPORT Verdict always_true(const Formula& formula, const PredicatePool& predicates,
                                  const AnalysisOptions& options = {});
/// Whether every user of `inner` is a user of `outer`.
MUSTER_EXPORT Verdict contained(const Formula& inner, const Formula& outer,
                                const PredicatePool& predicates,
                                const AnalysisOptions& options = {});

/// What is odd about a list of rules.
struct Finding {
  enum class Kind : std::uint8_t { never_true, always_true, equal, contained, gave_up };
  Kind kind;
  std::uint32_t rule;  ///< position in the list
  /// equal: the earlier twin; contained: the wider rule; gave_up: the rule compared with, or the
  /// rule itself where it is open whether it is never or always true.
  std::uint32_t other = 0;
};

/// Findings over all rules and pairs of rules, in order of `rule`, then `other`. A rule that
/// equals an earlier one, or is never or always true, is not compared further. Pairs are first
/// thinned out by trying users found for one rule on all others, so that few need the search.
/// Costs O(rules² / 64 × users tried) at worst, and the searches. Runs on the caller's thread
/// whatever `run.threads` says; progress passes over the rules three times. Fails with cancelled
/// only. Thread-safe if the pool is not written. REQUIRES: segments are spelt out.
MUSTER_EXPORT Result<std::vector<Finding>> analyse(std::span<const Formula> rules,
                                                   const PredicatePool& predicates,
                                                   const AnalysisOptions& options = {},
                                                   const RunOptions& run = {});

/// What one tag of a user would have to become.
struct Change {
  TagId tag{};
  std::vector<Predicate> needed;  ///< all must answer yes; more than one for sets only
  std::string text;               ///< the same as rule text
  std::string derived;            ///< formula of a derived tag, else empty
};
/// The fewest tags of one user that would have to change for a formula to hold.
///
/// A derived tag changes only with tags that it is worked out from, and may change where it should
/// not when one of these does. Where the changes found are of either kind, `changes` also holds
/// what derived tags that move along must come to (though the user's value may do already), and
/// values are looked for with which all of it comes true. They are looked for by trying: where
/// none are found there may be some nevertheless, and `certain` says so.
struct SmallestChange {
  Verdict found = Verdict::unknown;  ///< no: no change helps (never true); unknown: gave up
  bool exact = true;                 ///< fewest possible, rather than the best found in the budget
  bool certain = true;               ///< false: derived tags may not come out as `changes` says
  std::vector<Change> changes;       ///< empty where the formula holds already
  /// Values with which derived tags of `changes` come out so, of the tags whose value differs
  /// from the user's. Empty where no derived tag is among the changes.
  std::vector<Change> example;
};
/// For a formula whose segments are spelt out. Costs what find_user does, for each tag more that
/// must change. Thread-safe if the pool is not written.
MUSTER_EXPORT SmallestChange smallest_change(const Formula& formula,
                                             const PredicatePool& predicates, const UserView& user,
                                             Date today, const AnalysisOptions& options = {});

}  // namespace muster
