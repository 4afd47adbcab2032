#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "core/diagnostics.hpp"
#include "rules/parser.hpp"

namespace muster {

std::vector<Diagnostic> RuleParser::run() {
  const std::size_t most =
      std::min<std::size_t>(limits_.max_rule_bytes, std::numeric_limits<std::uint32_t>::max());
  if (text_.size() > most) {
    fail(Errc::limit, {0, text_.size()},
         fmt::format("the rule is {} bytes long, more than max_rule_bytes = {}", text_.size(),
                     most));
    return std::move(findings_);
  }
  advance();
  if (at(TokenKind::end) && findings_.empty()) {
    fail(Errc::syntax, {0, text_.size()}, "the rule is empty");
    return std::move(findings_);
  }
  do {
    read_operand();
  } while (read_joint());
  finish();
  std::stable_sort(findings_.begin(), findings_.end(),
                   [](const auto& a, const auto& b) { return a.range.begin < b.range.begin; });
  return std::move(findings_);
}

void RuleParser::read_operand() {
  while (open_construct()) advance();
  read_primary("a condition");
  read_conditions();
}

bool RuleParser::open_construct() {
  if (at(TokenKind::left_paren)) {
    open(Open::parenthesis);
  } else if (at(Keyword::not_)) {
    open(Open::negation);
  } else {
    return false;
  }
  return true;
}

void RuleParser::open(Open construct) {
  check_depth(1);
  frames_.push_back({construct, 0, token_.range});
}

void RuleParser::check_depth(std::size_t more) {
  if (frames_.size() + more <= limits_.max_rule_depth) return;
  fail(Errc::limit, token_.range,
       fmt::format("the rule is nested more than max_rule_depth = {} levels deep",
                   limits_.max_rule_depth));
  stop();
}

void RuleParser::count_condition() {
  if (++conditions_ <= limits_.max_rule_literals) return;
  fail(Errc::limit, operand_.range,
       fmt::format("the rule has more than max_rule_literals = {} comparisons",
                   limits_.max_rule_literals));
  stop();
}

// What follows a complete operand; true where another operand must follow.
bool RuleParser::read_joint() {
  for (;;) {
    if (at(Keyword::and_)) {
      join(Open::conjunction);
      return true;
    }
    if (at(Keyword::or_)) {
      join(Open::disjunction);
      return true;
    }
    if (at(TokenKind::end)) return false;
    if (at(TokenKind::right_paren)) {
      close_parenthesis();
      read_conditions();
    } else {
      fail_joint();
    }
  }
}

void RuleParser::join(Open construct) {
  reduce(construct);
  settle();
  if (!frames_.empty() && frames_.back().open == construct) {
    ++frames_.back().operands;
  } else {
    check_depth(1);
    frames_.push_back({construct, 1, operand_.range});
  }
  advance();
}

void RuleParser::close_parenthesis() {
  reduce(Open::parenthesis);
  if (frames_.empty()) {
    fail(Errc::syntax, token_.range, "this ')' closes nothing");
  } else {
    operand_.range = {frames_.back().range.begin, token_.range.end};
    if (operand_.shape == Shape::comparison) operand_.shape = Shape::condition;
    frames_.pop_back();
  }
  advance();
}

// Completes the open constructs that bind tighter than `above`; the operand is their last.
void RuleParser::reduce(Open above) {
  constexpr Expr::Op ops[] = {Expr::Op::null, Expr::Op::logical_or, Expr::Op::logical_and,
                              Expr::Op::logical_not};
  while (!frames_.empty() && frames_.back().open > above) {
    settle();
    const Frame& frame = frames_.back();
    operand_.range = {frame.range.begin, operand_.range.end};
    operand_.shape = Shape::condition;
    out_.push_operator(ops[static_cast<std::size_t>(frame.open)], frame.operands + 1,
                       operand_.range);
    frames_.pop_back();
  }
}

// Sees to it that the operand is a condition, and on the tape.
void RuleParser::settle() {
  switch (operand_.shape) {
    case Shape::condition:
    case Shape::comparison:
      return;
    case Shape::tag:
      count_condition();
      break;
    case Shape::constant:
      count_condition();
      push_constant(operand_);
      if (operand_.constant == Expr::Op::boolean || operand_.constant == Expr::Op::null) break;
      fail(Errc::syntax, operand_.range,
           fmt::format("a constant is not a condition; compare a tag with {}",
                       shown(operand_.range)));
      break;
    case Shape::days:
      fail(Errc::syntax, operand_.range,
           "a number of days is not a condition; compare it, as in days_until(tag) <= 60");
      break;
    case Shape::failed:
      out_.push_leaf(Expr::Op::null, {});
  }
  operand_.shape = Shape::condition;
}

void RuleParser::finish() {
  for (;;) {
    reduce(Open::parenthesis);
    settle();
    if (frames_.empty()) return;
    fail(Errc::syntax, frames_.back().range, "this '(' is never closed");
    frames_.pop_back();
  }
}

Result<void> parse_into(Expr& out, std::string_view text, const Limits& limits) {
  out.clear();
  std::vector<Diagnostic> findings = RuleParser(out, text, limits).run();
  if (findings.empty()) return {};
  out.clear();
  return to_error(std::move(findings));
}

Result<Expr> parse(std::string_view text, const Limits& limits) {
  Expr expr;
  if (auto parsed = parse_into(expr, text, limits); !parsed) return std::move(parsed).error();
  return expr;
}

}  // namespace muster
