#include "tags/number_kernel.hpp"

#include <initializer_list>

#include "core/this_cpu.hpp"
#include "tags/narrow.hpp"

namespace muster {

const NumberKernel number_any{narrow_to_16, narrow_to_16, compare_above};

const NumberKernel& number_kernel(InstructionSet isa) noexcept {
  switch (isa) {
#if defined(__x86_64__)
    case InstructionSet::avx2:
      return number_avx2;
    case InstructionSet::avx512:
      return number_avx512;
#endif
    default:
      return number_any;
  }
}

const NumberKernel& best_number_kernel() noexcept {
  for (const InstructionSet isa : {InstructionSet::avx512, InstructionSet::avx2}) {
    if (this_cpu_runs(isa)) return number_kernel(isa);
  }
  return number_any;
}

}  // namespace muster
