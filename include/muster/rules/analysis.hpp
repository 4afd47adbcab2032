#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

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
  std::vector<Predicate> tags;  ///< one a tag: any value that answers yes will do
};

/// Exact within the budget: a category has one value, a number is ordered, NULL is apart.
/// Formulas must have their segments spelt out. All are thread-safe if the pool is not written.
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
  std::uint32_t rule;       ///< position in the list
  std::uint32_t other = 0;  ///< equal: the earlier twin; contained: the wider rule
};

/// Findings over all rules and pairs of rules, in order of `rule`. Pairs are first thinned out by trying
/// users found for one rule on all others, so that few need the search.
MUSTER_EXPORT std::vector<Finding> analyse(std::span<const Formula> rules,
                                           const PredicatePool& predicates,
                                           const AnalysisOptions& options = {});

/// The fewest tags of one user that would have to change for a formula to hold.
struct Change {
  Predicate needed;     ///< what the tag must become
  std::string text;     ///< `needed` as rule text
};
struct SmallestChange {
  Verdict found = Verdict::unknown;  ///< no: no change helps (never true); unknown: gave up
  bool exact = true;                 ///< fewest possible, rather than the best found in the budget
  std::vector<Change> changes;       ///< empty where the formula holds already
};
MUSTER_EXPORT SmallestChange smallest_change(const Formula& formula,
                                             const PredicatePool& predicates,
                                             const UserView& user, Date today,
                                             const AnalysisOptions& options = {});

}  // namespace muster
