#pragma once

#include <vector>

#include "match/bit_frequency.hpp"
#include "match/formula_tape.hpp"
#include "match/programs.hpp"
#include "muster/core/progress.hpp"
#include "muster/rules/check.hpp"

namespace muster {

/// What is to be compiled. Borrowed.
struct LowerInput {
  const Checker& checker;
  const FormulaTape& rules;  ///< over checker.predicates()
  const Limits& limits;
  const UserTable* sample = nullptr;  ///< may be null or empty
  Date sample_today = {};
  const RunOptions& run;
};

/// Programs over bits, and how often each bit holds (bits of the encoder, then shared ones).
struct Lowered {
  CompiledRules compiled;
  std::vector<Frequency> frequencies;
};

/// Formulas to programs: chooses the bits, spells every predicate in them, and makes programs of
/// their own of segments that are referred to more than once. O(nodes of all formulas). Fails
/// with limit (max_bits; max_shared_segments; ProgramList::max_depth), schema_mismatch (sample),
/// cancelled.
Result<Lowered> lower(const LowerInput& input);

}  // namespace muster
