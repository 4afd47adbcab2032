#include "muster/rules/analysis.hpp"

#include "rules/problem.hpp"
#include "rules/search.hpp"

namespace muster {
namespace {

Verdict opposite(Verdict verdict) {
  if (verdict == Verdict::unknown) return verdict;
  return verdict == Verdict::yes ? Verdict::no : Verdict::yes;
}

Verdict satisfiable(Problem& problem, const AnalysisOptions& options) {
  problem.add_derived();
  std::size_t steps = options.max_steps;
  return Search(problem, steps).run();
}

}  // namespace

Witness find_user(const Formula& formula, const PredicatePool& predicates,
                  const AnalysisOptions& options) {
  Problem problem(predicates.schema());
  problem.add(formula, predicates);
  problem.add_derived();
  std::size_t steps = options.max_steps;
  Search search(problem, steps);
  Witness out;
  out.found = search.run();
  if (out.found != Verdict::yes) return out;
  for (const TagState& state : search.states()) {
    out.tags.insert(out.tags.end(), state.parts().begin(), state.parts().end());
  }
  return out;
}

Verdict never_true(const Formula& formula, const PredicatePool& predicates,
                   const AnalysisOptions& options) {
  Problem problem(predicates.schema());
  problem.add(formula, predicates);
  return opposite(satisfiable(problem, options));
}

Verdict always_true(const Formula& formula, const PredicatePool& predicates,
                    const AnalysisOptions& options) {
  Problem problem(predicates.schema());
  problem.add(formula, predicates, true);
  return opposite(satisfiable(problem, options));
}

Verdict contained(const Formula& inner, const Formula& outer, const PredicatePool& predicates,
                  const AnalysisOptions& options) {
  Problem problem(predicates.schema());
  problem.add(inner, predicates);
  problem.add(outer, predicates, true);
  return opposite(satisfiable(problem, options));
}

}  // namespace muster
