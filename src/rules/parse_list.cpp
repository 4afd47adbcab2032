#include <fmt/core.h>

#include "rules/parser.hpp"

namespace muster {

// IN, HAS ANY and HAS ALL: constants between parentheses.
void RuleParser::read_list(Expr::Op op, const char* keyword) {
  if (!left_is_value(keyword)) return recover();
  const std::size_t begin = operand_.range.begin;
  advance();
  if (!at(TokenKind::left_paren)) {
    fail_expected(fmt::format("'(' after {}", keyword).c_str());
    return recover();
  }
  advance();
  const std::uint32_t items = read_items(keyword);
  if (operand_.shape == Shape::failed) return;
  push_condition(op, items + 1, begin);
}

// The items and the closing parenthesis. Where any is wrong the operand is failed.
std::uint32_t RuleParser::read_items(const char* keyword) {
  std::uint32_t items = 0;
  bool right = true;
  for (;; advance()) {
    if (right && items == 0 && at(TokenKind::right_paren)) {
      fail(Errc::syntax, token_.range, fmt::format("{} needs at least one constant", keyword));
      right = false;
      break;
    }
    right = read_item() && right;
    ++items;
    if (at(TokenKind::right_paren)) break;
    if (at(TokenKind::comma)) continue;
    operand_.shape = Shape::failed;
    return 0;
  }
  advance();
  operand_.shape = right ? Shape::constant : Shape::failed;
  return items;
}

bool RuleParser::read_item() {
  const bool right = read_constant();
  if (right) push_constant(operand_);
  if (at(TokenKind::comma) || at(TokenKind::right_paren)) return right;
  if (right) at_arithmetic() ? fail_arithmetic() : fail_expected("',' or ')'");
  recover(true);
  return false;
}

// A constant, kept in operand_.
bool RuleParser::read_constant() {
  const std::size_t before = findings_.size();
  read_primary("a constant");
  if (operand_.shape == Shape::constant) return findings_.size() == before;
  if (operand_.shape != Shape::failed) fail_constant();
  recover(true);
  return false;
}

}  // namespace muster
