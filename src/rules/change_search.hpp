#pragma once

#include <vector>

#include "muster/rules/analysis.hpp"
#include "rules/problem.hpp"
#include "rules/search.hpp"

namespace muster {

/// Looks for changes of one user's tags with which a formula holds, taking tags to be independent
/// of each other, but that derived ones are NULL where their inputs are.
class ChangeSearch {
 public:
  using Hold = Search::Hold;

  /// All are borrowed.
  ChangeSearch(const Formula& formula, const PredicatePool& predicates, const UserView& user,
               Date today, const AnalysisOptions& options);

  const std::vector<TagId>& tags() const { return problem_.tags(); }
  const Schema& schema() const { return problem_.schema(); }

  /// The fewest changes: any at all first, then from none upwards, so that the first found are
  /// the fewest. `holds` has one for each of tags(), not free.
  SmallestChange fewest(const std::vector<Hold>& holds);

  /// What the free tags must come to, nothing else changing; they are then listed where anything
  /// is asked of them at all.
  SmallestChange with_free(const std::vector<Hold>& holds);

  /// Whether the user's value is what the change asks for.
  bool user_does(const Change& change) const;

 private:
  Verdict try_changes(std::size_t max_changes, const std::vector<Hold>& holds);
  bool asks_days(TagId tag) const;
  Change change(const TagState& state, std::size_t slot) const;

  const Formula& formula_;
  const PredicatePool& predicates_;
  const UserView& user_;
  Date today_;
  const AnalysisOptions& options_;
  Problem problem_;
  std::vector<bool> answers_;
  std::size_t steps_ = 0;
  std::size_t fewest_ = 0;
  std::vector<Change> changes_;
};

}  // namespace muster
