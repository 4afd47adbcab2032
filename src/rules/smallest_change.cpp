#include <algorithm>

#include "muster/rules/analysis.hpp"
#include "rules/change_search.hpp"
#include "rules/derived_inputs.hpp"
#include "rules/derived_values.hpp"
#include "tags/predicate_sets.hpp"
#include "tags/predicate_text.hpp"

namespace muster {
namespace {

using Hold = Search::Hold;

/// Makes changes true that touch derived tags, or tags that these are worked out from.
class DerivedChange {
 public:
  DerivedChange(ChangeSearch& search, const UserView& user, std::size_t max_steps)
      : search_(search), schema_(search.schema()), user_(user), steps_(max_steps) {
    for (const TagId tag : search.tags()) {
      if (!schema_.tag(tag).derived.empty()) derived_.push_back(tag);
    }
  }

  bool concerns(const SmallestChange& found) const {
    return std::any_of(found.changes.begin(), found.changes.end(), [this](const Change& change) {
      return std::any_of(derived_.begin(), derived_.end(), [&](TagId derived) {
        return derived == change.tag || contains(inputs_of(schema_, derived), change.tag);
      });
    });
  }
  bool has_derived() const { return !derived_.empty(); }

  /// Lets more and more tags move: those that are to change, and what derived ones of them are
  /// worked out from; what derived tags that move along are worked out from; the same where the
  /// rule asks for these themselves.
  SmallestChange run(const SmallestChange& found) {
    std::vector<TagId> movable;
    for (const Change& change : found.changes) {
      if (change.derived.empty()) movable.push_back(change.tag);
      append_inputs(change.tag, movable, false);
    }
    for (const bool asked_too : {false, true}) {
      if (auto out = with(movable, found)) return *out;
      for (const TagId derived : moved_by(movable)) append_inputs(derived, movable, asked_too);
      if (auto out = with(movable, found)) return *out;
    }
    return without_derived(found);
  }

 private:
  bool is_asked(TagId tag) const { return contains(search_.tags(), tag); }

  void append_inputs(TagId derived, std::vector<TagId>& movable, bool asked_too) const {
    for (const TagId input : inputs_of(schema_, derived)) {
      if (!schema_.tag(input).derived.empty() || contains(movable, input)) continue;
      if (asked_too || !is_asked(input)) movable.push_back(input);
    }
  }

  std::vector<TagId> moved_by(const std::vector<TagId>& movable) const {
    std::vector<TagId> out;
    for (const TagId derived : derived_) {
      const std::vector<TagId> inputs = inputs_of(schema_, derived);
      const bool moves = std::any_of(inputs.begin(), inputs.end(),
                                     [&](TagId input) { return contains(movable, input); });
      if (moves) out.push_back(derived);
    }
    return out;
  }

  /// The change and an example of it, with only these tags moving and what is worked out from
  /// them.
  std::optional<SmallestChange> with(const std::vector<TagId>& movable,
                                     const SmallestChange& found) {
    const std::vector<TagId> moved = moved_by(movable);
    std::vector<Hold> holds;
    for (const TagId tag : search_.tags()) {
      const bool free = contains(movable, tag) || contains(moved, tag);
      holds.push_back(free ? Hold::free : Hold::fixed);
    }
    SmallestChange out = search_.with_free(holds);
    if (out.found != Verdict::yes) return std::nullopt;
    std::vector<Predicate> asked;
    std::vector<TagId> numbers;
    for (const TagId tag : movable) {
      if (schema_.tag(tag).type == TagType::number) numbers.push_back(tag);
    }
    for (const Change& change : out.changes) {
      if (schema_.tag(change.tag).type == TagType::number) asked.push_back(change.needed.front());
    }
    const auto values = DerivedValues(schema_, user_, asked, steps_).find(numbers);
    if (!values) return std::nullopt;
    std::vector<TagId> needed = movable;  // what moves with tags that need not move is not asked
    std::erase_if(needed, [&](TagId tag) {
      return schema_.tag(tag).type == TagType::number && !is_among(*values, tag);
    });
    if (needed.size() < movable.size()) {
      if (auto less = with(needed, found)) return less;
    }
    out.exact = found.exact && out.changes.size() == 1;
    for (const auto& [tag, cell] : *values) out.example.push_back(example(tag, cell));
    std::sort(out.example.begin(), out.example.end(),
              [](const Change& a, const Change& b) { return a.tag < b.tag; });
    std::erase_if(out.changes, [&](const Change& change) { return stays(change, *values); });
    return out;
  }

  static bool is_among(const DerivedValues::Values& values, TagId tag) {
    return std::any_of(values.begin(), values.end(),
                       [&](const auto& value) { return value.first == tag; });
  }

  /// Was free to change, but the user's value does.
  bool stays(const Change& change, const DerivedValues::Values& values) const {
    return change.derived.empty() && !is_among(values, change.tag) && search_.user_does(change);
  }

  Change example(TagId tag, const Cell& cell) const {
    Predicate value = known_none(tag);
    if (const Number* number = std::get_if<Number>(&cell)) {
      value.cuts = {{*number, false}, {*number, true}};
    } else {
      value.null = true;
    }
    Change out;
    out.tag = tag;
    out.needed = {canonical(schema_, std::move(value))};
    out.text = to_rule_text(schema_, out.needed.front());
    return out;
  }

  /// A change that leaves derived tags and what they are worked out from as they are; where there
  /// is none, the one that may not suffice.
  SmallestChange without_derived(const SmallestChange& found) {
    std::vector<TagId> kept = derived_;
    for (const TagId derived : derived_) append_inputs(derived, kept, true);
    std::vector<Hold> holds;
    for (const TagId tag : search_.tags()) {
      holds.push_back(contains(kept, tag) ? Hold::fixed : Hold::counted);
    }
    SmallestChange out = search_.fewest(holds);
    if (out.found != Verdict::yes) out = found, out.certain = false;
    out.exact = false;
    return out;
  }

  ChangeSearch& search_;
  const Schema& schema_;
  const UserView& user_;
  std::size_t steps_;
  std::vector<TagId> derived_;  // that the formula asks for
};

}  // namespace

SmallestChange smallest_change(const Formula& formula, const PredicatePool& predicates,
                               const UserView& user, Date today, const AnalysisOptions& options) {
  ChangeSearch search(formula, predicates, user, today, options);
  const std::vector<Hold> all_counted(search.tags().size(), Hold::counted);
  SmallestChange found = search.fewest(all_counted);
  DerivedChange derived(search, user, options.max_steps);
  if (found.found != Verdict::yes || !derived.has_derived()) return found;
  if (derived.concerns(found)) return derived.run(found);
  // A change of one tag that several derived ones follow was counted as more.
  found.exact = found.exact && found.changes.size() <= 1;
  return found;
}

}  // namespace muster
