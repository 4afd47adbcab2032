#include "rules/predicate_merge.hpp"

namespace muster {

using FormulaOp = Formula::Op;

std::uint32_t PredicateMerge::merged(FormulaOp op, std::uint32_t a, std::uint32_t b) {
  if (a == b) return a;
  const PredicateFacts::Facts of = facts(a);
  if (of.tag != facts(b).tag) return none;
  if (of.may_stand_apart) return merged_anew(op, a, b);
  auto& cache = op == FormulaOp::all_of ? both_ : either_;
  const auto [at, added] = cache.try_emplace(std::uint64_t{a} << 32 | b, none);
  if (added) at->second = merged_anew(op, a, b);
  return at->second;
}

std::uint32_t PredicateMerge::merged_anew(FormulaOp op, std::uint32_t a, std::uint32_t b) {
  const Predicate& left = pool_[PredicateId{a}];
  const Predicate& right = pool_[PredicateId{b}];
  auto one = op == FormulaOp::all_of ? both(pool_.schema(), left, right)
                                     : either(pool_.schema(), left, right);
  return one ? static_cast<std::uint32_t>(pool_.intern(*std::move(one))) : none;
}

}  // namespace muster
