#pragma once

#include <map>
#include <string>
#include <string_view>

#include "muster/core/date.hpp"

namespace muster::judge {

/// A rule as a SQL expression. Nearly all of it goes through as it was written, so that the
/// database also judges how the rule was read; only what SQL spells otherwise is replaced: days
/// counted from `today`, segments (by their own text) and tests of sets (held as JSON arrays).
/// REQUIRES: the text is a rule.
std::string sql_text(std::string_view rule, const std::map<std::string, std::string>& segments,
                     Date today);

}  // namespace muster::judge
