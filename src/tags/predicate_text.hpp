#pragma once

#include <string>

#include "muster/tags/predicate.hpp"

namespace muster {

/// How tightly a piece of rule text holds together: what may stand beside it without
/// parentheses.
enum class Binding : std::uint8_t { any_of, all_of, literal };

struct BoundText {
  std::string text;
  Binding binding = Binding::literal;
};

/// As to_rule_text, and whether it needs parentheses beside AND or OR.
BoundText bound_text(const Schema& schema, const Predicate& predicate);

/// A tag's value as rule text: "96", "'iPhone'", "TRUE", "'2026-03-01'", "('a', 'b')", "NULL".
std::string cell_text(const Schema& schema, TagId tag, const Cell& cell);

}  // namespace muster
