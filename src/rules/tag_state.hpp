#pragma once

#include <vector>

#include "muster/tags/predicate.hpp"

namespace muster {

/// What one tag of a user who is looked for must answer yes to. One predicate where predicates
/// of the tag can be made one; several for sets, and for dates asked in both aspects.
class TagState {
 public:
  /// Asks one more question; false where no value answers yes to all. The state is then of no use.
  bool add(const Schema& schema, const Predicate& predicate);

  /// Whether `add` would succeed.
  bool allows(const Schema& schema, const Predicate& predicate) const;

  /// Empty: the tag is free.
  const std::vector<Predicate>& parts() const { return parts_; }

 private:
  bool is_possible(const Schema& schema) const;
  bool known_is_possible() const;
  std::vector<Predicate> parts_;
};

}  // namespace muster
