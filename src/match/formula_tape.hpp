#pragma once

#include <cstdint>
#include <vector>

#include "muster/rules/formula.hpp"

namespace muster {

/// Very many formulas, one after another, four bytes a node.
class FormulaTape {
 public:
  void add(const Formula& formula);
  std::size_t size() const noexcept { return size_; }

  /// A node: an operator's `arg` is its arity, a leaf's the predicate or segment.
  struct Node {
    Formula::Op op = Formula::Op::never;
    bool negated = false;
    std::uint32_t arg = 0;
  };

  /// Calls on_node(Node) for the nodes of every formula in postfix order and on_end(index) after
  /// each.
  template <class OnNode, class OnEnd>
  void replay(OnNode&& on_node, OnEnd&& on_end) const {
    std::size_t index = 0;
    for (const std::uint32_t token : tokens_) {
      if (token % kinds == end_kind) {
        on_end(index++);
      } else {
        on_node(decode(token));
      }
    }
  }

  template <class OnNode>
  void replay(OnNode&& on_node) const {
    replay(on_node, [](std::size_t) {});
  }

 private:
  // A token is arg * kinds + kind; kinds are those of Formula::Op and these.
  static constexpr std::uint32_t kinds = 8;
  static constexpr std::uint32_t negated_segment_kind = 6;
  static constexpr std::uint32_t end_kind = 7;

  static Node decode(std::uint32_t token) noexcept {
    const std::uint32_t kind = token % kinds;
    if (kind == negated_segment_kind) return {Formula::Op::segment, true, token / kinds};
    return {static_cast<Formula::Op>(kind), false, token / kinds};
  }

  std::size_t size_ = 0;
  std::vector<std::uint32_t> tokens_;
};

}  // namespace muster
