#include "muster/match/explain.hpp"

#include <fmt/format.h>

#include <span>

#include "match/explain_parts.hpp"
#include "tags/predicate_text.hpp"

namespace muster {
namespace {

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
    const bool days_asked = predicate.aspect == Aspect::days_until;
    out.push_back({to_rule_text(schema, predicate),
                   actual_text(schema, predicate.tag, cell, days_asked, today),
                   holds(predicate, cell, today)});
  }
  return out;
}

constexpr const char* marks[] = {"no  ", "yes ", "null"};

std::string line_of(const ExplainedPart& part) {
  using Kind = ExplainedPart::Kind;
  switch (part.kind) {
    case Kind::condition:
      return part.actual.empty() ? part.text : fmt::format("{} ({})", part.text, part.actual);
    case Kind::all_of:
      return part.negated ? "not all of:" : "all of:";
    case Kind::any_of:
      return part.negated ? "none of:" : "any of:";
    case Kind::segment:
      return fmt::format("{}{}:", part.negated ? "NOT " : "", part.text);
  }
  return {};
}

/// A segment stands on one line with its only condition, or with the "all of" that it is.
bool joins_next(const ExplainedPart& part, const ExplainedPart& next) {
  return part.kind == ExplainedPart::Kind::segment && !part.negated &&
         next.kind != ExplainedPart::Kind::segment;
}

std::string tree_text(std::span<const ExplainedPart> parts) {
  std::string out;
  std::vector<std::uint32_t> joined;  // depths of the parts joined with their segments
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const ExplainedPart& part = parts[i];
    while (!joined.empty() && joined.back() >= part.depth) joined.pop_back();
    const std::size_t indent = 2 * (part.depth - joined.size());
    std::string line = line_of(part);
    if (i + 1 < parts.size() && joins_next(part, parts[i + 1])) {
      line += " " + line_of(parts[++i]);
      joined.push_back(parts[i].depth);
    }
    const std::size_t mark = part.truth ? std::size_t{*part.truth} : 2;
    out += fmt::format("  {} {:{}}{}\n", marks[mark], "", indent, line);
  }
  return out;
}

std::string change_line(const Change& change) {
  if (change.derived.empty()) return fmt::format("  {}\n", change.text);
  return fmt::format("  {} (worked out from {})\n", change.text, change.derived);
}

std::string derived_text(const SmallestChange& change) {
  std::string out;
  for (const Change& one : change.example) {
    out += (out.empty() ? "for example with " : ", ") + one.text;
  }
  if (!change.certain) {
    out =
        "it may not suffice: tags that are worked out from others change with those, and no\n"
        "values of these were found that give it";
  }
  return out.empty() ? out : out + "\n";
}

std::string change_text(const SmallestChange& change) {
  if (change.found == Verdict::no) return "no change of tags would make it match\n";
  if (change.found == Verdict::unknown) return "no change that would make it match was found\n";
  std::string out = !change.certain ? "it might match with:\n"
                    : change.exact  ? "it would match with:\n"
                                    : "it would match, for one, with:\n";
  for (const Change& one : change.changes) out += change_line(one);
  return out + derived_text(change);
}

}  // namespace

Result<Explanation> explain(Checker& checker, std::string_view rule, const UserView& user,
                            Date today, const AnalysisOptions& options) {
  if (const std::uint64_t its_schema = user.schema_fingerprint();
      its_schema != 0 && its_schema != checker.predicates().schema().fingerprint()) {
    return Error{Errc::schema_mismatch, "the user is of another schema than the rule", {}};
  }
  const Result<Checked> checked = checker.check(rule);
  if (!checked) return checked.error();
  const Result<Formula> formula = checker.spell_out(checked->formula);
  if (!formula) return formula.error();
  Explanation out;
  out.matches = holds(*formula, checker.predicates(), user, today);
  out.parts = explain_parts(checker, rule, user, today);
  out.literals = explain_literals(*formula, checker.predicates(), user, today);
  out.change.found = Verdict::yes;
  if (!out.matches) {
    out.change = smallest_change(*formula, checker.predicates(), user, today, options);
  }
  return out;
}

std::string to_text(const Explanation& explanation) {
  std::string out = explanation.matches ? "matches\n" : "does not match\n";
  out += tree_text(explanation.parts);
  if (!explanation.matches) out += change_text(explanation.change);
  return out;
}

}  // namespace muster
