#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "match/programs.hpp"

namespace muster {

/// The shared programs of a rule set as gates, each an AND of literals that may be inverted, run
/// one after another for every user. There is no branch on a bit: programs are short and what
/// they find is hard to predict.
class SharedGates {
 public:
  /// Program i becomes bit first_bit + i. REQUIRES: programs read lower bits only.
  SharedGates(const ProgramList& programs, std::size_t first_bit);

  /// Words that run() works on, some of its own included; 0 if there are no programs.
  std::size_t words() const noexcept { return words_; }
  /// Fills in the programs' bits. REQUIRES: words() words that begin with the first_bit bits.
  void run(std::uint64_t* bits) const noexcept;
  std::size_t memory_bytes() const noexcept { return gates_.capacity() * sizeof(Literal); }

 private:
  void add_gate(const ProgramNode& node, Literal target, std::vector<Literal>& operands);

  std::size_t first_word_ = 0;
  std::size_t inner_word_ = 0;  // from here on a word each: what operators inside a program give
  std::size_t words_ = 0;
  // Each: the literal that is true if all others are, how many others, the others.
  std::vector<Literal> gates_;
};

}  // namespace muster
