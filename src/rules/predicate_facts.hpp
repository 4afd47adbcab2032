#pragma once

#include <vector>

#include "muster/rules/formula.hpp"

namespace muster {

/// What is asked again and again about the predicates of a pool, worked out once each.
class PredicateFacts {
 public:
  struct Facts {
    TagId tag{};
    bool never = false;
    bool always = false;
    bool may_stand_apart = false;  ///< two of the tag may not make one: sets, dates
  };

  const Facts& of(const PredicatePool& pool, PredicateId id) {
    const auto index = static_cast<std::size_t>(id);
    while (facts_.size() <= index) [[unlikely]] add(pool);
    return facts_[index];
  }

 private:
  void add(const PredicatePool& pool);
  std::vector<Facts> facts_;
};

}  // namespace muster
