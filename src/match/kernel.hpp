#pragma once

#include <string_view>

#include "core/this_cpu.hpp"
#include "muster/match/kernel.hpp"

namespace muster {

/// A named variant of the code that matches. All give the same answers. Every executor keeps its
/// own functions per instruction set; a Kernel only says which to take.
struct Kernel {
  std::string_view name;
  InstructionSet isa = InstructionSet::scalar;
};

/// The kernel called `name`; empty: what the environment variable MUSTER_KERNEL names, else the
/// best this CPU runs. Fails with invalid_argument, listing the kernels of this machine, where
/// the name is unknown or the CPU lacks its instructions. Kernels live for ever.
/// `runs`: what the CPU can do; tests ask for another one.
Result<const Kernel*> find_kernel(std::string_view name,
                                  bool (*runs)(InstructionSet) noexcept = this_cpu_runs);

}  // namespace muster
