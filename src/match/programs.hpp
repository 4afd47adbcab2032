#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "muster/core/error.hpp"
#include "muster/tags/encoder.hpp"

namespace muster {

/// A bit of an encoded user, as it is or negated: bit << 1 | negated.
using Literal = std::uint32_t;

constexpr Literal make_literal(std::uint32_t bit, bool negated) { return bit << 1 | (negated ? 1u : 0u); }
constexpr std::uint32_t bit_of(Literal literal) { return literal >> 1; }
constexpr bool is_negated(Literal literal) { return (literal & 1) != 0; }

/// A node of a boolean program in postfix order. Canonical like Formula: operators alternate and have
/// two operands or more; a constant is an operator without operands and stands alone (all_of:
/// true, any_of: false).
struct ProgramNode {
  enum class Op : std::uint8_t { literal, all_of, any_of };
  Op op = Op::literal;
  std::uint32_t arg = 0;  ///< the literal, or how many operands
  friend bool operator==(const ProgramNode&, const ProgramNode&) = default;
};

/// Very many boolean programs over literals in few bytes. Decoding is sequential per program;
/// finding one costs a scan of at most `stride` programs.
class ProgramList {
 public:
  static constexpr std::size_t stride = 16;

  void add(std::span<const ProgramNode> program);
  std::size_t size() const noexcept { return size_; }
  /// Replaces `out` by program `index`.
  void read(std::size_t index, std::vector<ProgramNode>& out) const;
  /// Whether program `index` is true of these bits.
  bool evaluate(std::size_t index, const std::uint64_t* bits) const noexcept;
  std::size_t memory_bytes() const noexcept;

  std::span<const std::uint8_t> bytes() const noexcept { return bytes_; }
  /// Accepts bytes() of `size` programs whose literals are all below `literals`; checks everything.
  static Result<ProgramList> from_bytes(std::span<const std::uint8_t> bytes, std::size_t size,
                                        std::uint32_t literals);

 private:
  std::size_t size_ = 0;
  std::vector<std::uint8_t> bytes_;
  std::vector<std::uint32_t> starts_;  // of every stride-th program
};

/// What every executor is built from. Bits below encoder.bits() come from the encoder; bit
/// encoder.bits() + i is shared[i], which may read lower bits only: a segment that several rules
/// use, or a part too tangled for a normal form.
struct CompiledRules {
  Encoder encoder;
  ProgramList shared;
  ProgramList rules;  ///< rule r is rules[r]
  std::size_t all_bits() const noexcept { return encoder.bits() + shared.size(); }
};

}  // namespace muster
