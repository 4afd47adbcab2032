#pragma once

#include <vector>

#include "plan/analyse_rules.hpp"

namespace muster {

/// never_wins, exclusive_overlap, no_channel, and what was given up on, in order of policies.
/// `rules` are those of the policies. Fails with cancelled.
Result<std::vector<CatalogueFinding>> analyse_exclusion(const Catalogue& catalogue,
                                                        const RuleAnalysis& rules,
                                                        const PredicatePool& predicates,
                                                        const AnalysisOptions& options,
                                                        const RunOptions& run);

}  // namespace muster
