#pragma once

#include <string>
#include <string_view>

#include "muster/engage/hand_off.hpp"

namespace muster {

/// As ledgers keep it: JSON.
std::string to_text(const HandOff& hand_off);
/// Fails with corrupt.
Result<HandOff> read_hand_off(std::string_view text);

}  // namespace muster
