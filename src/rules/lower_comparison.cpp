#include <cmath>

#include "core/diagnostics.hpp"
#include "rules/lower.hpp"
#include "rules/mirrored.hpp"
#include "tags/number_order.hpp"

namespace muster {
namespace {

using ExprOp = Expr::Op;

bool is_equality(ExprOp op) { return op == ExprOp::eq || op == ExprOp::ne; }

/// A comparison as one of the three tests, or as its opposite.
struct TestOf {
  Atoms::Test test;
  bool negated;
};

TestOf test_of(ExprOp op) {
  switch (op) {
    case ExprOp::ne:
      return {Atoms::Test::eq, true};
    case ExprOp::lt:
      return {Atoms::Test::lt, false};
    case ExprOp::ge:
      return {Atoms::Test::lt, true};
    case ExprOp::le:
      return {Atoms::Test::le, false};
    case ExprOp::gt:
      return {Atoms::Test::le, true};
    default:
      return {Atoms::Test::eq, false};
  }
}

Wanted asked(const Wanted wanted, bool negated) { return negated ? under_not(wanted) : wanted; }

}  // namespace

void Lowering::lower_comparison(const Item& item, ExprOp op) {
  const Node& right = item.expr->nodes()[item.node - 1];
  const auto left = subject(item, item.node - 1 - right.size);
  if (!left) return;
  switch (left->type) {
    case TagType::boolean:
      return compare_boolean(item, *left, op, right);
    case TagType::category:
      return compare_category(item, *left, op, right);
    case TagType::category_set:
      return fail_operator(item, *left);
    case TagType::number:
    case TagType::date:
      return compare_number(item, *left, op, right);
  }
}

void Lowering::compare_boolean(const Item& item, const Subject& left, ExprOp op,
                               const Node& right) {
  if (!is_equality(op)) return fail_operator(item, left);
  if (right.op == ExprOp::null) return emit_truth(item, Truth::unknown);
  if (right.op != ExprOp::boolean) return fail_constant(item, left, right);
  note_hazard(item, left.tag, op == ExprOp::eq);
  const bool negated = (op == ExprOp::ne) != (right.integer == 0);
  emit(atoms_.boolean(left.tag, asked(item.wanted, negated)));
}

void Lowering::compare_category(const Item& item, const Subject& left, ExprOp op,
                                const Node& right) {
  if (!is_equality(op)) return fail_operator(item, left);
  if (right.op == ExprOp::null) return emit_truth(item, Truth::unknown);
  const auto value = code(item, left, right);
  if (!value) return;
  note_hazard(item, left.tag, op == ExprOp::eq);
  emit(atoms_.category(left.tag, *value, asked(item.wanted, op == ExprOp::ne)));
}

void Lowering::compare_number(const Item& item, const Subject& left, ExprOp op, const Node& right) {
  if (right.op == ExprOp::null) return emit_truth(item, Truth::unknown);
  auto constant = number(item, left, right);
  if (!constant) return;
  note_hazard(item, left.tag, op != ExprOp::ne);
  const TestOf as = test_of(left.since ? mirrored(op) : op);
  emit(atoms_.number(left.tag, left.aspect, as.test, *constant, asked(item.wanted, as.negated)));
}

std::optional<Lowering::Subject> Lowering::subject(const Item& item, std::uint32_t at) {
  const Node& node = item.expr->nodes()[at];
  const bool days = node.op == ExprOp::days_since || node.op == ExprOp::days_until;
  const Node& name = days ? item.expr->nodes()[at - 1] : node;
  if (name.op != ExprOp::tag) {
    fail(item, node, Errc::wrong_type, "a tag is needed here");
    return {};
  }
  const auto tag = find_tag(item, name);
  if (!tag) return {};
  Subject out{*tag, tags_[static_cast<std::size_t>(*tag)].type};
  if (!days) return out;
  if (out.type != TagType::date) {
    fail(item, name, Errc::wrong_type,
         what_it_is(schema_.tag(*tag)) + ", not a date that days could be counted to");
    return {};
  }
  out.aspect = Aspect::days_until;
  out.since = node.op == ExprOp::days_since;
  return out;
}

std::optional<TagId> Lowering::find_tag(const Item& item, const Node& node) {
  const std::string_view name = item.expr->text(node);
  const auto tag = schema_.find(name);
  if (!tag) fail_unknown_tag(item, node, name);
  return tag;
}

std::optional<CategoryCode> Lowering::code(const Item& item, const Subject& of,
                                           const Node& constant) {
  if (constant.op != ExprOp::string) {
    fail_constant(item, of, constant);
    return {};
  }
  const std::string_view value = item.expr->text(constant);
  const auto found = schema_.find_category(of.tag, value);
  if (!found) fail_unknown_category(item, of, constant, value);
  return found;
}

/// The constant that a number, a date or the days until a date is compared with; what is said of
/// the days since a date is turned around.
std::optional<Number> Lowering::number(const Item& item, const Subject& of, const Node& constant) {
  const bool date = of.type == TagType::date && of.aspect == Aspect::value;
  if (date && (constant.op == ExprOp::string || constant.op == ExprOp::date)) {
    const auto day = parse_date(item.expr->text(constant));
    if (day) return Number(day->days);
    fail_bad_date(item, constant);
    return {};
  }
  if (date || (constant.op != ExprOp::integer && constant.op != ExprOp::number)) {
    fail_constant(item, of, constant);
    return {};
  }
  if (constant.op == ExprOp::number && std::isnan(constant.number)) {
    fail(item, constant, Errc::bad_number, "NaN can not be compared with; IS NULL tests for it");
    return {};
  }
  const Number value =
      constant.op == ExprOp::integer ? Number(constant.integer) : Number(constant.number);
  return of.since ? negated(value) : value;
}

}  // namespace muster
