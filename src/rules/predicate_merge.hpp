#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>

#include "rules/predicate_facts.hpp"

namespace muster {

/// Makes one predicate of two, and remembers it.
class PredicateMerge {
 public:
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  /// The pool is borrowed.
  explicit PredicateMerge(PredicatePool& pool) : pool_(pool) {}

  /// The id of "both" (all_of) or "either" (any_of) in the pool, or none.
  std::uint32_t merged(Formula::Op op, std::uint32_t a, std::uint32_t b);

  const PredicateFacts::Facts& facts(std::uint32_t id) { return facts_.of(pool_, PredicateId{id}); }
  const Schema& schema() const { return pool_.schema(); }

 private:
  std::uint32_t merged_anew(Formula::Op op, std::uint32_t a, std::uint32_t b);

  PredicatePool& pool_;
  PredicateFacts facts_;
  boost::unordered_flat_map<std::uint64_t, std::uint32_t> both_, either_;
};

}  // namespace muster
