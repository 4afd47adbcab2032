#pragma once

#include <cstddef>
#include <vector>

#include "muster/rules/formula.hpp"

namespace muster {

/// One conjunction: predicates that must all hold, at most one a tag and aspect (sets: several),
/// ascending ids. Empty: always true.
using Conjunction = std::vector<PredicateId>;

/// Disjunctive normal form: the formula as an OR of conjunctions, contradictions left out,
/// conjunctions that imply another one left out. Nothing if it would need more than
/// `max_conjunctions`, at the end or in any part, or too many comparisons on the way. REQUIRES: no
/// segments in the formula. New predicates may join the pool.
/// The classic exponential case, (a OR b) AND (c OR d) AND …, is what the bound is for.
MUSTER_EXPORT std::optional<std::vector<Conjunction>> disjunctive_normal_form(
    const Formula& formula, PredicatePool& predicates, std::size_t max_conjunctions);

}  // namespace muster
