#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "match/bit_frequency.hpp"
#include "match/program_composer.hpp"
#include "muster/rules/formula.hpp"

namespace muster {

/// Which predicates users are encoded in, and how each predicate of the rules reads in them.
///
/// Usually a predicate is a bit, or the negation of the bit of its opposite: `city IN ('A', 'B')`
/// takes one literal. Where rules ask for very many different value sets of one tag, bits of
/// parts serve them all: `>= cut` for numbers and dates (an interval is then two literals),
/// single values for categories and sets.
class ChosenBits {
 public:
  /// `uses[id]`: how often rules name the predicate; those never named get no spelling.
  static ChosenBits choose(const PredicatePool& pool, std::span<const std::uint64_t> uses);

  /// Bit i is predicate i.
  const std::vector<Predicate>& predicates() const noexcept { return predicates_; }
  /// How often rules read each bit.
  const std::vector<std::uint64_t>& uses() const noexcept { return uses_; }

  /// Puts bits read more often first, drops those nobody reads, and replaces a predicate that
  /// holds for more than half of the users by its opposite. `frequencies` is of each bit, and
  /// follows.
  void settle(const Schema& schema, std::vector<Frequency>& frequencies);

  /// The predicate as a canonical program over the bits. REQUIRES: it is named by rules.
  std::span<const ProgramNode> spelling(std::uint32_t predicate) const noexcept {
    return std::span(nodes_).subspan(spellings_[predicate].begin, spellings_[predicate].size);
  }

 private:
  friend class BitChooser;
  struct Slice {
    std::size_t begin = 0;
    std::size_t size = 0;
  };
  std::vector<Predicate> predicates_;
  std::vector<std::uint64_t> uses_;
  std::vector<Slice> spellings_;  // per predicate of the pool
  std::vector<ProgramNode> nodes_;
};

}  // namespace muster
