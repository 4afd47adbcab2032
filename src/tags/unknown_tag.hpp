#pragma once

#include <string_view>

#include "muster/tags/schema.hpp"

namespace muster {

/// The error for a name that no tag has, with "did you mean".
Error unknown_tag(const Schema& schema, std::string_view name);

}  // namespace muster
