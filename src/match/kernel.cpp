#include "match/kernel.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <string>

namespace muster {
namespace {

#if defined(__x86_64__)
// Each -m flag of src/match/CMakeLists.txt is asked for here; a wider set implies the narrower.
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
#endif

// Best first.
constexpr Kernel kernels[] = {
#if defined(__x86_64__)
    {"avx512", InstructionSet::avx512},
    {"avx2", InstructionSet::avx2},
    {"sse4.2", InstructionSet::sse42},
#elif defined(__aarch64__)
    {"neon", InstructionSet::neon},
#endif
    {"scalar", InstructionSet::scalar},
};

std::vector<std::string_view> names_of(bool (*runs)(InstructionSet) noexcept) {
  std::vector<std::string_view> names;
  for (const Kernel& kernel : kernels) {
    if (runs(kernel.isa)) names.push_back(kernel.name);
  }
  return names;
}

}  // namespace

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

std::vector<std::string_view> kernel_names() { return names_of(this_cpu_runs); }

Result<const Kernel*> find_kernel(std::string_view name, bool (*runs)(InstructionSet) noexcept) {
  if (name.empty()) {
    const char* wanted = std::getenv("MUSTER_KERNEL");
    if (wanted != nullptr) name = wanted;
  }
  bool known = false;
  for (const Kernel& kernel : kernels) {
    if (!name.empty() && kernel.name != name) continue;
    if (runs(kernel.isa)) return &kernel;
    known |= !name.empty();
  }
  return Error{
      Errc::invalid_argument,
      fmt::format("kernel '{}' is {}; this machine has {}", name,
                  known ? "not supported by this CPU" : "unknown", fmt::join(names_of(runs), ", ")),
      {}};
}

}  // namespace muster
