#include "plan/analyse_rules.hpp"

#include <algorithm>
#include <map>

namespace muster {
namespace {

using FindingKind = CatalogueFinding::Kind;
using Question = CatalogueFinding::Question;

Formula spell_out(const Checker& checker, const Formula& formula) {
  auto spelt = checker.spell_out(formula);
  return spelt ? std::move(*spelt) : Formula{};
}

FindingKind kind_of(Finding::Kind kind) {
  switch (kind) {
    case Finding::Kind::never_true:
      return FindingKind::never_true;
    case Finding::Kind::always_true:
      return FindingKind::always_true;
    case Finding::Kind::equal:
      return FindingKind::equal;
    case Finding::Kind::contained:
      return FindingKind::contained;
    case Finding::Kind::gave_up:
      break;
  }
  return FindingKind::gave_up;
}

/// Which segments a segment names, at once or by way of others.
class NamedSegments {
 public:
  explicit NamedSegments(const Checker& checker) : checker_(checker) {}

  bool names(std::uint32_t segment, std::uint32_t other) {
    const auto [at, added] = named_.try_emplace(segment);
    if (added) at->second = find_all(segment);
    return std::binary_search(at->second.begin(), at->second.end(), other);
  }

 private:
  std::vector<std::uint32_t> find_all(std::uint32_t segment) const {
    std::vector<char> seen(checker_.segments());
    std::vector<std::uint32_t> out{segment};
    for (std::size_t i = 0; i < out.size(); ++i) {
      const Expr& rule = checker_.segment_rule(out[i]);
      for (const Expr::Node& node : rule.nodes()) {
        if (node.op != Expr::Op::segment) continue;
        const auto found = checker_.find_segment(rule.text(node));
        if (!found || seen[*found]) continue;
        seen[*found] = true;
        out.push_back(*found);
      }
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  const Checker& checker_;
  std::map<std::uint32_t, std::vector<std::uint32_t>> named_;
};

}  // namespace

RuleAnalysis::RuleAnalysis(std::vector<Formula> formulas)
    : formulas_(std::move(formulas)),
      extents_(formulas_.size(), Extent::some),
      wider_(formulas_.size()) {
  for (std::uint32_t rule = 0; rule < formulas_.size(); ++rule) twins_.push_back(rule);
}

Result<void> RuleAnalysis::run(const PredicatePool& predicates, const AnalysisOptions& options,
                               const RunOptions& run) {
  std::vector<Formula> known;
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t rule = 0; rule < formulas_.size(); ++rule) {
    if (formulas_[rule].nodes.empty()) {
      findings_.push_back({.kind = FindingKind::gave_up,
                           .one = rule,
                           .other = rule,
                           .question = Question::too_long});
      continue;
    }
    known.push_back(formulas_[rule]);
    numbers.push_back(rule);
  }
  const auto found = muster::analyse(known, predicates, options, run);
  if (!found) return found.error();
  for (const Finding& finding : *found) note(finding, numbers);
  std::stable_sort(findings_.begin(), findings_.end(), [](const auto& a, const auto& b) {
    return std::pair(a.one, a.other) < std::pair(b.one, b.other);
  });
  return {};
}

void RuleAnalysis::note(const Finding& finding, std::span<const std::uint32_t> numbers) {
  const std::uint32_t rule = numbers[finding.rule];
  CatalogueFinding out{.kind = kind_of(finding.kind), .one = rule};
  switch (finding.kind) {
    case Finding::Kind::never_true:
      extents_[rule] = Extent::nobody;
      break;
    case Finding::Kind::always_true:
      extents_[rule] = Extent::everybody;
      break;
    case Finding::Kind::equal:
      out.other = twins_[rule] = numbers[finding.other];
      break;
    case Finding::Kind::contained:
      out.other = numbers[finding.other];
      wider_[rule].push_back(out.other);
      break;
    case Finding::Kind::gave_up:
      out.other = numbers[finding.other];
      out.question = out.other == rule ? Question::never_or_always : Question::contained;
      break;
  }
  findings_.push_back(std::move(out));
}

bool RuleAnalysis::may_fit(std::uint32_t rule) const {
  return !formulas_[rule].nodes.empty() && extents_[rule] != Extent::nobody;
}

bool RuleAnalysis::contains(std::uint32_t outer, std::uint32_t inner) const {
  if (!may_fit(outer) || !may_fit(inner)) return false;
  if (extents_[outer] == Extent::everybody) return true;
  const std::uint32_t wide = twins_[outer], narrow = twins_[inner];
  return wide == narrow || std::binary_search(wider_[narrow].begin(), wider_[narrow].end(), wide);
}

std::vector<Formula> segment_formulas(const Catalogue& catalogue, Checker& checker) {
  checker.check_segments();
  std::vector<Formula> out;
  for (const Segment& segment : catalogue.segments()) {
    const auto number = checker.find_segment(segment.name);
    out.push_back(number ? spell_out(checker, checker.segment(*number, false)) : Formula{});
  }
  return out;
}

std::vector<Formula> policy_formulas(const Catalogue& catalogue, Checker& checker) {
  std::vector<Formula> out;
  for (const Policy& policy : catalogue.policies()) {
    const auto checked = checker.check(whole_rule(policy));
    out.push_back(checked ? spell_out(checker, checked->formula) : Formula{});
  }
  return out;
}

void leave_out_named(std::vector<CatalogueFinding>& findings, const Catalogue& catalogue,
                     const Checker& checker) {
  NamedSegments named(checker);
  const auto number = [&](std::uint32_t position) {
    return checker.find_segment(catalogue.segments()[position].name).value_or(0);
  };
  std::erase_if(findings, [&](const CatalogueFinding& finding) {
    if (finding.kind != FindingKind::contained) return false;
    const std::uint32_t one = number(finding.one), other = number(finding.other);
    return named.names(one, other) || named.names(other, one);
  });
}

}  // namespace muster
