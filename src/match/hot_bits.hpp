#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "match/programs.hpp"

namespace muster {

/// Which bytes of an encoded user lie in the one-user matcher's table: all where they fit, else
/// those whose bits are read most.
class HotBits {
 public:
  /// `uses`: how often each bit is read.
  explicit HotBits(std::span<const std::uint32_t> uses);

  bool has(Literal literal) const noexcept { return place_[bit_of(literal) / 8] != cold; }
  /// The literal's byte in the table of 128, its bit there. REQUIRES: has(literal).
  std::uint8_t byte(Literal literal) const noexcept;
  std::uint8_t mask(Literal literal) const noexcept {
    return static_cast<std::uint8_t>(1u << bit_of(literal) % 8);
  }

  /// The user's byte for each of the table's, or none if they are the first ones.
  const std::vector<std::uint32_t>& bytes() const noexcept { return bytes_; }

 private:
  static constexpr std::uint8_t cold = 0xff;
  std::vector<std::uint8_t> place_;  // per byte of the user
  std::vector<std::uint32_t> bytes_;
};

}  // namespace muster
