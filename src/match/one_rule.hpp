#pragma once

#include <cstdint>

#include "match/programs.hpp"

namespace muster {

/// Whether one rule is true of an encoded user. Works out the shared programs that it needs, each
/// once; O(literals of the rule and of those). Uses 32 KB of stack, allocates nothing.
bool evaluate_rule(const CompiledRules& compiled, const std::uint64_t* user,
                   std::size_t rule) noexcept;

}  // namespace muster
