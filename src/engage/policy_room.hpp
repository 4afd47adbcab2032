#pragma once

#include "muster/engage/ledger.hpp"
#include "muster/policy/policy.hpp"
#include "policy/budget.hpp"

namespace muster {

/// Whether a policy's quota and budget allow for one acceptance more, beside those that are
/// promised.
inline bool has_room(const Policy& policy, const PolicyUse& use) noexcept {
  if (policy.quota != 0 && use.accepted + use.reserved >= policy.quota) return false;
  return policy.budget == 0 || covers(policy.budget, use.cost + use.reserved_cost + policy.cost);
}

}  // namespace muster
