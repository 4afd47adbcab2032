#include "muster/rules/dsl.hpp"

#include <utility>

namespace muster {

std::string_view Condition::text(const Expr::Node& node) const {
  return std::string_view(pool_).substr(node.text_begin, node.text_size);
}

void Condition::push_back(const Expr::Node& node, std::string_view text) {
  nodes_.push_back(node);
  nodes_.back().text_begin = static_cast<std::uint32_t>(pool_.size());
  nodes_.back().text_size = static_cast<std::uint32_t>(text.size());
  pool_ += text;
}

void Condition::push_front(const Expr::Node& node, std::string_view text) {
  nodes_.push_front(node);
  nodes_.front().text_begin = static_cast<std::uint32_t>(pool_.size());
  nodes_.front().text_size = static_cast<std::uint32_t>(text.size());
  pool_ += text;
}

void Condition::push_leaf(Expr::Op op, std::string_view text) {
  Expr::Node node;
  node.op = op;
  push_back(node, text);
}

void Condition::push_constant(const Constant& constant) {
  push_leaf(constant.op_, constant.text_);
  if (constant.op_ == Expr::Op::number) {
    nodes_.back().number = constant.number_;
  } else {
    nodes_.back().integer = constant.integer_;
  }
}

// REQUIRES: all nodes are operands of the new root.
void Condition::push_root(Expr::Op op, std::uint32_t arity) {
  Expr::Node root;
  root.op = op;
  root.arity = arity;
  root.size = static_cast<std::uint32_t>(nodes_.size() + 1);
  nodes_.push_back(root);
}

// As operands of `op`: how many they are, once a root that is `op` itself is taken off.
std::uint32_t Condition::open_root(Expr::Op op) {
  if (nodes_.back().op != op) return 1;
  const std::uint32_t arity = nodes_.back().arity;
  nodes_.pop_back();
  return arity;
}

Condition Condition::test(Expr::Op op, Condition a) {
  a.push_root(op, 1);
  return a;
}

Condition Condition::join(Expr::Op op, Condition a, Condition b) {
  std::uint32_t arity = a.open_root(op);
  arity += b.open_root(op);
  if (a.nodes_.size() >= b.nodes_.size()) {
    for (const Expr::Node& node : b.nodes_) a.push_back(node, b.text(node));
  } else {
    for (std::size_t i = a.nodes_.size(); i-- > 0;) b.push_front(a.nodes_[i], a.text(a.nodes_[i]));
    a = std::move(b);
  }
  a.push_root(op, arity);
  return a;
}

Condition Condition::compare(Expr::Op op, const Term& left, std::span<const Constant> right) {
  Condition condition;
  condition.push_leaf(Expr::Op::tag, left.tag_);
  if (left.op_ != Expr::Op::tag) condition.push_root(left.op_, 1);
  for (const Constant& constant : right) condition.push_constant(constant);
  condition.push_root(op, static_cast<std::uint32_t>(1 + right.size()));
  return condition;
}

Condition::Condition(const TagTerm& flag) { push_leaf(Expr::Op::tag, flag.tag_); }

Expr Condition::expr() const {
  Expr expr;
  for (const Expr::Node& node : nodes_) {
    if (node.arity > 0) {
      expr.push_operator(node.op, node.arity);
    } else if (node.op == Expr::Op::integer) {
      expr.push_integer(node.integer);
    } else if (node.op == Expr::Op::number) {
      expr.push_number(node.number);
    } else if (node.op == Expr::Op::boolean) {
      expr.push_boolean(node.integer != 0);
    } else {
      expr.push_leaf(node.op, text(node));
    }
  }
  return expr;
}

Condition operator&&(Condition a, Condition b) {
  return Condition::join(Expr::Op::logical_and, std::move(a), std::move(b));
}

Condition operator||(Condition a, Condition b) {
  return Condition::join(Expr::Op::logical_or, std::move(a), std::move(b));
}

Condition operator!(Condition a) { return Condition::test(Expr::Op::logical_not, std::move(a)); }
Condition is_null(Condition a) { return Condition::test(Expr::Op::is_null, std::move(a)); }
Condition is_not_null(Condition a) { return Condition::test(Expr::Op::is_not_null, std::move(a)); }
Condition is_true(Condition a) { return Condition::test(Expr::Op::is_true, std::move(a)); }
Condition is_not_true(Condition a) { return Condition::test(Expr::Op::is_not_true, std::move(a)); }
Condition is_false(Condition a) { return Condition::test(Expr::Op::is_false, std::move(a)); }
Condition is_not_false(Condition a) {
  return Condition::test(Expr::Op::is_not_false, std::move(a));
}

Condition segment(std::string_view name) {
  Condition condition;
  condition.push_leaf(Expr::Op::segment, name);
  return condition;
}

Condition truth(bool value) {
  Condition condition;
  condition.push_constant(value);
  return condition;
}

Condition Term::is(Expr::Op op, const Constant& right) const {
  return Condition::compare(op, *this, {&right, 1});
}

Condition Term::in(std::span<const Constant> items) const {
  return items.empty() ? truth(false) : Condition::compare(Expr::Op::in, *this, items);
}

Condition Term::not_in(std::span<const Constant> items) const {
  return items.empty() ? truth(true) : Condition::compare(Expr::Op::not_in, *this, items);
}

Condition Term::between(const Constant& low, const Constant& high) const {
  const Constant bounds[] = {low, high};
  return Condition::compare(Expr::Op::between, *this, bounds);
}

Condition Term::not_between(const Constant& low, const Constant& high) const {
  const Constant bounds[] = {low, high};
  return Condition::compare(Expr::Op::not_between, *this, bounds);
}

Condition Term::is_null() const { return Condition::compare(Expr::Op::is_null, *this, {}); }
Condition Term::is_not_null() const { return Condition::compare(Expr::Op::is_not_null, *this, {}); }

Condition TagTerm::like(std::string_view pattern) const { return is(Expr::Op::like, pattern); }
Condition TagTerm::not_like(std::string_view pattern) const {
  return is(Expr::Op::not_like, pattern);
}

Condition TagTerm::has_any(std::span<const Constant> items) const {
  return items.empty() ? truth(false) : Condition::compare(Expr::Op::has_any, *this, items);
}

Condition TagTerm::has_all(std::span<const Constant> items) const {
  return items.empty() ? truth(true) : Condition::compare(Expr::Op::has_all, *this, items);
}

Term days_since(const TagTerm& date) { return {Expr::Op::days_since, date.tag_}; }
Term days_until(const TagTerm& date) { return {Expr::Op::days_until, date.tag_}; }

}  // namespace muster
