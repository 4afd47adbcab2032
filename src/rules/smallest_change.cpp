#include <algorithm>

#include "muster/rules/analysis.hpp"
#include "rules/problem.hpp"
#include "rules/search.hpp"
#include "tags/predicate_sets.hpp"
#include "tags/predicate_text.hpp"

namespace muster {
namespace {

/// Looks for changes of one user's tags: any at all first, then from none upwards, so that the
/// first found are the fewest.
class ChangeSearch {
 public:
  ChangeSearch(const Formula& formula, const PredicatePool& predicates, const UserView& user,
               Date today, const AnalysisOptions& options)
      : formula_(formula),
        predicates_(predicates),
        today_(today),
        options_(options),
        problem_(predicates.schema()) {
    problem_.add_on(today, formula, predicates);
    for (const Problem::Question& question : problem_.questions()) {
      const Cell cell = value_of(predicates.schema(), user, question.predicate.tag);
      answers_.push_back(holds(question.predicate, cell, today));
    }
  }

  SmallestChange run() {
    const std::size_t tags = problem_.tags().size();
    steps_ = options_.max_steps;
    Verdict found = try_changes(Search::unbounded);
    if (found == Verdict::no) return {found, true, {}};
    bool exact = true;
    std::size_t changes = 0;
    const std::size_t enough = found == Verdict::yes ? fewest_ : tags + 1;
    for (steps_ = options_.max_steps; exact && changes < enough; ++changes) {
      const Verdict now = try_changes(changes);
      exact = now != Verdict::unknown;
      if (now == Verdict::yes) return {now, true, std::move(changes_)};
    }
    if (exact && changes > tags) found = Verdict::no;
    return {found, exact, std::move(changes_)};
  }

 private:
  Verdict try_changes(std::size_t max_changes) {
    Search search(problem_, steps_);
    search.hold_to(answers_, max_changes);
    const Verdict found = search.run();
    if (found != Verdict::yes) return found;
    fewest_ = search.changes();
    changes_.clear();
    for (std::size_t slot = 0; slot < problem_.tags().size(); ++slot) {
      if (search.has_changed(slot)) changes_.push_back(change(search.states()[slot], slot));
    }
    std::sort(changes_.begin(), changes_.end(),
              [](const Change& a, const Change& b) { return a.tag < b.tag; });
    return found;
  }

  /// Dates are spoken of as the formula does.
  bool asks_days(TagId tag) const {
    return std::any_of(formula_.nodes.begin(), formula_.nodes.end(), [&](const auto& node) {
      if (node.op != Formula::Op::predicate) return false;
      const Predicate& predicate = predicates_[PredicateId{node.id}];
      return predicate.tag == tag && predicate.aspect == Aspect::days_until;
    });
  }

  Change change(const TagState& state, std::size_t slot) const {
    const Schema& schema = problem_.schema();
    Change out;
    out.tag = problem_.tags()[slot];
    const bool days = asks_days(out.tag);
    for (const Predicate& part : state.parts()) {
      out.needed.push_back(days ? with_aspect(schema, part, Aspect::days_until, today_) : part);
      const BoundText text = bound_text(schema, out.needed.back());
      const bool parentheses = state.parts().size() > 1 && text.binding == Binding::any_of;
      if (!out.text.empty()) out.text += " AND ";
      out.text += parentheses ? "(" + text.text + ")" : text.text;
    }
    return out;
  }

  const Formula& formula_;
  const PredicatePool& predicates_;
  Date today_;
  const AnalysisOptions& options_;
  Problem problem_;
  std::vector<bool> answers_;
  std::size_t steps_ = 0;
  std::size_t fewest_ = 0;
  std::vector<Change> changes_;
};

}  // namespace

SmallestChange smallest_change(const Formula& formula, const PredicatePool& predicates,
                               const UserView& user, Date today, const AnalysisOptions& options) {
  return ChangeSearch(formula, predicates, user, today, options).run();
}

}  // namespace muster
