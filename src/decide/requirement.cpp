#include "decide/requirement.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "muster/match/explain.hpp"
#include "tags/predicate_text.hpp"

namespace muster {
namespace {

constexpr std::size_t most_named = 3;

struct Requirement {
  std::string needed;
  std::string actual;
};

bool is_conjunction(const Formula& formula) {
  const auto& nodes = formula.nodes;
  return std::all_of(nodes.begin(), nodes.end() - 1,
                     [](const auto& node) { return node.op == Formula::Op::predicate; }) &&
         (nodes.back().op == Formula::Op::predicate || nodes.back().op == Formula::Op::all_of);
}

/// What fails; of a rule without alternatives it is just what is required.
std::vector<Requirement> failing(const Explanation& explanation) {
  std::vector<Requirement> out;
  for (const ExplainedLiteral& literal : explanation.literals) {
    if (!literal.holds) out.push_back({literal.text, literal.actual});
  }
  return out;
}

std::vector<Requirement> smallest(const Explanation& explanation, const Schema& schema,
                                  const UserView& user) {
  std::vector<Requirement> out;
  for (const Change& change : explanation.change.changes) {
    // A literal of the rule knows how to count days.
    const auto literal = std::find_if(explanation.literals.begin(), explanation.literals.end(),
                                      [&](const auto& one) { return one.text == change.text; });
    out.push_back(
        {change.text, literal != explanation.literals.end()
                          ? literal->actual
                          : cell_text(schema, change.tag, value_of(schema, user, change.tag))});
  }
  return out;
}

std::string to_text(const std::vector<Requirement>& all, Language language) {
  const bool chinese = language == Language::chinese;
  std::string out = chinese ? "需要 " : "requires ";
  for (std::size_t i = 0; i < std::min(all.size(), most_named); ++i) {
    if (i > 0) out += chinese ? "；" : "; ";
    out += all[i].needed;
    out += chinese ? "，该用户为 " : ", this user has ";
    out += all[i].actual;
  }
  if (all.size() <= most_named) return out;
  const std::size_t more = all.size() - most_named;
  return out + (chinese ? fmt::format("；另有 {} 项", more) : fmt::format("; and {} more", more));
}

}  // namespace

std::string requirement_text(const Catalogue& catalogue, const std::string& rule,
                             const UserView& user, Date today, Language language) {
  Checker checker = catalogue.checker();
  const Result<Checked> checked = checker.check(rule);
  if (!checked) return {};
  const Result<Formula> formula = checker.spell_out(checked->formula);
  if (!formula) return {};
  const Result<Explanation> explanation = explain(checker, rule, user, today);
  if (!explanation || explanation->change.found == Verdict::no) return {};
  const auto all = is_conjunction(*formula) ? failing(*explanation)
                                            : smallest(*explanation, catalogue.schema(), user);
  return all.empty() ? std::string() : to_text(all, language);
}

}  // namespace muster
