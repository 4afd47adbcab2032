#include "plan/analyse_exclusion.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/cancelled.hpp"
#include "plan/outranks.hpp"
#include "tags/predicate_text.hpp"

namespace muster {
namespace {

using FindingKind = CatalogueFinding::Kind;
using Of = CatalogueFinding::Of;
using Question = CatalogueFinding::Question;
using FormulaOp = Formula::Op;

/// Appends what holds where `formula` does to the operands of an AND; returns how many.
std::uint32_t append_operands(Formula& out, const Formula& formula) {
  if (formula.is_always()) return 0;
  const bool all = formula.nodes.back().op == FormulaOp::all_of;
  out.nodes.insert(out.nodes.end(), formula.nodes.begin(), formula.nodes.end() - (all ? 1 : 0));
  return all ? formula.nodes.back().arity : 1;
}

/// REQUIRES: neither is empty or never true.
Formula both(const Formula& a, const Formula& b) {
  Formula out;
  const std::uint32_t operands = append_operands(out, a) + append_operands(out, b);
  if (operands == 1) return out;
  Formula::Node root;
  root.op = operands == 0 ? FormulaOp::always : FormulaOp::all_of;
  root.arity = operands;
  root.size = static_cast<std::uint32_t>(out.nodes.size() + 1);
  out.nodes.push_back(root);
  return out;
}

class Exclusion {
 public:
  Exclusion(const Catalogue& catalogue, const RuleAnalysis& rules, const PredicatePool& predicates,
            const AnalysisOptions& options)
      : catalogue_(catalogue),
        rules_(rules),
        predicates_(predicates),
        options_(options),
        outranking_(catalogue) {
    collect_groups();
  }

  std::size_t policies() const { return catalogue_.policies().size(); }

  /// Findings whose `one` is this policy.
  void look_at(PolicyId policy) {
    if (policy_at(policy).state == PolicyState::retired) return;
    if (rules_.may_fit(policy)) {
      find_winner(policy);
      find_overlaps(policy);
    }
    if (!catalogue_.channels().empty() && !outranking_.has_channels(policy)) {
      findings_.push_back({.kind = FindingKind::no_channel, .of = Of::policy, .one = policy});
    }
  }

  std::vector<CatalogueFinding> take() { return std::move(findings_); }

 private:
  const Policy& policy_at(PolicyId policy) const { return catalogue_.policies()[policy]; }

  void collect_groups() {
    for (PolicyId policy = 0; policy < policies(); ++policy) {
      if (policy_at(policy).state == PolicyState::retired || !rules_.may_fit(policy)) continue;
      for (const std::string& group : policy_at(policy).groups) {
        groups_[group].push_back(policy);
      }
    }
  }

  bool always_loses(PolicyId loser, PolicyId winner) const {
    return rules_.contains(winner, loser) && outranking_.always(winner, loser);
  }

  void find_winner(PolicyId policy) {
    if (!outranking_.has_channels(policy)) return;
    for (const std::string& group : policy_at(policy).groups) {
      for (const PolicyId other : groups_[group]) {
        if (!always_loses(policy, other)) continue;
        findings_.push_back({.kind = FindingKind::never_wins,
                             .of = Of::policy,
                             .one = policy,
                             .other = other,
                             .group = group});
        return;
      }
    }
  }

  void find_overlaps(PolicyId policy) {
    std::set<PolicyId> seen;
    for (const std::string& group : policy_at(policy).groups) {
      for (const PolicyId other : groups_[group]) {
        if (other <= policy || !seen.insert(other).second || !may_meet(policy, other)) continue;
        if (asked_ == max_overlap_questions) {
          give_up(Question::all_overlaps, policy, policy, group);
          break;
        }
        ++asked_;
        compare(policy, other, group);
      }
    }
  }

  // That one always wins says more.
  bool may_meet(PolicyId one, PolicyId other) const {
    const Validity &a = policy_at(one).valid, &b = policy_at(other).valid;
    return a.from < b.until && b.from < a.until && !always_loses(one, other) &&
           !always_loses(other, one);
  }

  void compare(PolicyId one, PolicyId other, const std::string& group) {
    const Witness user =
        find_user(both(rules_.formula(one), rules_.formula(other)), predicates_, options_);
    if (user.found == Verdict::unknown) return give_up(Question::overlap, one, other, group);
    if (user.found == Verdict::no) return;
    CatalogueFinding found{
        .kind = FindingKind::exclusive_overlap, .of = Of::policy, .one = one, .other = other};
    found.group = group;
    describe(user, found);
    findings_.push_back(std::move(found));
  }

  void describe(const Witness& user, CatalogueFinding& out) const {
    const Schema& schema = catalogue_.schema();
    for (const Predicate& part : user.tags) {
      if (is_always(schema, part)) continue;
      if (!out.example.empty()) out.example += " AND ";
      const BoundText text = bound_text(schema, part);
      out.example += text.binding == Binding::any_of ? "(" + text.text + ")" : text.text;
      if (schema.arithmetic(part.tag) != nullptr) out.certain = false;
    }
    if (out.example.empty()) out.example = "TRUE";
  }

  void give_up(Question question, PolicyId one, PolicyId other, const std::string& group) {
    findings_.push_back({.kind = FindingKind::gave_up,
                         .of = Of::policy,
                         .one = one,
                         .other = other,
                         .question = question,
                         .group = group});
  }

  const Catalogue& catalogue_;
  const RuleAnalysis& rules_;
  const PredicatePool& predicates_;
  const AnalysisOptions& options_;
  Outranking outranking_;
  std::map<std::string, std::vector<PolicyId>> groups_;
  std::size_t asked_ = 0;
  std::vector<CatalogueFinding> findings_;
};

}  // namespace

Result<std::vector<CatalogueFinding>> analyse_exclusion(const Catalogue& catalogue,
                                                        const RuleAnalysis& rules,
                                                        const PredicatePool& predicates,
                                                        const AnalysisOptions& options,
                                                        const RunOptions& run) {
  Exclusion exclusion(catalogue, rules, predicates, options);
  for (PolicyId policy = 0; policy < exclusion.policies(); ++policy) {
    if (is_cancelled(run.cancel)) return Error{Errc::cancelled, "the analysis was cancelled", {}};
    exclusion.look_at(policy);
    if (run.progress) run.progress(policy + 1, exclusion.policies());
  }
  return exclusion.take();
}

}  // namespace muster
