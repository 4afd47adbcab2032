#pragma once

#include <span>
#include <string>
#include <vector>

#include "muster/plan/catalogue_analysis.hpp"

namespace muster {

/// The audiences of a list of rules, and which contain which.
class RuleAnalysis {
 public:
  /// Nothing is known yet of formulas that are empty: too long to spell out.
  explicit RuleAnalysis(std::vector<Formula> formulas);

  /// Fails with cancelled.
  Result<void> run(const PredicatePool& predicates, const AnalysisOptions& options,
                   const RunOptions& run);

  const Formula& formula(std::uint32_t rule) const { return formulas_[rule]; }
  /// In order of `one`, then `other`.
  const std::vector<CatalogueFinding>& findings() const { return findings_; }

  /// Someone may fit: it was spelt out and is not known to be never true.
  bool may_fit(std::uint32_t rule) const;
  /// It is certain that all users of `inner` are users of `outer`. O(log rules).
  bool contains(std::uint32_t outer, std::uint32_t inner) const;

 private:
  void note(const Finding& finding, std::span<const std::uint32_t> numbers);

  enum class Extent : std::uint8_t { some, nobody, everybody };
  std::vector<Formula> formulas_;
  std::vector<Extent> extents_;
  std::vector<std::uint32_t> twins_;               // the first rule that is equal, often itself
  std::vector<std::vector<std::uint32_t>> wider_;  // ascending; of the first of equal rules
  std::vector<CatalogueFinding> findings_;
};

/// The catalogue's segments, spelt out. REQUIRES: `checker` is the catalogue's.
std::vector<Formula> segment_formulas(const Catalogue& catalogue, Checker& checker);
/// The policies' whole rules.
std::vector<Formula> policy_formulas(const Catalogue& catalogue, Checker& checker);

/// Removes contained segments where one names the other, at once or by way of others.
void leave_out_named(std::vector<CatalogueFinding>& findings, const Catalogue& catalogue,
                     const Checker& checker);

}  // namespace muster
