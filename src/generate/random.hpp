#pragma once

#include <cstddef>
#include <cstdint>

namespace muster::generate {

/// splitmix64 and a few transforms in whole numbers only, so that every machine and compiler
/// draws the same.
class Random {
 public:
  explicit constexpr Random(std::uint64_t seed) : state_(seed) {}

  constexpr std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  /// One of 0 … n - 1. REQUIRES: 0 < n < 2^32.
  constexpr std::int64_t below(std::int64_t n) {
    return static_cast<std::int64_t>(((next() >> 32) * static_cast<std::uint64_t>(n)) >> 32);
  }

  /// One of low … high. REQUIRES: low <= high.
  constexpr std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + below(high - low + 1);
  }

  /// True with a probability in thousandths; never below 0, always from 1000 on.
  constexpr bool chance(std::int64_t permille) { return below(1000) < permille; }

  /// Around `centre`, less than `spread` away, near it more often than far: two dice added up.
  constexpr std::int64_t bell(std::int64_t centre, std::int64_t spread) {
    const std::uint64_t bits = next();
    const auto sum = static_cast<std::int64_t>((bits >> 32) + (bits & low_half));
    return centre + (((sum >> 1) - (std::int64_t{1} << 31)) * spread >> 31);
  }

  /// One of 0 … n - 1, small ones far more often: two fair draws multiplied.
  constexpr std::int64_t skewed(std::int64_t n) {
    const std::uint64_t bits = next();
    const std::uint64_t product = (bits >> 32) * (bits & low_half) >> 32;
    return static_cast<std::int64_t>(product * static_cast<std::uint64_t>(n) >> 32);
  }

 private:
  static constexpr std::uint64_t low_half = 0xFFFFFFFF;
  std::uint64_t state_;
};

constexpr std::int64_t clamp(std::int64_t value, std::int64_t low, std::int64_t high) {
  return value < low ? low : value > high ? high : value;
}

}  // namespace muster::generate
