#include "core/this_cpu.hpp"

namespace muster {

#if defined(__x86_64__)
namespace {

// Each -m flag of cmake/kernels.cmake is asked for here; a wider set implies the narrower.
bool has_sse42() noexcept {
  return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt");
}
bool has_avx2() noexcept {
  return has_sse42() && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2");
}
bool has_avx512() noexcept {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
         __builtin_cpu_supports("avx512bitalg") && __builtin_cpu_supports("avx512vpopcntdq") &&
         __builtin_cpu_supports("gfni");
}

}  // namespace
#endif

bool this_cpu_runs(InstructionSet isa) noexcept {
  switch (isa) {
#if defined(__x86_64__)
    case InstructionSet::avx512:
      return has_avx512();
    case InstructionSet::avx2:
      return has_avx2();
    case InstructionSet::sse42:
      return has_sse42();
#elif defined(__aarch64__)
    case InstructionSet::neon:
      return true;  // every such CPU has it
#endif
    case InstructionSet::scalar:
      return true;
    default:
      return false;
  }
}

}  // namespace muster
