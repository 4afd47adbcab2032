#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace muster {

/// A line: the bits that one truth value has for a run of users. While a plan is made, lines are
/// numbered as they turn up; a signed line is the number << 1 | negated.
using LineId = std::uint32_t;
using SignedLine = std::uint32_t;

/// The line that is true of every user there is. In all lines, bits past the last user are 0.
inline constexpr LineId valid_line = 0;

constexpr SignedLine make_signed(LineId line, bool negated) {
  return line << 1 | (negated ? 1u : 0u);
}
constexpr LineId line_of(SignedLine operand) { return operand >> 1; }
constexpr bool is_negative(SignedLine operand) { return (operand & 1) != 0; }

/// What a kernel computes in one go: all of `literals`, and one of `any` unless it is empty. Has
/// a positive literal or an `any`, so that bits past the last user come out as 0.
struct Unit {
  std::vector<SignedLine> literals;  ///< ascending, no two alike
  std::vector<LineId> any;           ///< ascending, no two alike; none or several
  friend bool operator==(const Unit&, const Unit&) = default;
};

/// Units that give the rules, and those that the rules and later units read.
struct UnitGraph {
  /// Where a line comes from: a column of the users, a unit, or (valid_line) neither.
  struct Origin {
    enum class Kind : std::uint8_t { valid, column, unit } kind;
    std::uint32_t index;  ///< of the column; of the unit in `units`
  };
  std::vector<Origin> lines;
  std::vector<Unit> units;
  std::vector<Unit> rules;

  LineId add_unit(Unit unit) {
    lines.push_back({Origin::Kind::unit, static_cast<std::uint32_t>(units.size())});
    units.push_back(std::move(unit));
    return static_cast<LineId>(lines.size() - 1);
  }
};

}  // namespace muster
