#include <algorithm>

#include "rules/search.hpp"

namespace muster {

using FormulaOp = Formula::Op;

Search::Status Search::question_status(std::uint32_t question) {
  const Problem::Question& asked = problem_.questions()[question];
  if (is_pinned(asked.slot)) return answers_[question] ? Status::implied : Status::excluded;
  Known& known = known_[question];
  const std::uint64_t version = versions_[asked.slot];
  if (known.version != version) {
    const TagState& state = states_[asked.slot];
    known.version = version;
    known.status = !state.allows(problem_.schema(), asked.predicate)  ? Status::excluded
                   : !state.allows(problem_.schema(), asked.opposite) ? Status::implied
                                                                      : Status::open;
  }
  return known.status;
}

/// What the states say of a part already.
Search::Status Search::status(std::uint32_t root) {
  const auto& nodes = problem_.nodes();
  if (nodes[root].op == FormulaOp::predicate) return question_status(nodes[root].id);
  stack_.clear();
  for (std::uint32_t i = root + 1 - nodes[root].size; i <= root; ++i) {
    const Formula::Node& node = nodes[i];
    if (node.op == FormulaOp::predicate) {
      stack_.push_back(question_status(node.id));
    } else if (node.op == FormulaOp::all_of || node.op == FormulaOp::any_of) {
      const auto first = stack_.end() - static_cast<std::ptrdiff_t>(node.arity);
      const Status joined = node.op == FormulaOp::all_of ? *std::min_element(first, stack_.end())
                                                         : *std::max_element(first, stack_.end());
      stack_.erase(first, stack_.end());
      stack_.push_back(joined);
    } else {
      stack_.push_back(node.op == FormulaOp::always ? Status::implied : Status::excluded);
    }
  }
  return stack_.back();
}

/// Whether a part holds for the user as is.
bool Search::user_says(std::uint32_t root) const {
  const auto& nodes = problem_.nodes();
  std::vector<bool> stack;
  for (std::uint32_t i = root + 1 - nodes[root].size; i <= root; ++i) {
    const Formula::Node& node = nodes[i];
    if (node.op == FormulaOp::predicate) {
      stack.push_back(answers_[node.id]);
    } else if (node.op == FormulaOp::all_of || node.op == FormulaOp::any_of) {
      const auto first = stack.end() - static_cast<std::ptrdiff_t>(node.arity);
      const bool decisive = node.op == FormulaOp::any_of;
      const bool found = std::find(first, stack.end(), decisive) != stack.end();
      stack.erase(first, stack.end());
      stack.push_back(found == decisive);
    } else {
      stack.push_back(node.op == FormulaOp::always);
    }
  }
  return stack.back();
}

}  // namespace muster
