#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "match/program_tokens.hpp"
#include "muster/core/error.hpp"
#include "muster/core/limits.hpp"
#include "muster/tags/encoder.hpp"

namespace muster {

/// A bit of an encoded user, as it is or negated: bit << 1 | negated.
using Literal = std::uint32_t;

constexpr Literal make_literal(std::uint32_t bit, bool negated) {
  return bit << 1 | (negated ? 1u : 0u);
}
constexpr std::uint32_t bit_of(Literal literal) { return literal >> 1; }
constexpr bool is_negated(Literal literal) { return (literal & 1) != 0; }

/// A node of a boolean program in postfix order. Canonical like Formula: operators alternate and
/// have two operands or more; a constant is an operator without operands and stands alone (all_of:
/// true, any_of: false).
struct ProgramNode {
  enum class Op : std::uint8_t { literal, all_of, any_of };
  Op op = Op::literal;
  std::uint32_t arg = 0;  ///< the literal, or how many operands
  friend bool operator==(const ProgramNode&, const ProgramNode&) = default;
};

/// Very many boolean programs over literals in few bytes. Decoding is sequential per program;
/// finding one costs a scan of at most `stride` programs.
///
/// A program's bytes are the operands of an all_of, then `close`. An operand is a literal or
/// `open`, the operands of a group, `close`; a group in an all_of is an any_of and the other way
/// round. So `t3 AND (t5 OR NOT t4)` is  t3 open t5 -t4 close close,  true is  close,  false is
/// open close close. Low literals take one byte, most others two.
class ProgramList {
 public:
  static constexpr std::size_t stride = 16;
  /// Groups within groups that a program may have.
  static constexpr std::size_t max_depth = 512;

  /// REQUIRES: canonical, no deeper than max_depth.
  void add(std::span<const ProgramNode> program);
  /// Gives back memory kept for further programs.
  void shrink_to_fit();
  std::size_t size() const noexcept { return size_; }
  /// Replaces `out` by program `index`. REQUIRES: index < size().
  void read(std::size_t index, std::vector<ProgramNode>& out) const;
  class Cursor;
  /// Whether program `index` is true of these bits. Needs no memory. REQUIRES: index < size().
  bool evaluate(std::size_t index, const std::uint64_t* bits) const noexcept;
  /// The same where read_bit(bit) tells a bit's value.
  template <class ReadBit>
  bool evaluate_with(std::size_t index, ReadBit&& read_bit) const noexcept;
  /// Calls visit(Literal) for every literal of program `index`. REQUIRES: index < size().
  template <class Visit>
  void for_each_literal(std::size_t index, Visit&& visit) const;
  std::size_t memory_bytes() const noexcept;

  std::span<const std::uint8_t> bytes() const noexcept { return bytes_; }
  /// Accepts bytes() of `size` programs whose literals are all below `literals`; checks everything
  /// but the order of operands. Fails with Errc::corrupt.
  static Result<ProgramList> from_bytes(std::span<const std::uint8_t> bytes, std::size_t size,
                                        std::uint32_t literals);

 private:
  const std::uint8_t* find(std::size_t index) const noexcept;
  void begin_program();

  std::size_t size_ = 0;
  std::vector<std::uint8_t> bytes_;
  std::vector<std::uint64_t> starts_;  // of every stride-th program
};

/// Reads programs one after another, each in O(its nodes). Borrows the list.
class ProgramList::Cursor {
 public:
  /// REQUIRES: first < programs.size().
  explicit Cursor(const ProgramList& programs, std::size_t first = 0) noexcept
      : at_(programs.find(first)) {}
  /// Replaces `out` by the next program. REQUIRES: there is one.
  void next(std::vector<ProgramNode>& out);

 private:
  const std::uint8_t* at_;
};

template <class ReadBit>
bool ProgramList::evaluate_with(std::size_t index, ReadBit&& read_bit) const noexcept {
  using namespace program_token;
  // Groups at odd depths are any_of and decided by true, the others all_of and decided by false.
  std::size_t depth = 0;
  for (const std::uint8_t* at = find(index);;) {
    const std::uint8_t* token = at;
    at += token_size(*token);
    if (*token == open_token) {
      ++depth;
      continue;
    }
    bool value = depth % 2 == 0;
    if (*token == close_token) {  // nothing decided the group, so it decides the one around it
      if (depth-- == 0) return value;
    } else {
      const auto literal = static_cast<Literal>(read_literal(token));
      value = read_bit(bit_of(literal)) != is_negated(literal);
    }
    if (value != (depth % 2 == 1)) continue;
    if (depth-- == 0) return value;
    at = skip_group(at);
  }
}

template <class Visit>
void ProgramList::for_each_literal(std::size_t index, Visit&& visit) const {
  using namespace program_token;
  std::size_t depth = 1;
  for (const std::uint8_t* at = find(index); depth > 0; at += token_size(*at)) {
    if (*at == open_token) {
      ++depth;
    } else if (*at == close_token) {
      --depth;
    } else {
      visit(static_cast<Literal>(read_literal(at)));
    }
  }
}

/// What every executor is built from. Bits below encoder.bits() come from the encoder; bit
/// encoder.bits() + i is shared[i], which may read lower bits only: a segment that several rules
/// use, or a part too tangled for a normal form.
struct CompiledRules {
  /// Shared programs that a set may have whatever Limits::max_shared_segments says; bounds what
  /// testing one rule alone puts on the stack (a bit each, twice: 64 KiB).
  static constexpr std::size_t max_shared = 1 << 18;
  static std::size_t most_shared(const Limits& limits) noexcept {
    return std::min(limits.max_shared_segments, max_shared);
  }

  Encoder encoder;
  ProgramList shared;
  ProgramList rules;  ///< rule r is rules[r]
  std::size_t all_bits() const noexcept { return encoder.bits() + shared.size(); }
};

}  // namespace muster
