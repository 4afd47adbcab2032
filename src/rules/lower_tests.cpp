#include <algorithm>

#include "rules/like.hpp"
#include "rules/lower.hpp"
#include "tags/predicate_sets.hpp"

namespace muster {

using ExprOp = Expr::Op;

/// Puts the operands of a test but the first into operands_; gives the first.
std::uint32_t Lowering::read_operands(const Item& item) {
  const auto nodes = item.expr->nodes();
  operands_.clear();
  std::uint32_t operand = item.node - 1;
  for (std::uint32_t i = 1; i < node_of(item).arity; ++i) {
    operands_.push_back(operand);
    operand -= nodes[operand].size;
  }
  std::reverse(operands_.begin(), operands_.end());
  return operand;
}

/// IN, BETWEEN and LIKE are what they say for some known values (`yes`), are not for others
/// (`no`), and NULL for the rest.
void Lowering::emit_test(const Item& item, const Predicate& yes, const Predicate& no,
                         bool negated) {
  note_hazard(item, yes.tag, !negated);
  emit(atoms_.test(yes, no, negated ? under_not(item.wanted) : item.wanted));
}

void Lowering::lower_in(const Item& item, bool negated) {
  const auto left = subject(item, read_operands(item));
  if (!left) return;
  if (left->type == TagType::category_set) return fail_operator(item, *left);
  Predicate yes = known_none(left->tag, left->aspect);
  bool null = false;
  for (const std::uint32_t operand : operands_) {
    const Node& constant = item.expr->nodes()[operand];
    if (constant.op == ExprOp::null) {
      null = true;
    } else {
      add_value(item, *left, constant, yes);
    }
  }
  std::sort(yes.cuts.begin(), yes.cuts.end());
  yes.cuts.erase(std::unique(yes.cuts.begin(), yes.cuts.end()), yes.cuts.end());
  yes = canonical(schema_, std::move(yes));
  const Predicate no = null ? known_none(left->tag) : known_others(schema_, yes);
  emit_test(item, yes, no, negated);
}

/// One more value of a list.
void Lowering::add_value(const Item& item, const Subject& of, const Node& constant,
                         Predicate& list) {
  if (of.type == TagType::boolean) {
    if (constant.op != ExprOp::boolean) return fail_constant(item, of, constant);
    list.codes.push_back(CategoryCode{constant.integer != 0});
  } else if (of.type == TagType::category) {
    if (const auto value = code(item, of, constant)) list.codes.push_back(*value);
  } else if (const auto value = number(item, of, constant)) {
    list.cuts.push_back({*value, false});
    list.cuts.push_back({*value, true});
  }
}

void Lowering::lower_between(const Item& item, bool negated) {
  const auto left = subject(item, read_operands(item));
  if (!left) return;
  if (left->type != TagType::number && left->type != TagType::date) {
    return fail_operator(item, *left);
  }
  std::optional<Number> bounds[2];
  for (int i = 0; i < 2; ++i) {
    const Node& constant = item.expr->nodes()[operands_[static_cast<std::size_t>(i)]];
    if (constant.op == ExprOp::null) continue;
    bounds[left->since ? 1 - i : i] = number(item, *left, constant);
  }
  if (!diagnostics_.empty()) return;
  emit_between(item, *left, bounds[0], bounds[1], negated);
}

/// As `low <= x AND x <= high`, either of which may be NULL.
void Lowering::emit_between(const Item& item, const Subject& of, std::optional<Number> low,
                            std::optional<Number> high, bool negated) {
  const auto test = [&](Atoms::Test what, Number constant) {
    return number_test(schema_, of.tag, of.aspect, what, constant);
  };
  Predicate yes = known_none(of.tag);
  Predicate no = known_none(of.tag);
  if (low) no = test(Atoms::Test::lt, *low);
  if (high) {
    const Predicate up_to = test(Atoms::Test::le, *high);
    if (low) yes = *both(schema_, known_others(schema_, no), up_to);
    no = *either(schema_, no, known_others(schema_, up_to));
  }
  emit_test(item, yes, no, negated);
}

void Lowering::lower_like(const Item& item, bool negated) {
  const auto left = subject(item, read_operands(item));
  if (!left) return;
  if (left->type != TagType::category) return fail_operator(item, *left);
  const Node& pattern = item.expr->nodes()[operands_.front()];
  if (pattern.op == ExprOp::null) return emit_truth(item, Truth::unknown);
  if (pattern.op != ExprOp::string) return fail_constant(item, *left, pattern);
  const auto prefix = like_prefix(item.expr->text(pattern));
  if (!prefix) return fail(item, pattern, Errc::wrong_type, std::string(bad_pattern_message));
  Predicate yes = known_none(left->tag);
  const auto& values = schema_.tag(left->tag).values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].starts_with(*prefix)) yes.codes.push_back(CategoryCode(i));
  }
  if (yes.codes.empty()) return fail_no_category_like(item, *left, pattern, *prefix);
  emit_test(item, yes, known_others(schema_, yes), negated);
}

void Lowering::lower_has(const Item& item, bool all) {
  const auto left = subject(item, read_operands(item));
  if (!left) return;
  if (left->type != TagType::category_set) return fail_operator(item, *left);
  Predicate any = known_none(left->tag);
  for (const std::uint32_t operand : operands_) {
    const auto value = code(item, *left, item.expr->nodes()[operand]);
    if (value) any.codes.push_back(*value);
  }
  any = canonical(schema_, std::move(any));
  note_hazard(item, left->tag, true);
  if (!all || any.codes.size() < 2) return emit(atoms_.test(any, item.wanted));
  emit_operator(keeps_operators(item.wanted), static_cast<std::uint32_t>(any.codes.size()));
  for (auto value = any.codes.rbegin(); value != any.codes.rend(); ++value) {
    emit(atoms_.category(left->tag, *value, item.wanted));
  }
}

}  // namespace muster
