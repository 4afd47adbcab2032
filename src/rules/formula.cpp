#include "muster/rules/formula.hpp"

#include <algorithm>

#include "core/token.hpp"
#include "muster/rules/check.hpp"
#include "tags/predicate_text.hpp"

namespace muster {
namespace {

using FormulaOp = Formula::Op;

BoundText segment_text(const Formula::Node& node, const Checker& checker) {
  BoundText out;
  out.text = node.negated ? "NOT SEGMENT(" : "SEGMENT(";
  append_name(out.text, checker.segment_name(node.id));
  out.text += ')';
  return out;
}

/// Joins the last `arity` texts to one.
void join(std::vector<BoundText>& texts, FormulaOp op, std::uint32_t arity) {
  const Binding binding = op == FormulaOp::all_of ? Binding::all_of : Binding::any_of;
  const std::size_t first = texts.size() - arity;
  std::string text;
  for (std::size_t i = first; i < texts.size(); ++i) {
    const bool parentheses = texts[i].binding < binding;
    if (i > first) text += op == FormulaOp::all_of ? " AND " : " OR ";
    if (parentheses) text += '(';
    text += texts[i].text;
    if (parentheses) text += ')';
  }
  texts.resize(first);
  texts.push_back({std::move(text), binding});
}

}  // namespace

std::string to_text(const Formula& formula, const Checker& checker) {
  std::vector<BoundText> texts;
  for (const Formula::Node& node : formula.nodes) {
    switch (node.op) {
      case FormulaOp::predicate:
        texts.push_back(bound_text(checker.schema(), checker.predicates()[PredicateId{node.id}]));
        break;
      case FormulaOp::segment:
        texts.push_back(segment_text(node, checker));
        break;
      case FormulaOp::all_of:
      case FormulaOp::any_of:
        join(texts, node.op, node.arity);
        break;
      case FormulaOp::always:
        texts.push_back({"TRUE", Binding::literal});
        break;
      case FormulaOp::never:
        texts.push_back({"FALSE", Binding::literal});
        break;
    }
  }
  return texts.empty() ? "FALSE" : std::move(texts.back().text);
}

bool holds(const Formula& formula, const PredicatePool& predicates, const UserView& user,
           Date today) {
  std::vector<char> values;
  for (const Formula::Node& node : formula.nodes) {
    if (node.op == FormulaOp::predicate) {
      const Predicate& predicate = predicates[PredicateId{node.id}];
      values.push_back(holds(predicate, value_of(predicates.schema(), user, predicate.tag), today));
    } else if (node.op == FormulaOp::all_of || node.op == FormulaOp::any_of) {
      const auto first = values.end() - static_cast<std::ptrdiff_t>(node.arity);
      const bool all = std::find(first, values.end(), char{0}) == values.end();
      const bool any = std::find(first, values.end(), char{1}) != values.end();
      values.erase(first, values.end());
      values.push_back(node.op == FormulaOp::all_of ? all : any);
    } else {
      values.push_back(node.op == FormulaOp::always);
    }
  }
  return !values.empty() && values.back() != 0;
}

}  // namespace muster
