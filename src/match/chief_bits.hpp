#pragma once

#include <vector>

#include "match/programs.hpp"
#include "muster/rules/formula.hpp"

namespace muster {

/// Bits for predicates: one for each and its opposite together, numbered in order of arrival.
class ChiefBits {
 public:
  explicit ChiefBits(const Schema& schema) : chiefs_(schema) {}

  const Schema& schema() const noexcept { return chiefs_.schema(); }
  /// The literal that says the same. REQUIRES: canonical.
  Literal literal_of(Predicate predicate);
  /// Bit i is predicate i.
  std::vector<Predicate> predicates() const;

 private:
  PredicatePool chiefs_;
};

}  // namespace muster
