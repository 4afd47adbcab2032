#include "rules/lower.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"

namespace muster {

Lowering::Lowering(PredicatePool& pool, const SegmentList& segments, const Limits& limits)
    : pool_(pool), schema_(pool.schema()), segments_(segments), limits_(limits), atoms_(pool) {
  for (const Tag& tag : schema_.tags()) tags_.push_back({tag.type, tag.nullable});
}

void Lowering::run(const Expr& rule, Wanted wanted) {
  stack_.clear();
  out_.clear();
  hazards_.clear();
  null_tested_.clear();
  diagnostics_ = {};
  literals_ = 0;
  depth_ = 0;
  may_be_null_ = false;
  stopped_ = false;
  if (rule.empty()) {
    diagnostics_.report(Errc::syntax, {}, "the rule is empty");
    return;
  }
  range_ = rule.nodes().back().range;
  stack_.push_back({&rule, static_cast<std::uint32_t>(rule.nodes().size() - 1), 0, wanted});
  while (!stack_.empty()) {
    const Item item = stack_.back();
    stack_.pop_back();
    lower(item);
  }
}

void Lowering::lower(const Item& item) {
  using Op = Expr::Op;
  const Node& node = node_of(item);
  switch (node.op) {
    case Op::tag:
      return lower_boolean_tag(item);
    case Op::segment:
      return lower_segment(item);
    case Op::boolean:
      return emit_truth(item, truth_of(node.integer != 0));
    case Op::null:
      return emit_truth(item, Truth::unknown);
    case Op::integer:
    case Op::number:
    case Op::string:
    case Op::date:
    case Op::days_since:
    case Op::days_until:
      return fail(item, node, Errc::wrong_type, "a condition is needed here, not a value");
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return lower_comparison(item, node.op);
    case Op::in:
    case Op::not_in:
      return lower_in(item, node.op == Op::not_in);
    case Op::between:
    case Op::not_between:
      return lower_between(item, node.op == Op::not_between);
    case Op::like:
    case Op::not_like:
      return lower_like(item, node.op == Op::not_like);
    case Op::has_any:
    case Op::has_all:
      return lower_has(item, node.op == Op::has_all);
    case Op::is_null:
    case Op::is_not_null:
      return lower_null_test(item, node.op == Op::is_not_null);
    case Op::is_true:
      return lower_is(item, Wanted::is_true);
    case Op::is_not_true:
      return lower_is(item, Wanted::not_true);
    case Op::is_false:
      return lower_is(item, Wanted::is_false);
    case Op::is_not_false:
      return lower_is(item, Wanted::not_false);
    case Op::logical_not:
      return push(item, item.node - 1, under_not(item.wanted), true);
    case Op::logical_and:
    case Op::logical_or:
      return lower_logical(item, node.op == Op::logical_and);
  }
}

void Lowering::push(const Item& from, std::uint32_t node, Wanted wanted, bool under_not) {
  check_depth(from.depth + 1);
  if (stopped_) return;
  stack_.push_back({from.expr, node, from.depth + 1, wanted, under_not, from.foreign});
}

void Lowering::lower_logical(const Item& item, bool conjunction) {
  const Node& node = node_of(item);
  emit_operator(conjunction == keeps_operators(item.wanted), node.arity);
  // The last operand is lowered first, so the first one is pushed first.
  const std::size_t first = stack_.size();
  std::uint32_t operand = item.node - 1;
  for (std::uint32_t i = 0; i < node.arity; ++i) {
    push(item, operand, item.wanted, item.under_not);
    operand -= item.expr->nodes()[operand].size;
  }
  if (stack_.size() > first) {
    std::reverse(stack_.begin() + static_cast<std::ptrdiff_t>(first), stack_.end());
  }
}

void Lowering::lower_boolean_tag(const Item& item) {
  const Node& node = node_of(item);
  const auto tag = find_tag(item, node);
  if (!tag) return;
  if (tags_[static_cast<std::size_t>(*tag)].type != TagType::boolean) {
    return fail(item, node, Errc::wrong_type,
                what_it_is(schema_.tag(*tag)) + ", which is not a condition by itself");
  }
  note_hazard(item, *tag, true);
  emit(atoms_.boolean(*tag, item.wanted));
}

/// IS [NOT] TRUE and IS [NOT] FALSE: never NULL themselves.
void Lowering::lower_is(const Item& item, Wanted tested) {
  const bool positive = keeps_operators(item.wanted);
  const Wanted otherwise = Wanted(static_cast<std::uint8_t>(tested) ^ 2u);
  push(item, item.node - 1, positive ? tested : otherwise, false);
}

void Lowering::lower_segment(const Item& item) {
  const Node& node = node_of(item);
  const std::string_view name = item.expr->text(node);
  const auto number = segments_.find(name);
  if (!number) return fail_unknown_segment(item, name);
  const DefinedSegment& segment = segments_[*number];
  if (segment.state != DefinedSegment::State::right) {
    const Errc code = segment.errors.empty() ? Errc::unknown_segment : segment.errors[0].code;
    return fail(item, node, code, fmt::format("segment {} has errors of its own", in_quotes(name)));
  }
  if (accepts_null(item.wanted)) {
    Item spelt_out = item;
    spelt_out.expr = &segment.rule;
    spelt_out.foreign = true;
    return push(spelt_out, static_cast<std::uint32_t>(segment.rule.nodes().size() - 1), item.wanted,
                false);
  }
  refer_to(item, *number);
}

void Lowering::refer_to(const Item& item, std::uint32_t number) {
  const DefinedSegment& segment = segments_[number];
  note_segment_hazard(item, segment);
  const bool negated = item.wanted == Wanted::is_false;
  count_literals(negated ? segment.literals_false : segment.literals_true);
  check_depth(item.depth + segment.depth);
  const Formula& formula = segment.formula(negated);
  if (formula.is_always() || formula.is_never()) return emit_constant(formula.is_always());
  Formula::Node node;
  node.op = Formula::Op::segment;
  node.negated = negated;
  node.id = number;
  out_.push_back(node);
}

void Lowering::emit_operator(bool all, std::uint32_t arity) {
  Formula::Node node;
  node.op = all ? Formula::Op::all_of : Formula::Op::any_of;
  node.arity = arity;
  out_.push_back(node);
}

void Lowering::emit(PredicateId id) {
  const PredicateFacts::Facts& facts = predicate_facts_.of(pool_, id);
  if (facts.never || facts.always) return emit_constant(facts.always);
  count_literals(1);
  Formula::Node node;
  node.op = Formula::Op::predicate;
  node.id = static_cast<std::uint32_t>(id);
  out_.push_back(node);
}

void Lowering::emit_constant(bool value) {
  count_literals(1);
  Formula::Node node;
  node.op = value ? Formula::Op::always : Formula::Op::never;
  out_.push_back(node);
}

void Lowering::count_literals(std::size_t more) {
  literals_ += more;
  if (literals_ <= limits_.max_rule_literals) return;
  stop(
      fmt::format("with its segments spelt out the rule has more than max_rule_literals = {} "
                  "comparisons",
                  limits_.max_rule_literals));
}

void Lowering::check_depth(std::uint32_t depth) {
  if (depth <= depth_) return;
  depth_ = depth;
  if (depth <= limits_.max_rule_depth) return;
  stop(fmt::format("the rule is nested more than max_rule_depth = {} levels deep",
                   limits_.max_rule_depth));
}

/// Gives up on the rule.
void Lowering::stop(std::string message) {
  stack_.clear();
  if (!stopped_) diagnostics_.report(Errc::limit, range_, std::move(message));
  stopped_ = true;
}

}  // namespace muster
