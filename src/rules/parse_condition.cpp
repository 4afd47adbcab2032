#include "rules/like.hpp"
#include "rules/mirrored.hpp"
#include "rules/parser.hpp"

namespace muster {
namespace {

Expr::Op comparison(TokenKind kind) {
  switch (kind) {
    case TokenKind::eq:
      return Expr::Op::eq;
    case TokenKind::ne:
      return Expr::Op::ne;
    case TokenKind::lt:
      return Expr::Op::lt;
    case TokenKind::le:
      return Expr::Op::le;
    case TokenKind::gt:
      return Expr::Op::gt;
    case TokenKind::ge:
      return Expr::Op::ge;
    default:
      return Expr::Op::null;
  }
}

Expr::Op is_test(Keyword tested, bool negated) {
  switch (tested) {
    case Keyword::null_:
      return negated ? Expr::Op::is_not_null : Expr::Op::is_null;
    case Keyword::true_:
      return negated ? Expr::Op::is_not_true : Expr::Op::is_true;
    default:
      return negated ? Expr::Op::is_not_false : Expr::Op::is_false;
  }
}

}  // namespace

// Tests that follow an operand and bind tighter than NOT, AND and OR.
void RuleParser::read_conditions() {
  for (;;) {
    if (operand_.shape == Shape::failed && !at_joint()) recover();
    if (const Expr::Op op = comparison(token_.kind); op != Expr::Op::null) {
      read_comparison(op);
    } else if (at_arithmetic()) {
      fail_arithmetic();
      recover();
    } else if (!read_keyword_condition()) {
      return;
    }
  }
}

bool RuleParser::read_keyword_condition() {
  switch (token_.keyword) {
    case Keyword::in_:
      read_list(Expr::Op::in, "IN");
      return true;
    case Keyword::between_:
      read_between(Expr::Op::between);
      return true;
    case Keyword::like_:
      read_like(Expr::Op::like);
      return true;
    case Keyword::not_:
      read_negated_test();
      return true;
    case Keyword::has_:
      read_has();
      return true;
    case Keyword::is_:
      read_is();
      return true;
    default:
      return false;
  }
}

void RuleParser::push_condition(Expr::Op op, std::uint32_t arity, std::size_t begin) {
  operand_.shape = Shape::comparison;
  operand_.range = from(begin);
  count_condition();
  out_.push_operator(op, arity, operand_.range);
}

void RuleParser::read_comparison(Expr::Op op) {
  const Operand left = operand_;
  advance();
  if (!read_right_side()) return;
  const bool constant_left = left.shape == Shape::constant;
  const bool constant_right = operand_.shape == Shape::constant;
  const bool values = left.shape >= Shape::tag && operand_.shape >= Shape::tag;
  if (!values || constant_left == constant_right) {
    fail_comparison(left, operand_);
    return recover();
  }
  push_constant(constant_left ? left : operand_);
  push_condition(constant_left ? mirrored(op) : op, 2, left.range.begin);
}

// A tag or a constant, perhaps in parentheses.
bool RuleParser::read_right_side() {
  const std::size_t begin = token_.range.begin;
  std::size_t parentheses = 0;
  for (; at(TokenKind::left_paren); advance()) check_depth(++parentheses);
  read_primary("a tag or a constant");
  for (; parentheses > 0 && operand_.shape != Shape::failed; --parentheses) {
    if (!at(TokenKind::right_paren)) {
      at_arithmetic() ? fail_arithmetic() : fail_expected("')'");
      operand_.shape = Shape::failed;
      break;
    }
    advance();
    operand_.range = from(begin);
  }
  skip_parentheses(parentheses);
  return operand_.shape != Shape::failed;
}

void RuleParser::read_negated_test() {
  advance();
  if (at(Keyword::in_)) return read_list(Expr::Op::not_in, "NOT IN");
  if (at(Keyword::between_)) return read_between(Expr::Op::not_between);
  if (at(Keyword::like_)) return read_like(Expr::Op::not_like);
  fail_expected("IN, BETWEEN or LIKE after NOT");
  recover();
}

bool RuleParser::left_is_value(const char* keyword) {
  if (operand_.shape == Shape::tag || operand_.shape == Shape::days) return true;
  fail_left_side(keyword);
  return false;
}

void RuleParser::read_between(Expr::Op op) {
  bool right = left_is_value("BETWEEN");
  const std::size_t begin = operand_.range.begin;
  advance();
  right = read_lower_bound() && right;
  if (!at(Keyword::and_)) return;
  advance();
  right = read_constant() && right;
  if (!right) {
    operand_.shape = Shape::failed;
    return;
  }
  push_constant(operand_);
  push_condition(op, 3, begin);
}

// Up to AND where there is one. The bound is pushed.
bool RuleParser::read_lower_bound() {
  const bool right = read_constant();
  if (right) push_constant(operand_);
  if (right && at(Keyword::and_)) return true;
  if (right) at_arithmetic() ? fail_arithmetic() : fail_expected("AND and the upper bound");
  recover();
  return false;
}

void RuleParser::read_like(Expr::Op op) {
  if (!left_is_value("LIKE")) return recover();
  const std::size_t begin = operand_.range.begin;
  advance();
  if (!at(TokenKind::string)) {
    fail_expected("a pattern such as 'prefix%' after LIKE");
    return recover();
  }
  const std::string_view pattern = word(token_);
  if (!like_prefix(pattern)) {
    fail(Errc::syntax, token_.range, std::string(bad_pattern_message));
  }
  out_.push_leaf(Expr::Op::string, pattern, token_.range);
  advance();
  push_condition(op, 2, begin);
}

void RuleParser::read_has() {
  if (!left_is_value("HAS")) return recover();
  advance();
  if (at(Keyword::any_)) return read_list(Expr::Op::has_any, "HAS ANY");
  if (at(Keyword::all_)) return read_list(Expr::Op::has_all, "HAS ALL");
  fail_expected("ANY or ALL after HAS");
  recover();
}

void RuleParser::read_is() {
  advance();
  const bool negated = at(Keyword::not_);
  if (negated) advance();
  const Keyword tested = token_.keyword;
  if (tested != Keyword::null_ && tested != Keyword::true_ && tested != Keyword::false_) {
    fail_expected(negated ? "NULL, TRUE or FALSE after IS NOT" : "NULL, TRUE or FALSE after IS");
    return recover();
  }
  const Expr::Op op = is_test(tested, negated);
  const bool null_test = tested == Keyword::null_;
  if (!(null_test && operand_.shape == Shape::days)) settle();
  advance();
  operand_.range = from(operand_.range.begin);
  operand_.shape = Shape::comparison;
  out_.push_operator(op, 1, operand_.range);
}

}  // namespace muster
