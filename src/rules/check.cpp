#include "muster/rules/check.hpp"

#include <fmt/format.h>

#include "core/diagnostics.hpp"
#include "rules/lower.hpp"
#include "rules/segment_check.hpp"
#include "rules/simplify.hpp"
#include "rules/spell_out.hpp"

namespace muster {

struct Checker::Body {
  Body(Schema schema, Limits of) : limits(of), pool(std::move(schema)) {}

  Limits limits;
  PredicatePool pool;
  SegmentList segments;
  Lowering lowering{pool, segments, limits};
  Simplifier simplifier{pool};
  SegmentCheck segment_check{segments, lowering, simplifier, limits};
  Expr parsed;
  std::vector<Formula::Node> root_first;
};

namespace {

ByteRange range_of(const Expr& rule) {
  return rule.empty() ? ByteRange{} : rule.nodes().back().range;
}

void warn_of_constant(const Formula& formula, const Expr& rule, std::vector<Diagnostic>& warnings) {
  if (formula.is_never()) {
    warnings.push_back(
        {Severity::warning, Errc::never_true, range_of(rule), "the rule is never true", {}});
  } else if (formula.is_always()) {
    warnings.push_back({Severity::warning,
                        Errc::always_true,
                        range_of(rule),
                        "the rule is true for every user",
                        {}});
  }
}

}  // namespace

Checker::Checker(Schema schema, Limits limits)
    : body_(std::make_unique<Body>(std::move(schema), limits)) {}
Checker::Checker(Checker&&) noexcept = default;
Checker& Checker::operator=(Checker&&) noexcept = default;
Checker::~Checker() = default;

const Schema& Checker::schema() const noexcept { return body_->pool.schema(); }
const PredicatePool& Checker::predicates() const noexcept { return body_->pool; }
PredicatePool& Checker::predicates() noexcept { return body_->pool; }
std::size_t Checker::segments() const noexcept { return body_->segments.size(); }

std::string_view Checker::segment_name(std::uint32_t segment) const noexcept {
  return body_->segments[segment].name;
}

const Formula& Checker::segment(std::uint32_t segment, bool negated) const {
  body_->segment_check.run(segment);
  return body_->segments[segment].formula(negated);
}

std::optional<std::uint32_t> Checker::find_segment(std::string_view name) const noexcept {
  return body_->segments.find(name);
}

const Expr& Checker::segment_rule(std::uint32_t segment) const {
  body_->segment_check.run(segment);
  return body_->segments[segment].rule;
}

Result<std::uint32_t> Checker::add_segment(std::string_view name) {
  SegmentList& segments = body_->segments;
  if (segments.find(name)) {
    return Error{
        Errc::duplicate_name, fmt::format("segment {} is defined twice", in_quotes(name)), {}};
  }
  if (segments.size() >= body_->limits.max_segments) {
    return Error{
        Errc::limit,
        fmt::format("there are more than max_segments = {} segments", body_->limits.max_segments),
        {}};
  }
  body_->segment_check.forget_errors();
  segments.add(name);
  return segments.size() - 1;
}

Result<void> Checker::define(std::string_view name, std::string_view rule) {
  const auto segment = add_segment(name);
  if (!segment) return segment.error();
  body_->segments[*segment].text = rule;
  return {};
}

Result<void> Checker::define(std::string_view name, Expr rule) {
  const auto segment = add_segment(name);
  if (!segment) return segment.error();
  body_->segments[*segment].rule = std::move(rule);
  body_->segments[*segment].parsed = true;
  return {};
}

std::vector<std::vector<Diagnostic>> Checker::check_segments() {
  std::vector<std::vector<Diagnostic>> out;
  for (std::uint32_t i = 0; i < body_->segments.size(); ++i) {
    body_->segment_check.run(i);
    out.push_back(body_->segments[i].errors);
  }
  return out;
}

Result<Checked> Checker::check(std::string_view rule) {
  const Result<void> parsed = parse_into(body_->parsed, rule, body_->limits);
  if (!parsed) return parsed.error();
  return check(body_->parsed);
}

Result<Checked> Checker::check(const Expr& rule) {
  Checked out;
  const Result<void> checked = check_into(out.formula, out.warnings, rule);
  if (!checked) return checked.error();
  return out;
}

Result<void> Checker::check_into(Formula& out, std::vector<Diagnostic>& warnings,
                                 const Expr& rule) {
  Body& body = *body_;
  body.segment_check.run_references(rule);
  body.lowering.run(rule, Wanted::is_true);
  if (!body.lowering.diagnostics().empty()) return to_error(body.lowering.diagnostics().take());
  body.simplifier.run(body.lowering.root_first(), out);
  body.lowering.append_null_hazards(warnings);
  warn_of_constant(out, rule, warnings);
  return {};
}

Result<Formula> Checker::spell_out(const Formula& formula) const {
  Body& body = *body_;
  if (!put_root_first(formula, body.segments, body.limits.max_rule_literals, body.root_first)) {
    return Error{Errc::limit,
                 fmt::format("with its segments spelt out the rule has more than "
                             "max_rule_literals = {} comparisons",
                             body.limits.max_rule_literals),
                 {}};
  }
  Formula out;
  body.simplifier.run(body.root_first, out);
  return out;
}

}  // namespace muster
