#include "rules/simplify.hpp"

#include <algorithm>

namespace muster {
namespace {

using FormulaOp = Formula::Op;

constexpr int max_attempts = 32;  // at making one predicate of two about a set or date

/// The constant that decides an operator, and the one that it ignores.
FormulaOp deciding(FormulaOp op) {
  return op == FormulaOp::all_of ? FormulaOp::never : FormulaOp::always;
}
FormulaOp ignored(FormulaOp op) {
  return op == FormulaOp::all_of ? FormulaOp::always : FormulaOp::never;
}

bool is_operator(FormulaOp op) { return op == FormulaOp::all_of || op == FormulaOp::any_of; }
bool is_leaf(FormulaOp op) { return op == FormulaOp::predicate || op == FormulaOp::segment; }

Formula::Node constant(FormulaOp op) {
  Formula::Node node;
  node.op = op;
  return node;
}

}  // namespace

void Simplifier::run(const std::vector<Formula::Node>& root_first, Formula& out) {
  starts_.clear();
  out.nodes.clear();
  for (auto node = root_first.rbegin(); node != root_first.rend(); ++node) {
    if (is_operator(node->op)) {
      combine(node->op, node->arity, out.nodes);
    } else {
      starts_.push_back(static_cast<std::uint32_t>(out.nodes.size()));
      out.nodes.push_back(*node);
      out.nodes.back().size = 1;
    }
  }
}

/// Makes one operand of the last `arity`.
void Simplifier::combine(FormulaOp op, std::uint32_t arity, Nodes& out) {
  const std::size_t begin = arity == 0 ? out.size() : starts_[starts_.size() - arity];
  bool decided = gather(op, arity, out);
  if (!decided && children_ > 1 && may_merge(out, begin)) decided = merge(op, out, begin);
  starts_.resize(starts_.size() - arity);
  starts_.push_back(static_cast<std::uint32_t>(begin));
  if (decided) {
    out.resize(begin);
    out.push_back(constant(deciding(op)));
  } else if (children_ == 0) {
    out.push_back(constant(ignored(op)));
  } else if (children_ > 1) {
    Formula::Node node = constant(op);
    node.arity = children_;
    node.size = static_cast<std::uint32_t>(out.size() - begin) + 1;
    out.push_back(node);
  }
}

/// Moves the operands together, without constants and without operators of the same kind.
/// True where a constant decides.
bool Simplifier::gather(FormulaOp op, std::uint32_t arity, Nodes& out) {
  children_ = 0;
  const std::size_t first = starts_.size() - arity;
  std::size_t to = arity == 0 ? out.size() : starts_[first];
  for (std::size_t i = first; i < starts_.size(); ++i) {
    const std::size_t begin = starts_[i];
    std::size_t end = i + 1 < starts_.size() ? starts_[i + 1] : out.size();
    const Formula::Node root = out[end - 1];
    if (root.op == deciding(op)) return true;
    if (root.op == ignored(op)) continue;
    if (root.op == op) --end;
    children_ += root.op == op ? root.arity : 1;
    if (to != begin) {
      std::copy(out.begin() + static_cast<std::ptrdiff_t>(begin),
                out.begin() + static_cast<std::ptrdiff_t>(end),
                out.begin() + static_cast<std::ptrdiff_t>(to));
    }
    to += end - begin;
  }
  out.resize(to);
  return false;
}

void Simplifier::next_round() {
  if (++round_ == 0) {
    std::fill(slots_.begin(), slots_.end(), Slot{});
    round_ = 1;
  }
}

Simplifier::Slot& Simplifier::slot_of(const Formula::Node& leaf) {
  const std::size_t index = leaf.op == FormulaOp::predicate
                                ? static_cast<std::size_t>(merge_.facts(leaf.id).tag)
                                : merge_.schema().size() + leaf.id;
  if (index >= slots_.size()) slots_.resize(index + 1);
  return slots_[index];
}

/// Whether two operands are about one tag or segment.
bool Simplifier::may_merge(const Nodes& out, std::size_t begin) {
  next_round();
  for (std::size_t end = out.size(); end > begin; end -= out[end - 1].size) {
    if (!is_leaf(out[end - 1].op)) continue;
    Slot& slot = slot_of(out[end - 1]);
    if (slot.round == round_) return true;
    slot.round = round_;
  }
  return false;
}

/// Makes one of operands about one tag. True where that decides the operator.
bool Simplifier::merge(FormulaOp op, Nodes& out, std::size_t begin) {
  next_round();
  leaves_.clear();
  operands_.clear();
  for (std::size_t end = out.size(); end > begin; end -= out[end - 1].size) {
    operands_.push_back(static_cast<std::uint32_t>(end - 1));
  }
  std::reverse(operands_.begin(), operands_.end());
  for (const std::uint32_t root : operands_) {
    if (is_leaf(out[root].op) && merge_leaf(op, out, root)) return true;
  }
  std::size_t to = begin;
  for (std::size_t at = begin; at < out.size(); ++at) {
    if (out[at].size != 0) out[to++] = out[at];
  }
  out.resize(to);
  return false;
}

void Simplifier::drop(Nodes& out, std::uint32_t at) {
  out[at].size = 0;
  --children_;
}

bool Simplifier::merge_leaf(FormulaOp op, Nodes& out, std::uint32_t at) {
  Slot& slot = slot_of(out[at]);
  if (slot.round != round_) slot = {round_, none};
  const std::uint32_t newest = slot.newest;
  slot.newest = static_cast<std::uint32_t>(leaves_.size());
  leaves_.push_back({at, newest});
  if (newest == none) return false;
  return out[at].op == FormulaOp::segment ? merge_segment(op, out, at, newest)
                                          : merge_predicate(op, out, at, newest);
}

/// A segment is not both TRUE and FALSE; but neither, where it is NULL.
bool Simplifier::merge_segment(FormulaOp op, Nodes& out, std::uint32_t at, std::uint32_t leaf) {
  for (; leaf != none; leaf = leaves_[leaf].previous) {
    const Formula::Node& earlier = out[leaves_[leaf].at];
    if (earlier.size == 0) continue;
    if (earlier.negated == out[at].negated) {
      drop(out, at);
      return false;
    }
    if (op == FormulaOp::all_of) return true;
  }
  return false;
}

bool Simplifier::merge_predicate(FormulaOp op, Nodes& out, std::uint32_t at, std::uint32_t leaf) {
  const bool apart = merge_.facts(out[at].id).may_stand_apart;
  int attempts = 0;
  for (std::uint32_t i = leaf; i != none && attempts < max_attempts;) {
    const std::uint32_t earlier = leaves_[i].at;
    i = leaves_[i].previous;
    if (out[earlier].size == 0 || earlier == at) continue;
    ++attempts;
    const std::uint32_t one = merge_.merged(op, out[earlier].id, out[at].id);
    if (one == none) continue;
    const PredicateFacts::Facts known = merge_.facts(one);
    if (op == FormulaOp::all_of ? known.never : known.always) return true;
    drop(out, at);
    at = earlier;
    out[at].id = one;
    if (known.never || known.always) {
      drop(out, at);
      return false;
    }
    if (!apart) return false;
    i = leaf;  // what was apart may now be one with a third
  }
  return false;
}

}  // namespace muster
