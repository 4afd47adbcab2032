#include <fmt/core.h>

#include "core/diagnostics.hpp"
#include "muster/core/date.hpp"
#include "rules/parser.hpp"

namespace muster {
namespace {

constexpr std::string_view least_integer_digits = "9223372036854775808";

bool is_fraction(std::string_view number) { return number.find_first_of(".eE") != number.npos; }

}  // namespace

// A tag, a constant (kept back), a number of days or a segment, into operand_. Where there is
// none, the operand is failed and the error reported, but nothing is skipped.
void RuleParser::read_primary(const char* wanted) {
  operand_ = {};
  operand_.range = token_.range;
  operand_.token = token_;
  switch (token_.kind) {
    case TokenKind::name:
      if (token_.keyword != Keyword::none) return read_keyword(wanted);
      [[fallthrough]];
    case TokenKind::quoted_name:
      return read_name_or_call();
    case TokenKind::string:
      return keep_constant(Expr::Op::string);
    case TokenKind::integer:
    case TokenKind::number:
      return read_unsigned(token_.range, false);
    case TokenKind::plus:
    case TokenKind::minus:
      return read_signed();
    default:
      return fail_operand(wanted);
  }
}

void RuleParser::read_name_or_call() {
  const Token name = token_;
  advance();
  if (at(TokenKind::left_paren)) return fail_call(name);
  operand_.shape = Shape::tag;
  out_.push_leaf(Expr::Op::tag, word(name), name.range);
}

void RuleParser::read_keyword(const char* wanted) {
  switch (token_.keyword) {
    case Keyword::true_:
    case Keyword::false_:
      operand_.token.integer = at(Keyword::true_) ? 1 : 0;
      return keep_constant(Expr::Op::boolean);
    case Keyword::null_:
      return keep_constant(Expr::Op::null);
    case Keyword::date_:
      return read_date();
    case Keyword::segment_:
      return read_segment();
    case Keyword::days_since_:
      return read_days(Expr::Op::days_since);
    case Keyword::days_until_:
      return read_days(Expr::Op::days_until);
    default:
      return fail_operand(wanted);
  }
}

// "(name)" after a function; the name is pushed as a tag. The operand's range grows with it.
bool RuleParser::read_argument(const char* function, const char* wanted) {
  const std::size_t begin = token_.range.begin;
  advance();
  const bool opened = at(TokenKind::left_paren);
  if (opened) advance();
  const bool bare = at(TokenKind::name) && at(Keyword::none);
  if (!opened || !(bare || at(TokenKind::quoted_name))) {
    fail(Errc::syntax, token_.range,
         fmt::format("{} takes {} in parentheses, found {}", function, wanted, shown(token_)));
    if (opened) skip_parentheses(1);
    return false;
  }
  operand_.token = token_;
  advance();
  if (!at(TokenKind::right_paren)) {
    at_arithmetic() ? fail_arithmetic() : fail_expected("')'");
    skip_parentheses(1);
    return false;
  }
  advance();
  operand_.range = from(begin);
  return true;
}

void RuleParser::read_segment() {
  if (!read_argument("SEGMENT", "the name of a segment")) return;
  count_condition();
  out_.push_leaf(Expr::Op::segment, word(operand_.token), operand_.range);
  operand_.shape = Shape::condition;
}

void RuleParser::read_days(Expr::Op op) {
  const bool since = op == Expr::Op::days_since;
  if (!read_argument(since ? "days_since" : "days_until", "the name of a date tag")) return;
  out_.push_leaf(Expr::Op::tag, word(operand_.token), operand_.token.range);
  out_.push_operator(op, 1, operand_.range);
  operand_.shape = Shape::days;
}

void RuleParser::read_date() {
  const std::size_t begin = token_.range.begin;
  advance();
  if (!at(TokenKind::string)) return fail_expected("a day such as '2025-12-31' after DATE");
  operand_.token = token_;
  operand_.range = {begin, token_.range.end};
  const std::string_view day = word(token_);
  if (!parse_date(day)) {
    fail(Errc::bad_date, token_.range,
         fmt::format("{} is not a day of the calendar, written YYYY-MM-DD", in_quotes(day)));
  }
  keep_constant(Expr::Op::date);
}

void RuleParser::read_signed() {
  const ByteRange sign = token_.range;
  const bool negative = at(TokenKind::minus);
  advance();
  if (at(TokenKind::integer) || at(TokenKind::number)) return read_unsigned(sign, negative);
  const bool value = at(TokenKind::name) || at(TokenKind::quoted_name) || at(TokenKind::left_paren);
  if (value) {
    fail(Errc::syntax, sign, "arithmetic belongs in a derived tag of the schema");
  } else {
    fail_expected("a number after the sign");
  }
}

void RuleParser::read_unsigned(ByteRange sign, bool negative) {
  operand_.token = token_;
  Token& constant = operand_.token;
  operand_.range = {sign.begin, token_.range.end};
  if (constant.kind == TokenKind::integer) {
    if (negative) constant.integer = -constant.integer;
    return keep_constant(Expr::Op::integer);
  }
  std::string_view digits = word(token_);
  if (is_fraction(digits)) {
    if (negative) constant.number = -constant.number;
    return keep_constant(Expr::Op::number);
  }
  while (digits.starts_with('0')) digits.remove_prefix(1);
  if (negative && digits == least_integer_digits) {
    constant.integer = std::numeric_limits<std::int64_t>::min();
    return keep_constant(Expr::Op::integer);
  }
  fail(Errc::bad_number, operand_.range,
       fmt::format("the integer {} does not fit 64 bits; with a decimal point it is rounded",
                   in_quotes(cut(operand_.range))),
       fmt::format("{}.0", cut(operand_.range)));
  keep_constant(Expr::Op::integer);
}

void RuleParser::keep_constant(Expr::Op op) {
  operand_.shape = Shape::constant;
  operand_.constant = op;
  advance();
}

void RuleParser::push_constant(const Operand& constant) {
  switch (constant.constant) {
    case Expr::Op::integer:
      return out_.push_integer(constant.token.integer, constant.range);
    case Expr::Op::number:
      return out_.push_number(constant.token.number, constant.range);
    case Expr::Op::boolean:
      return out_.push_boolean(constant.token.integer != 0, constant.range);
    case Expr::Op::null:
      return out_.push_leaf(Expr::Op::null, {}, constant.range);
    default:
      return out_.push_leaf(constant.constant, word(constant.token), constant.range);
  }
}

}  // namespace muster
