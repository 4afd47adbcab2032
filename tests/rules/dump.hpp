#pragma once

#include <string>
#include <vector>

#include "muster/rules/expr.hpp"

namespace muster {

/// The tree as nested lists, `(and (eq plan_fee 96) flag)`, written without the printer's help.
inline std::string dump(const Expr& expr) {
  static constexpr const char* names[] = {
      "tag",     "segment",     "integer",    "number",      "string",   "date",
      "boolean", "null",        "days_since", "days_until",  "eq",       "ne",
      "lt",      "le",          "gt",         "ge",          "in",       "not_in",
      "between", "not_between", "like",       "not_like",    "has_any",  "has_all",
      "is_null", "is_not_null", "is_true",    "is_not_true", "is_false", "is_not_false",
      "not",     "and",         "or"};
  std::vector<std::string> stack;
  for (const Expr::Node& node : expr.nodes()) {
    std::string text = std::string("(") + names[static_cast<std::size_t>(node.op)];
    switch (node.op) {
      case Expr::Op::tag:
        text = std::string(expr.text(node));
        break;
      case Expr::Op::segment:
        text += " " + std::string(expr.text(node)) + ")";
        break;
      case Expr::Op::string:
        text = "'" + std::string(expr.text(node)) + "'";
        break;
      case Expr::Op::date:
        text = "d'" + std::string(expr.text(node)) + "'";
        break;
      case Expr::Op::integer:
        text = std::to_string(node.integer);
        break;
      case Expr::Op::number:
        text = std::to_string(node.number);
        break;
      case Expr::Op::boolean:
        text = node.integer != 0 ? "true" : "false";
        break;
      case Expr::Op::null:
        text = "null";
        break;
      default:
        if (stack.size() < node.arity) return "malformed: too few operands";
        for (std::size_t i = stack.size() - node.arity; i < stack.size(); ++i) {
          text += " " + stack[i];
        }
        text += ")";
        stack.resize(stack.size() - node.arity);
    }
    stack.push_back(std::move(text));
  }
  return stack.size() == 1 ? stack.front() : "malformed: not one tree";
}

}  // namespace muster
