#pragma once

#include <vector>

#include "rules/segment_list.hpp"

namespace muster {

/// A formula root first, as the Simplifier reads it, with the segments' formulas in place of
/// their numbers. False where it has more than `max_literals` predicates.
bool put_root_first(const Formula& formula, const SegmentList& segments, std::size_t max_literals,
                    std::vector<Formula::Node>& out);

}  // namespace muster
