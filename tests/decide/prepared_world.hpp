#pragma once

#include "decide/prepared_catalogue.hpp"
#include "draft.hpp"

namespace muster::testing {

/// Fails the test where the catalogue is refused.
inline std::shared_ptr<const PreparedCatalogue> prepared(const Draft& draft) {
  return PreparedCatalogue::make(draft.make(), {}).value();
}

/// Conditions of which those of `rules` hold that `holding` numbers.
inline ConditionBits conditions_of(const PreparedCatalogue& catalogue,
                                   std::initializer_list<ConditionId> holding = {}) {
  ConditionBits bits;
  bits.resize(catalogue.conditions);
  bits.clear();
  for (const ConditionId one : holding) bits.set(one);
  return bits;
}

}  // namespace muster::testing
