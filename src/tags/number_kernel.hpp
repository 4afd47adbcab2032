#pragma once

#include <cstddef>
#include <cstdint>

#include "core/instruction_set.hpp"

namespace muster {

/// What narrow.hpp says, for one instruction set.
struct NumberKernel {
  bool (*narrow_doubles)(const double* values, std::size_t n, std::int16_t* out);
  bool (*narrow_integers)(const std::int64_t* values, std::size_t n, std::int16_t* out);
  void (*compare_above)(const std::int16_t* values, std::size_t n, std::int16_t below,
                        std::uint64_t* words);
};

/// Each from a source file compiled for it; `number_any` runs on every CPU of the platform.
extern const NumberKernel number_any;
extern const NumberKernel number_avx2;
extern const NumberKernel number_avx512;

/// The code for `isa`; where this build has none, that for every CPU.
const NumberKernel& number_kernel(InstructionSet isa) noexcept;
/// The best for this CPU.
const NumberKernel& best_number_kernel() noexcept;

}  // namespace muster
