#pragma once

#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <span>
#include <vector>

#include "match/programs.hpp"

namespace muster {

/// Few literals, without an allocation.
using Literals = boost::container::small_vector<Literal, 8>;
using LiteralGroups = boost::container::small_vector<Literals, 1>;

/// One way for a rule to be true: all of `literals` hold, and of each group of `groups` one does.
struct Alternative {
  Literals literals;     ///< distinct, ascending
  LiteralGroups groups;  ///< each of two distinct literals or more
  /// What is said above is only necessary: whoever passes must ask the rule's program.
  bool unsure = false;
};

/// What bounds an Alternative and how many of them a rule becomes.
struct ClausalBounds {
  std::size_t alternatives = 64;
  std::size_t groups = 3;
  std::size_t group_literals = 12;
};

/// Rewrites programs as a few alternatives, a form between conjunctive and disjunctive normal
/// form: `a AND (b OR c)` stays one alternative, `(a AND b) OR c` becomes two. What does not fit
/// the bounds is left out and makes an alternative unsure, so the answer is never exponential.
class ClausalForm {
 public:
  explicit ClausalForm(ClausalBounds bounds) : bounds_(bounds) {}

  /// The alternatives of a canonical program, valid until the next call; none if it is never
  /// true.
  std::span<const Alternative> of(std::span<const ProgramNode> program);

 private:
  using Conjunctions = std::vector<Literals>;
  using Nodes = boost::container::small_vector<std::size_t, 16>;

  Nodes operands_of(std::size_t node) const;
  void add_alternative(std::size_t node);
  void finish(Alternative alternative);
  bool is_small_group(const Nodes& operands) const;
  void add_literals(const Nodes& operands, Literals& out) const;
  bool expand(std::size_t node, Conjunctions& out) const;
  bool multiply(Conjunctions& product, std::size_t node) const;
  void distribute(std::vector<Alternative>& product, std::size_t node) const;

  ClausalBounds bounds_;
  std::span<const ProgramNode> program_;
  std::vector<std::size_t> starts_;  // per node: the first node of its subtree
  std::vector<Alternative> alternatives_;
};

}  // namespace muster
