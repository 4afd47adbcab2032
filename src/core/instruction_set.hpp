#pragma once

#include <cstdint>

namespace muster {

/// Instruction sets that executors have variants for, worst first. In a file of its own, because
/// code for one instruction set must not include what has inline functions.
enum class InstructionSet : std::uint8_t { scalar, neon, sse42, avx2, avx512 };

}  // namespace muster
