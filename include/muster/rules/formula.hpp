#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "muster/core/error.hpp"
#include "muster/rules/expr.hpp"
#include "muster/tags/predicate.hpp"

namespace muster {

/// A predicate's position in its PredicatePool.
enum class PredicateId : std::uint32_t {};

/// Distinct predicates, each stored once and numbered in order of arrival. A value type; reading
/// is thread-safe.
class MUSTER_EXPORT PredicatePool {
 public:
  explicit PredicatePool(Schema schema);
  PredicatePool(const PredicatePool&);
  PredicatePool(PredicatePool&&) noexcept;
  PredicatePool& operator=(const PredicatePool&);
  PredicatePool& operator=(PredicatePool&&) noexcept;
  ~PredicatePool();

  const Schema& schema() const noexcept;
  /// The predicate's number, a new one where it is new. O(size of the predicate).
  /// REQUIRES: canonical, over a tag of the schema.
  PredicateId intern(Predicate predicate);
  /// O(1). The reference stays valid while the pool grows. REQUIRES: a number that intern() gave.
  const Predicate& operator[](PredicateId id) const noexcept;
  std::size_t size() const noexcept;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

/// A checked rule, two-valued, in negation normal form: AND and OR over predicates, nothing
/// else. TRUE where the rule is TRUE; false where the rule is FALSE or NULL. Postfix order.
/// Simplified: no AND in AND, no OR in OR, no operator over fewer than two, no two predicates
/// of one tag beside each other that could be one (of sets, only neighbours are tried), constants
/// only as the whole formula.
struct Formula {
  enum class Op : std::uint8_t { predicate, segment, all_of, any_of, always, never };
  struct Node {
    Op op = Op::never;
    bool negated = false;     ///< segment: the users for whom it is FALSE, not those it is TRUE for
    std::uint32_t arity = 0;  ///< operands of all_of and any_of
    std::uint32_t size = 1;   ///< nodes of this subtree, itself included
    std::uint32_t id = 0;     ///< PredicateId, or the segment's number
  };
  std::vector<Node> nodes;

  bool is_always() const noexcept { return nodes.size() == 1 && nodes[0].op == Op::always; }
  bool is_never() const noexcept { return nodes.size() == 1 && nodes[0].op == Op::never; }
};

}  // namespace muster
