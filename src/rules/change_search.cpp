#include "rules/change_search.hpp"

#include <algorithm>

#include "tags/predicate_sets.hpp"
#include "tags/predicate_text.hpp"

namespace muster {

ChangeSearch::ChangeSearch(const Formula& formula, const PredicatePool& predicates,
                           const UserView& user, Date today, const AnalysisOptions& options)
    : formula_(formula),
      predicates_(predicates),
      user_(user),
      today_(today),
      options_(options),
      problem_(predicates.schema()) {
  problem_.add_on(today, formula, predicates);
  problem_.add_derived();
  for (const Problem::Question& question : problem_.questions()) {
    const Cell cell = value_of(predicates.schema(), user, question.predicate.tag);
    answers_.push_back(holds(question.predicate, cell, today));
  }
}

SmallestChange ChangeSearch::fewest(const std::vector<Hold>& holds) {
  steps_ = options_.max_steps;
  Verdict found = try_changes(Search::unbounded, holds);
  SmallestChange out;
  out.found = found;
  if (found == Verdict::no) return out;
  std::size_t changes = 0;
  const std::size_t enough = found == Verdict::yes ? fewest_ : tags().size() + 1;
  for (steps_ = options_.max_steps; out.exact && changes < enough; ++changes) {
    const Verdict now = try_changes(changes, holds);
    out.exact = now != Verdict::unknown;
    if (now != Verdict::yes) continue;
    out.found = now;
    out.changes = std::move(changes_);
    return out;
  }
  if (out.exact && changes > tags().size()) out.found = Verdict::no;
  out.changes = std::move(changes_);
  return out;
}

SmallestChange ChangeSearch::with_free(const std::vector<Hold>& holds) {
  steps_ = options_.max_steps;
  SmallestChange out;
  out.found = try_changes(0, holds);
  out.exact = false;
  if (out.found == Verdict::yes) out.changes = std::move(changes_);
  return out;
}

bool ChangeSearch::user_does(const Change& change) const {
  const Cell cell = value_of(schema(), user_, change.tag);
  return std::all_of(change.needed.begin(), change.needed.end(),
                     [&](const Predicate& needed) { return holds(needed, cell, today_); });
}

Verdict ChangeSearch::try_changes(std::size_t max_changes, const std::vector<Hold>& holds) {
  Search search(problem_, steps_);
  search.hold_to(answers_, max_changes, holds);
  const Verdict found = search.run();
  if (found != Verdict::yes) return found;
  fewest_ = search.changes();
  changes_.clear();
  for (std::size_t slot = 0; slot < tags().size(); ++slot) {
    const TagState& state = search.states()[slot];
    if (search.has_changed(slot) && !state.parts().empty()) changes_.push_back(change(state, slot));
  }
  std::sort(changes_.begin(), changes_.end(),
            [](const Change& a, const Change& b) { return a.tag < b.tag; });
  return found;
}

/// Dates are spoken of as the formula does.
bool ChangeSearch::asks_days(TagId tag) const {
  return std::any_of(formula_.nodes.begin(), formula_.nodes.end(), [&](const auto& node) {
    if (node.op != Formula::Op::predicate) return false;
    const Predicate& predicate = predicates_[PredicateId{node.id}];
    return predicate.tag == tag && predicate.aspect == Aspect::days_until;
  });
}

Change ChangeSearch::change(const TagState& state, std::size_t slot) const {
  Change out;
  out.tag = tags()[slot];
  out.derived = schema().tag(out.tag).derived;
  const bool days = asks_days(out.tag);
  for (const Predicate& part : state.parts()) {
    out.needed.push_back(days ? with_aspect(schema(), part, Aspect::days_until, today_) : part);
    const BoundText text = bound_text(schema(), out.needed.back());
    const bool parentheses = state.parts().size() > 1 && text.binding == Binding::any_of;
    if (!out.text.empty()) out.text += " AND ";
    out.text += parentheses ? "(" + text.text + ")" : text.text;
  }
  return out;
}

}  // namespace muster
