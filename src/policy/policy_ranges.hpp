#pragma once

#include "core/json_values.hpp"
#include "muster/policy/policy.hpp"

/// What the numbers of a policy may be, whichever JSON says them.
namespace muster {

inline constexpr NumberRange value_range{-max_money, max_money};
inline constexpr NumberRange money_range{0, max_money};
inline constexpr NumberRange lever_range{0, max_lever};
inline constexpr NumberRange tier_range{-max_tier, max_tier, true};
inline constexpr NumberRange quota_range{0, max_count, true};

}  // namespace muster
