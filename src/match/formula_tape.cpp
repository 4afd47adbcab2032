#include "match/formula_tape.hpp"

namespace muster {

void FormulaTape::add(const Formula& formula) {
  using Op = Formula::Op;
  static_assert(static_cast<std::uint32_t>(Op::never) < negated_segment_kind);
  for (const Formula::Node& node : formula.nodes) {
    const bool is_operator = node.op == Op::all_of || node.op == Op::any_of;
    const bool is_leaf = node.op == Op::predicate || node.op == Op::segment;
    const std::uint32_t arg = is_operator ? node.arity : is_leaf ? node.id : 0;
    const bool negated = node.op == Op::segment && node.negated;
    const auto kind = negated ? negated_segment_kind : static_cast<std::uint32_t>(node.op);
    tokens_.push_back(arg * kinds + kind);
  }
  tokens_.push_back(end_kind);
  ++size_;
}

}  // namespace muster
