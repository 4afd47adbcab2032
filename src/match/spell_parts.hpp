#pragma once

#include "match/chief_bits.hpp"
#include "match/program_composer.hpp"

namespace muster {

/// Spells a predicate in parts that many predicates of its tag share: thresholds of a number or
/// date, single values of a category or set. Makes the bits that it needs and leaves the program
/// in `out`. REQUIRES: not of a boolean tag; `out` is clear.
void spell_in_parts(const Predicate& predicate, ChiefBits& bits, ProgramComposer& out);

}  // namespace muster
