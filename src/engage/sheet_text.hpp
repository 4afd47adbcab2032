#pragma once

#include <string>
#include <string_view>

#include "muster/engage/sheet.hpp"

namespace muster {

/// As ledgers keep it: JSON.
std::string to_text(const Sheet& sheet);
/// Fails with corrupt.
Result<Sheet> read_sheet(std::string_view text);

}  // namespace muster
