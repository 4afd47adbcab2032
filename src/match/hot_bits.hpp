#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "match/programs.hpp"

namespace muster {

/// Which words of an encoded user lie in the one-user matcher's table, and how rows ask for a
/// literal there: see one_user_layout.hpp. All words where they fit, else those read most.
class HotBits {
 public:
  /// `uses`: how often each bit is read.
  explicit HotBits(std::span<const std::uint32_t> uses);

  bool has(Literal literal) const noexcept { return place_[bit_of(literal) / 64] != cold; }
  /// The two bytes of a row that ask for the literal. REQUIRES: has(literal).
  std::uint8_t where(Literal literal) const noexcept;
  std::uint8_t what(Literal literal) const noexcept;
  /// A second byte that asks for nothing: such a lane never holds.
  std::uint8_t nothing() const noexcept;

  bool wide() const noexcept { return wide_; }
  /// How many words the table has.
  std::size_t count() const noexcept { return count_; }
  /// The user's word for each of the table's, or none if they are the first ones.
  const std::vector<std::uint32_t>& words() const noexcept { return words_; }

 private:
  static constexpr std::uint8_t cold = 0xff;
  bool wide_;
  std::size_t count_;
  std::vector<std::uint8_t> place_;  // per word of the user
  std::vector<std::uint32_t> words_;
};

}  // namespace muster
