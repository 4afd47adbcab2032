#pragma once

#include <vector>

#include "muster/plan/catalogue_analysis.hpp"

namespace muster {

/// unused_tag and unused_category, in order of tags. O(length of all rules and scripts).
std::vector<CatalogueFinding> unused_tags(const Catalogue& catalogue);

}  // namespace muster
