#include "muster/match/explain.hpp"

#include <fmt/format.h>

#include "tags/predicate_text.hpp"

namespace muster {
namespace {

/// The user's value; where the rule counts days, with the days counted.
std::string actual_text(const Schema& schema, const Predicate& predicate, const Cell& cell,
                        Date today) {
  std::string text = cell_text(schema, predicate.tag, cell);
  const Date* date = std::get_if<Date>(&cell);
  if (!date || predicate.aspect != Aspect::days_until) return text;
  const std::int64_t days = std::int64_t{date->days} - today.days;
  const char* unit = days == 1 || days == -1 ? "day" : "days";
  if (days < 0) return fmt::format("{}, {} {} ago", text, -days, unit);
  return fmt::format("{}, in {} {}", text, days, unit);
}

std::vector<ExplainedLiteral> explain_literals(const Formula& formula,
                                               const PredicatePool& predicates,
                                               const UserView& user, Date today) {
  const Schema& schema = predicates.schema();
  std::vector<ExplainedLiteral> out;
  std::vector<bool> done(predicates.size());
  for (const Formula::Node& node : formula.nodes) {
    if (node.op != Formula::Op::predicate || done[node.id]) continue;
    done[node.id] = true;
    const Predicate& predicate = predicates[PredicateId{node.id}];
    const Cell cell = value_of(schema, user, predicate.tag);
    out.push_back({to_rule_text(schema, predicate), actual_text(schema, predicate, cell, today),
                   holds(predicate, cell, today)});
  }
  return out;
}

std::string change_text(const SmallestChange& change) {
  if (change.found == Verdict::no) return "no change of tags would make it match\n";
  if (change.found == Verdict::unknown) return "no change that would make it match was found\n";
  std::string out = change.exact ? "it would match with:\n" : "it would match, for one, with:\n";
  for (const Change& one : change.changes) out += fmt::format("  {}\n", one.text);
  return out;
}

}  // namespace

Result<Explanation> explain(Checker& checker, std::string_view rule, const UserView& user,
                            Date today, const AnalysisOptions& options) {
  const Result<Checked> checked = checker.check(rule);
  if (!checked) return checked.error();
  const Result<Formula> formula = checker.spell_out(checked->formula);
  if (!formula) return formula.error();
  Explanation out;
  out.matches = holds(*formula, checker.predicates(), user, today);
  out.literals = explain_literals(*formula, checker.predicates(), user, today);
  out.change.found = Verdict::yes;
  if (!out.matches) {
    out.change = smallest_change(*formula, checker.predicates(), user, today, options);
  }
  return out;
}

std::string to_text(const Explanation& explanation) {
  std::string out = explanation.matches ? "matches\n" : "does not match\n";
  for (const ExplainedLiteral& literal : explanation.literals) {
    out += fmt::format("  {} {} (is {})\n", literal.holds ? "yes" : "no ", literal.text,
                       literal.actual);
  }
  if (!explanation.matches) out += change_text(explanation.change);
  return out;
}

}  // namespace muster
