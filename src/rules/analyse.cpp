#include <algorithm>

#include "core/cancelled.hpp"
#include "muster/rules/analysis.hpp"
#include "rules/sample_users.hpp"

namespace muster {
namespace {

constexpr std::uint64_t rules_a_report = 64;
constexpr std::size_t batch = 2048;  // rules that users are made up for at a time

bool same_text(const Formula& a, const Formula& b) {
  return std::equal(a.nodes.begin(), a.nodes.end(), b.nodes.begin(), b.nodes.end(),
                    [](const Formula::Node& x, const Formula::Node& y) {
                      return x.op == y.op && x.id == y.id && x.arity == y.arity;
                    });
}

/// Goes through a list of rules, then through those pairs that users do not tell apart.
class Analysis {
 public:
  Analysis(std::span<const Formula> rules, const PredicatePool& predicates,
           const AnalysisOptions& options, const RunOptions& run)
      : rules_(rules),
        predicates_(predicates),
        options_(options),
        run_(run),
        ordinary_(rules.size(), true) {}

  Result<std::vector<Finding>> run() {
    for (std::size_t first = 0; first < rules_.size(); first += batch) {
      look_at(first, std::min(first + batch, rules_.size()));
    }
    const auto count = static_cast<std::uint32_t>(rules_.size());
    for (std::uint32_t rule = 0; rule < count && goes_on(); ++rule) {
      find_twin(rule);
      tell();
    }
    for (std::uint32_t rule = 0; rule < count && goes_on(); ++rule) {
      find_wider(rule);
      tell();
    }
    if (!goes_on()) return Error{Errc::cancelled, "the analysis was cancelled", {}};
    std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
      return std::pair(a.rule, a.other) < std::pair(b.rule, b.other);
    });
    return std::move(findings_);
  }

 private:
  bool goes_on() const { return !is_cancelled(run_.cancel); }

  // Each pass tells when it is through with a rule.
  void tell() {
    if (!goes_on()) return;
    ++done_;
    const std::uint64_t total = 3 * std::uint64_t{rules_.size()};
    if (run_.progress && (done_ % rules_a_report == 0 || done_ == total)) {
      run_.progress(done_, total);
    }
  }

  void look_at(std::size_t first, std::size_t end) {
    std::vector<Witness> witnesses;
    for (std::size_t rule = first; rule < end && goes_on(); ++rule) {
      witnesses.push_back(look_at(static_cast<std::uint32_t>(rule)));
      tell();
    }
    if (!goes_on()) return;
    const auto users = SampleUsers::make(rules_, witnesses, predicates_, run_.cancel);
    if (!users) return;
    for (std::size_t rule = first; rule < end && goes_on(); ++rule) {
      wider_.push_back(users->wider(rule));
    }
  }

  Witness look_at(std::uint32_t rule) {
    Witness witness = find_user(rules_[rule], predicates_, options_);
    if (witness.found == Verdict::no) {
      set_aside(Finding::Kind::never_true, rule, 0);
      return witness;
    }
    const Verdict always = always_true(rules_[rule], predicates_, options_);
    if (always == Verdict::yes) {
      set_aside(Finding::Kind::always_true, rule, 0);
    } else if (witness.found == Verdict::unknown || always == Verdict::unknown) {
      findings_.push_back({Finding::Kind::gave_up, rule, rule});
    }
    return witness;
  }

  void set_aside(Finding::Kind kind, std::uint32_t rule, std::uint32_t other) {
    findings_.push_back({kind, rule, other});
    ordinary_[rule] = false;
  }

  bool may_contain(std::uint32_t inner, std::uint32_t outer) const {
    return inner != outer && ordinary_[inner] && ordinary_[outer] &&
           std::binary_search(wider_[inner].begin(), wider_[inner].end(), outer);
  }

  Verdict is_contained(std::uint32_t inner, std::uint32_t outer) const {
    if (same_text(rules_[inner], rules_[outer])) return Verdict::yes;
    return contained(rules_[inner], rules_[outer], predicates_, options_);
  }

  void find_twin(std::uint32_t rule) {
    for (const std::uint32_t other : wider_[rule]) {
      if (other > rule || !goes_on()) return;
      if (!may_contain(rule, other) || !may_contain(other, rule)) continue;
      if (is_contained(rule, other) != Verdict::yes) continue;
      if (is_contained(other, rule) == Verdict::yes)
        return set_aside(Finding::Kind::equal, rule, other);
    }
  }

  void find_wider(std::uint32_t rule) {
    for (const std::uint32_t other : wider_[rule]) {
      if (!goes_on()) return;
      if (!may_contain(rule, other)) continue;
      const Verdict verdict = is_contained(rule, other);
      if (verdict == Verdict::yes) findings_.push_back({Finding::Kind::contained, rule, other});
      if (verdict == Verdict::unknown) findings_.push_back({Finding::Kind::gave_up, rule, other});
    }
  }

  std::span<const Formula> rules_;
  const PredicatePool& predicates_;
  const AnalysisOptions& options_;
  const RunOptions& run_;
  std::uint64_t done_ = 0;
  std::vector<char> ordinary_;  // neither constant nor the twin of an earlier one
  std::vector<std::vector<std::uint32_t>> wider_;  // per rule, those that may contain it
  std::vector<Finding> findings_;
};

}  // namespace

Result<std::vector<Finding>> analyse(std::span<const Formula> rules,
                                     const PredicatePool& predicates,
                                     const AnalysisOptions& options, const RunOptions& run) {
  return Analysis(rules, predicates, options, run).run();
}

}  // namespace muster
