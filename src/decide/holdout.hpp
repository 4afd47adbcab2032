#pragma once

#include <string_view>

#include "muster/policy/arbitration.hpp"

namespace muster {

/// Whether a user is held out: a hash of the user, keyed by the holdout's key, is a fraction from
/// 0 to 1; those below the share are in, so that they stay in when it grows.
bool is_held_out(std::string_view user, const Holdout& holdout) noexcept;

}  // namespace muster
