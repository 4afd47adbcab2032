#include "muster/rules/expr.hpp"

#include <algorithm>
#include <bit>

namespace muster {
namespace {

bool is_joining(Expr::Op op) { return op == Expr::Op::logical_and || op == Expr::Op::logical_or; }

std::uint64_t payload(const Expr::Node& node) {
  if (node.op == Expr::Op::number) return std::bit_cast<std::uint64_t>(node.number);
  return static_cast<std::uint64_t>(node.integer);
}

}  // namespace

void Expr::push_leaf(Op op, std::string_view text, ByteRange range) {
  Node& node = nodes_.emplace_back();
  node.op = op;
  node.range = range;
  node.text_begin = static_cast<std::uint32_t>(pool_.size());
  node.text_size = static_cast<std::uint32_t>(text.size());
  pool_ += text;
}

void Expr::push_boolean(bool value, ByteRange range) {
  push_leaf(Op::boolean, {}, range);
  nodes_.back().integer = value ? 1 : 0;
}

void Expr::push_integer(std::int64_t value, ByteRange range) {
  push_leaf(Op::integer, {}, range);
  nodes_.back().integer = value;
}

void Expr::push_number(double value, ByteRange range) {
  push_leaf(Op::number, {}, range);
  nodes_.back().number = value;
}

void Expr::push_operator(Op op, std::uint32_t arity, ByteRange range) {
  Node root;
  root.op = op;
  root.range = range;
  std::size_t at = nodes_.size();  // the operand looked at ends here
  std::size_t first_joined = at;
  for (std::uint32_t i = 0; i < arity; ++i) {
    Node& operand = nodes_[at - 1];
    const std::uint32_t size = operand.size;
    const bool joined = is_joining(op) && operand.op == op;
    root.arity += joined ? operand.arity : 1;
    root.size += joined ? size - 1 : size;
    if (joined) {
      first_joined = at - 1;
      operand.size = 0;  // to be removed: its operands become operands of the new root
    }
    at -= size;
  }
  const auto joined = nodes_.begin() + static_cast<std::ptrdiff_t>(first_joined);
  nodes_.erase(std::remove_if(joined, nodes_.end(), [](const Node& n) { return n.size == 0; }),
               nodes_.end());
  nodes_.push_back(root);
}

void Expr::append(const Expr& other) {
  if (&other == this) return append(Expr(other));
  const std::size_t first = nodes_.size();
  const auto moved = static_cast<std::uint32_t>(pool_.size());
  nodes_.insert(nodes_.end(), other.nodes_.begin(), other.nodes_.end());
  for (std::size_t i = first; i < nodes_.size(); ++i) nodes_[i].text_begin += moved;
  pool_ += other.pool_;
}

void Expr::clear() noexcept {
  nodes_.clear();
  pool_.clear();
}

bool operator==(const Expr& a, const Expr& b) noexcept {
  const auto same = [&](const Expr::Node& left, const Expr::Node& right) {
    return left.op == right.op && left.arity == right.arity && payload(left) == payload(right) &&
           a.text(left) == b.text(right);
  };
  return std::equal(a.nodes_.begin(), a.nodes_.end(), b.nodes_.begin(), b.nodes_.end(), same);
}

}  // namespace muster
