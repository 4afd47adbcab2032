#include "match/kernel.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <string>

namespace muster {
namespace {

struct Candidate {
  Kernel kernel;
  bool (*runs_here)();
};

bool always() { return true; }

#if defined(__x86_64__)
bool has_avx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
         __builtin_cpu_supports("avx512bitalg") && __builtin_cpu_supports("avx512vpopcntdq") &&
         __builtin_cpu_supports("gfni") && __builtin_cpu_supports("bmi2");
}
bool has_avx2() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}
bool has_sse42() { return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt"); }
#endif

// Best first.
constexpr Candidate candidates[] = {
#if defined(__x86_64__)
    {{"avx512", InstructionSet::avx512}, has_avx512},
    {{"avx2", InstructionSet::avx2}, has_avx2},
    {{"sse4.2", InstructionSet::sse42}, has_sse42},
#elif defined(__aarch64__)
    {{"neon", InstructionSet::neon}, always},  // every such CPU has it
#endif
    {{"scalar", InstructionSet::scalar}, always},
};

}  // namespace

std::vector<std::string_view> kernel_names() {
  std::vector<std::string_view> names;
  for (const Candidate& candidate : candidates) {
    if (candidate.runs_here()) names.push_back(candidate.kernel.name);
  }
  return names;
}

Result<const Kernel*> find_kernel(std::string_view name) {
  if (name.empty()) {
    const char* wanted = std::getenv("MUSTER_KERNEL");
    if (wanted != nullptr) name = wanted;
  }
  bool known = false;
  for (const Candidate& candidate : candidates) {
    if (!name.empty() && candidate.kernel.name != name) continue;
    if (candidate.runs_here()) return &candidate.kernel;
    known |= !name.empty();
  }
  return Error{
      Errc::invalid_argument,
      fmt::format("kernel '{}' is {}; this machine has {}", name,
                  known ? "not supported by this CPU" : "unknown", fmt::join(kernel_names(), ", ")),
      {}};
}

}  // namespace muster
