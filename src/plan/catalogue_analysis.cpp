#include "muster/plan/catalogue_analysis.hpp"

#include <algorithm>

#include "plan/analyse_exclusion.hpp"
#include "plan/analyse_rules.hpp"
#include "plan/unused_tags.hpp"

namespace muster {
namespace {

using Findings = std::vector<CatalogueFinding>;
using Of = CatalogueFinding::Of;

void append(Findings& out, Findings more, Of of) {
  for (CatalogueFinding& finding : more) {
    finding.of = of;
    out.push_back(std::move(finding));
  }
}

/// One of three stages of equal weight in the caller's progress.
RunOptions stage(const RunOptions& run, std::uint64_t number) {
  constexpr std::uint64_t whole = 1'000'000;
  RunOptions out{.cancel = run.cancel};
  if (!run.progress) return out;
  out.progress = [&run, number](std::uint64_t done, std::uint64_t total) {
    const double part = total == 0 ? 1 : static_cast<double>(done) / static_cast<double>(total);
    run.progress(number * whole + static_cast<std::uint64_t>(part * whole), 3 * whole);
  };
  return out;
}

}  // namespace

Result<Findings> analyse(const Catalogue& catalogue, const AnalysisOptions& options,
                         const RunOptions& run) {
  Checker checker = catalogue.checker();
  RuleAnalysis segments(segment_formulas(catalogue, checker));
  RuleAnalysis policies(policy_formulas(catalogue, checker));
  const PredicatePool& predicates = checker.predicates();
  if (auto ok = segments.run(predicates, options, stage(run, 0)); !ok) return ok.error();
  if (auto ok = policies.run(predicates, options, stage(run, 1)); !ok) return ok.error();
  auto exclusive = analyse_exclusion(catalogue, policies, predicates, options, stage(run, 2));
  if (!exclusive) return exclusive.error();

  Findings out, named = segments.findings();
  leave_out_named(named, catalogue, checker);
  append(out, std::move(named), Of::segment);
  append(out, policies.findings(), Of::policy);
  append(out, *std::move(exclusive), Of::policy);
  append(out, unused_tags(catalogue), Of::tag);
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return std::pair(a.of, a.one) < std::pair(b.of, b.one);
  });
  return out;
}

}  // namespace muster
