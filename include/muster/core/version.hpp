#pragma once

#include <string_view>

#include "muster/core/export.hpp"

#define MUSTER_VERSION_MAJOR 0
#define MUSTER_VERSION_MINOR 1
#define MUSTER_VERSION_PATCH 0

namespace muster {

/// The version of the library in use, "major.minor.patch". It may be newer than the macros a
/// program was compiled with.
MUSTER_EXPORT std::string_view version() noexcept;

}  // namespace muster
