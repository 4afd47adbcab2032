#pragma once

#include <cstdint>

#include "policy/catalogue_reader.hpp"

namespace muster {

/// Equal for catalogues that say the same, however their policies and segments are ordered.
/// O(size log policies).
std::uint64_t hash_of(const CatalogueText& text);

}  // namespace muster
