#include "match/kernel.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <string>

#include "core/diagnostics.hpp"

namespace muster {
namespace {

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
      fmt::format("kernel {} is {}; this machine has {}", in_quotes(name),
                  known ? "not supported by this CPU" : "unknown", fmt::join(names_of(runs), ", ")),
      {}};
}

}  // namespace muster
