#pragma once

#include "core/instruction_set.hpp"

namespace muster {

/// Whether this CPU has every instruction that code for `isa` is compiled to use.
bool this_cpu_runs(InstructionSet isa) noexcept;

}  // namespace muster
