#include <fmt/format.h>

#include "match/formula_tape.hpp"
#include "match/rule_set_body.hpp"

namespace muster {
namespace {

// Progress of one stage as progress of the whole.
RunOptions part_of(const RunOptions& run, std::uint64_t before, std::uint64_t total) {
  RunOptions part = run;
  if (!run.progress) return part;
  part.progress = [&run, before, total](std::uint64_t done, std::uint64_t) {
    run.progress(before + done, total);
  };
  return part;
}

}  // namespace

struct RuleSetBuilder::Body {
  Body(Schema schema, const Limits& asked) : limits(asked), checker(std::move(schema), asked) {}

  Result<RuleId> add(const Expr& rule) {
    warnings.clear();
    if (rules.size() >= limits.max_rules) return too_many();
    const Result<void> checked = checker.check_into(formula, warnings, rule);
    if (!checked) return checked.error();
    rules.add(formula);
    return static_cast<RuleId>(rules.size() - 1);
  }

  Error too_many() const {
    return {Errc::limit,
            fmt::format("a rule set holds at most max_rules ({}) rules", limits.max_rules),
            {}};
  }

  Limits limits;
  Checker checker;
  FormulaTape rules;
  std::vector<Diagnostic> warnings;
  // Reused from rule to rule.
  Expr expr;
  Formula formula;
};

RuleSetBuilder::RuleSetBuilder(Schema schema, Limits limits)
    : body_(std::make_unique<Body>(std::move(schema), limits)) {}
RuleSetBuilder::RuleSetBuilder(RuleSetBuilder&&) noexcept = default;
RuleSetBuilder& RuleSetBuilder::operator=(RuleSetBuilder&&) noexcept = default;
RuleSetBuilder::~RuleSetBuilder() = default;

Result<void> RuleSetBuilder::define(std::string_view name, std::string_view rule) {
  return body_->checker.define(name, rule);
}

Result<RuleId> RuleSetBuilder::add(std::string_view rule) {
  body_->warnings.clear();
  const Result<void> parsed = parse_into(body_->expr, rule, body_->limits);
  if (!parsed) return parsed.error();
  return body_->add(body_->expr);
}

Result<RuleId> RuleSetBuilder::add(const Expr& rule) { return body_->add(rule); }

std::size_t RuleSetBuilder::size() const noexcept { return body_->rules.size(); }

std::span<const Diagnostic> RuleSetBuilder::warnings() const noexcept { return body_->warnings; }

Result<RuleSet> RuleSetBuilder::compile(const CompileOptions& options) && {
  const Result<const Kernel*> kernel = find_kernel(options.kernel);
  if (!kernel) return kernel.error();
  const std::uint64_t rules = body_->rules.size();
  const RunOptions lowering = part_of(options.run, 0, 2 * rules);
  const RunOptions indexing = part_of(options.run, rules, 2 * rules);
  Result<Lowered> lowered = lower({body_->checker, body_->rules, body_->limits, options.sample,
                                   options.sample_today, lowering});
  if (!lowered) return lowered.error();
  body_->rules = {};
  return RuleSet::Body::make(std::move(*lowered), **kernel, body_->limits, indexing);
}

}  // namespace muster
