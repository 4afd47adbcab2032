#pragma once

#include <string>

#include "muster/decide/policy_view.hpp"

namespace muster {

/// A view as a TM Forum QueryProductRecommendation (TMF680, version 4.0): an item for each offer in
/// the view's order. docs/tm-forum.md has the mapping. Keys stand in a fixed order; the same view
/// gives the same bytes, whoever asks. Thread-safe.
MUSTER_EXPORT std::string to_tmf680(const PolicyView& view);

}  // namespace muster
