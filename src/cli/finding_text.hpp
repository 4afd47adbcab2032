#pragma once

#include <span>
#include <string>
#include <vector>

#include "muster/plan/catalogue_analysis.hpp"

namespace muster::cli {

/// Findings as sentences, each after its kind in a word or two; tags that nobody uses share one.
std::vector<std::string> sentences(std::span<const CatalogueFinding> findings,
                                   const Catalogue& catalogue);

}  // namespace muster::cli
