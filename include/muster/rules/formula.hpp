#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/error.hpp"
#include "muster/rules/expr.hpp"
#include "muster/tags/predicate.hpp"

namespace muster {

/// A predicate's position in its PredicatePool.
enum class PredicateId : std::uint32_t {};

/// Distinct predicates, each stored once and numbered in order of arrival.
class MUSTER_EXPORT PredicatePool {
 public:
  explicit PredicatePool(Schema schema) : schema_(std::move(schema)) {}
  const Schema& schema() const noexcept { return schema_; }
  PredicateId intern(Predicate predicate);
  const Predicate& operator[](PredicateId id) const noexcept {
    return predicates_[static_cast<std::size_t>(id)];
  }
  std::size_t size() const noexcept { return predicates_.size(); }

 private:
  Schema schema_;
  std::deque<Predicate> predicates_;  // deque: references stay valid while it grows
  boost::unordered_flat_map<std::size_t, std::vector<PredicateId>> by_hash_;
};

/// A checked rule, two-valued, in negation normal form: AND and OR over predicates, nothing
/// else. TRUE where the rule is TRUE; false where the rule is FALSE or NULL. Postfix order.
/// Simplified: no AND in AND, no OR in OR, no operator over fewer than two, no two predicates
/// of one tag beside each other that could be one, constants only as the whole formula.
struct Formula {
  enum class Op : std::uint8_t { predicate, segment, all_of, any_of, always, never };
  struct Node {
    Op op = Op::never;
    bool negated = false;    ///< segment: the users for whom it is FALSE, not those it is TRUE for
    std::uint32_t arity = 0; ///< operands of all_of and any_of
    std::uint32_t size = 1;  ///< nodes of this subtree, itself included
    std::uint32_t id = 0;    ///< PredicateId, or the segment's number
  };
  std::vector<Node> nodes;

  bool is_always() const noexcept { return nodes.size() == 1 && nodes[0].op == Op::always; }
  bool is_never() const noexcept { return nodes.size() == 1 && nodes[0].op == Op::never; }
};

}  // namespace muster
