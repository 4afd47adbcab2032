#include "judge/reference.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

namespace muster::judge {
namespace {

using Op = Expr::Op;

// SQL's truth tables: with FALSE < NULL < TRUE, AND is the least, OR the greatest.
Truth truth_and(Truth a, Truth b) { return std::min(a, b); }
Truth truth_or(Truth a, Truth b) { return std::max(a, b); }
Truth truth_not(Truth a) {
  if (a == Truth::unknown) return a;
  return a == Truth::yes ? Truth::no : Truth::yes;
}
Truth known(bool value) { return value ? Truth::yes : Truth::no; }

bool is_null(const Value& value) {
  if (const Truth* truth = std::get_if<Truth>(&value)) return *truth == Truth::unknown;
  return value.index() == 0;
}

Truth as_truth(const Value& value) {
  if (is_null(value)) return Truth::unknown;
  if (const Truth* truth = std::get_if<Truth>(&value)) return *truth;
  throw std::logic_error("a value stands where a condition is needed");
}

// Holds every 64-bit integer and every double exactly.
using Real = long double;
static_assert(std::numeric_limits<Real>::digits >= 64);

std::optional<Real> as_real(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<Real>(*integer);
  if (const auto* number = std::get_if<double>(&value)) return static_cast<Real>(*number);
  return {};
}

std::optional<Date> as_date(const Value& value) {
  if (const auto* date = std::get_if<Date>(&value)) return *date;
  if (const auto* text = std::get_if<std::string>(&value)) return parse_date(*text);
  return {};
}

template <class T>
int order(const T& a, const T& b) {
  return a < b ? -1 : (b < a ? 1 : 0);
}

// -1, 0 or 1. REQUIRES: neither is NULL.
int compare(const Value& a, const Value& b) {
  if (as_real(a) && as_real(b)) return order(*as_real(a), *as_real(b));
  const bool dates = std::holds_alternative<Date>(a) || std::holds_alternative<Date>(b);
  if (dates && as_date(a) && as_date(b)) return order(*as_date(a), *as_date(b));
  if (a.index() == b.index() && std::holds_alternative<std::string>(a)) {
    return order(std::get<std::string>(a), std::get<std::string>(b));
  }
  if (a.index() == b.index() && std::holds_alternative<Truth>(a)) {
    return order(std::get<Truth>(a), std::get<Truth>(b));
  }
  throw std::logic_error("values of different types are compared");
}

Truth comparison(Op op, const Value& a, const Value& b) {
  if (is_null(a) || is_null(b)) return Truth::unknown;
  const int order = compare(a, b);
  switch (op) {
    case Op::eq:
      return known(order == 0);
    case Op::ne:
      return known(order != 0);
    case Op::lt:
      return known(order < 0);
    case Op::le:
      return known(order <= 0);
    case Op::gt:
      return known(order > 0);
    default:
      return known(order >= 0);
  }
}

// x IN (a, b, …) is x = a OR x = b OR …
Truth in(const std::vector<Value>& operands) {
  Truth truth = Truth::no;
  for (std::size_t i = 1; i < operands.size(); ++i) {
    truth = truth_or(truth, comparison(Op::eq, operands[0], operands[i]));
  }
  return truth;
}

Truth between(const std::vector<Value>& operands) {
  return truth_and(comparison(Op::ge, operands[0], operands[1]),
                   comparison(Op::le, operands[0], operands[2]));
}

Truth like(const Value& text, const Value& pattern) {
  if (is_null(text) || is_null(pattern)) return Truth::unknown;
  std::string prefix = std::get<std::string>(pattern);
  if (!prefix.ends_with('%')) throw std::logic_error("a pattern is more than a prefix");
  prefix.pop_back();
  return known(std::get<std::string>(text).substr(0, prefix.size()) == prefix);
}

Truth has(Op op, const std::vector<Value>& operands) {
  if (is_null(operands[0])) return Truth::unknown;
  const Set& set = std::get<Set>(operands[0]);
  bool any = false, all = true;
  for (std::size_t i = 1; i < operands.size(); ++i) {
    const bool member = set.count(std::get<std::string>(operands[i])) > 0;
    any = any || member;
    all = all && member;
  }
  return known(op == Op::has_any ? any : all);
}

Value days(Op op, const Value& date, Date today) {
  if (is_null(date)) return {};
  const std::int64_t since = std::int64_t{today.days} - std::get<Date>(date).days;
  return op == Op::days_since ? since : -since;
}

// An operator's value from its operands' values.
Value apply(Op op, const std::vector<Value>& operands, Date today) {
  const Value& first = operands[0];
  switch (op) {
    case Op::days_since:
    case Op::days_until:
      return days(op, first, today);
    case Op::in:
      return in(operands);
    case Op::not_in:
      return truth_not(in(operands));
    case Op::between:
      return between(operands);
    case Op::not_between:
      return truth_not(between(operands));
    case Op::like:
      return like(first, operands[1]);
    case Op::not_like:
      return truth_not(like(first, operands[1]));
    case Op::has_any:
    case Op::has_all:
      return has(op, operands);
    case Op::is_null:
      return known(is_null(first));
    case Op::is_not_null:
      return known(!is_null(first));
    case Op::is_true:
      return known(as_truth(first) == Truth::yes);
    case Op::is_not_true:
      return known(as_truth(first) != Truth::yes);
    case Op::is_false:
      return known(as_truth(first) == Truth::no);
    case Op::is_not_false:
      return known(as_truth(first) != Truth::no);
    case Op::logical_not:
      return truth_not(as_truth(first));
    case Op::logical_and: {
      Truth truth = Truth::yes;
      for (const Value& operand : operands) truth = truth_and(truth, as_truth(operand));
      return truth;
    }
    case Op::logical_or: {
      Truth truth = Truth::no;
      for (const Value& operand : operands) truth = truth_or(truth, as_truth(operand));
      return truth;
    }
    default:
      return comparison(op, first, operands[1]);
  }
}

Value leaf(const Expr& rule, const Expr::Node& node, const Row& user, const Segments& segments,
           Date today) {
  const std::string text(rule.text(node));
  switch (node.op) {
    case Op::tag: {
      const auto tag = user.find(text);
      return tag == user.end() ? Value() : tag->second;
    }
    case Op::segment: {
      const auto segment = segments.find(text);
      if (segment != segments.end()) return evaluate(segment->second, user, segments, today);
      throw std::logic_error("unknown segment " + text);
    }
    case Op::integer:
      return node.integer;
    case Op::number:
      return node.number;
    case Op::string:
      return text;
    case Op::date:
      return *parse_date(text);
    case Op::boolean:
      return known(node.integer != 0);
    default:
      return {};
  }
}

}  // namespace

Truth evaluate(const Expr& rule, const Row& user, const Segments& segments, Date today) {
  std::vector<Value> stack;
  for (const Expr::Node& node : rule.nodes()) {
    if (node.arity == 0) {
      stack.push_back(leaf(rule, node, user, segments, today));
      continue;
    }
    const auto first = stack.end() - static_cast<std::ptrdiff_t>(node.arity);
    Value value = apply(node.op, std::vector<Value>(first, stack.end()), today);
    stack.erase(first, stack.end());
    stack.push_back(std::move(value));
  }
  if (stack.size() != 1) throw std::logic_error("not one tree: " + to_text(rule));
  return as_truth(stack.back());
}

}  // namespace muster::judge
