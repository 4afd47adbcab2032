#pragma once

#include <cstdint>

#include "muster/tags/predicate.hpp"

namespace muster {

/// What a part of a rule must come out as. SQL's three truth values are spent by asking for one
/// of these from the whole rule (TRUE) and passing the question down to the comparisons.
enum class Wanted : std::uint8_t { is_true, is_false, not_true, not_false };

/// What x must come out as for NOT x to come out as wanted.
constexpr Wanted under_not(Wanted wanted) { return Wanted(static_cast<std::uint8_t>(wanted) ^ 1u); }

/// Whether AND is asked of all its operands, OR of any; otherwise it is the other way round.
constexpr bool keeps_operators(Wanted wanted) {
  return wanted == Wanted::is_true || wanted == Wanted::not_false;
}

/// Whether NULL will do.
constexpr bool accepts_null(Wanted wanted) {
  return wanted == Wanted::not_true || wanted == Wanted::not_false;
}

/// SQL's truth values.
enum class Truth : std::uint8_t { no, yes, unknown };

constexpr Truth truth_of(bool value) { return value ? Truth::yes : Truth::no; }

constexpr Truth opposite(Truth truth) {
  if (truth == Truth::unknown) return truth;
  return truth == Truth::yes ? Truth::no : Truth::yes;
}

constexpr bool meets(Truth truth, Wanted wanted) {
  switch (wanted) {
    case Wanted::is_true:
      return truth == Truth::yes;
    case Wanted::is_false:
      return truth == Truth::no;
    case Wanted::not_true:
      return truth != Truth::yes;
    case Wanted::not_false:
      break;
  }
  return truth != Truth::no;
}

}  // namespace muster
