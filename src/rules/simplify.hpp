#pragma once

#include <cstdint>
#include <vector>

#include "rules/predicate_merge.hpp"

namespace muster {

/// Makes formulas simple, as promised in formula.hpp. Keeps what it has learnt about predicates
/// for the next formula; not thread-safe.
class Simplifier {
 public:
  /// The pool is borrowed.
  explicit Simplifier(PredicatePool& pool) : merge_(pool) {}

  /// Replaces `out` by the simple form of a formula given root first: an operator stands before
  /// its operands, last operand first. Sizes are not read.
  void run(const std::vector<Formula::Node>& root_first, Formula& out);

 private:
  using Op = Formula::Op;
  using Nodes = std::vector<Formula::Node>;

  static constexpr std::uint32_t none = PredicateMerge::none;
  struct Slot {
    std::uint32_t round = 0;  // in which it was last written
    std::uint32_t newest = none;
  };
  struct Leaf {
    std::uint32_t at;        // in the formula
    std::uint32_t previous;  // leaf of the same slot
  };

  void combine(Op op, std::uint32_t arity, Nodes& out);
  bool gather(Op op, std::uint32_t arity, Nodes& out);
  bool may_merge(const Nodes& out, std::size_t begin);
  bool merge(Op op, Nodes& out, std::size_t begin);
  bool merge_leaf(Op op, Nodes& out, std::uint32_t at);
  bool merge_predicate(Op op, Nodes& out, std::uint32_t at, std::uint32_t leaf);
  bool merge_segment(Op op, Nodes& out, std::uint32_t at, std::uint32_t leaf);
  void drop(Nodes& out, std::uint32_t at);
  Slot& slot_of(const Formula::Node& leaf);
  void next_round();

  PredicateMerge merge_;
  std::vector<std::uint32_t> starts_;    // of the operands not yet taken, in `out`
  std::vector<std::uint32_t> operands_;  // of the operator being merged, in `out`
  std::uint32_t children_ = 0;           // of the operator being combined
  std::vector<Leaf> leaves_;             // of the operator being merged
  std::vector<Slot> slots_;              // one a tag, then one a segment
  std::uint32_t round_ = 0;
};

}  // namespace muster
