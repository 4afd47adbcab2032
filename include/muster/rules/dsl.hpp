#pragma once

#include <string>
#include <string_view>

#include "muster/rules/expr.hpp"

/// Rules written in C++: `tag("arpu_3m") >= 96 && !tag("complained_90d")` is the tree that
/// `parse("arpu_3m >= 96 AND NOT complained_90d")` gives.
namespace muster {}  // filled in by its room
