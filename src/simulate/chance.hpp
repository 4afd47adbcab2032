#pragma once

#include <cstdint>

#include "generate/random.hpp"

namespace muster::simulate {

/// A part of a whole in millionths. The market counts in whole numbers only, so that every machine
/// and compiler finds the same.
using Ppm = std::int64_t;
inline constexpr Ppm whole = 1'000'000;

constexpr Ppm part(Ppm a, Ppm b) { return a * b / whole; }

/// What a draw is about: draws about different things have nothing to do with one another.
enum class Draw : std::uint64_t {
  price_sensitivity,
  need,
  reach,
  accept,
  decline,
  visit,
  wish,
  wish_day,
  wish_channel,
  churn,
  slip,
};

/// Fate, as a pure function: whatever ways of working are tried on a person, the same question on
/// the same day gets the same number (common random numbers), so that ways differ by what they do
/// and not by luck.
class Chance {
 public:
  explicit constexpr Chance(std::uint64_t seed) : seed_(seed) {}

  /// 0 … whole - 1.
  constexpr Ppm draw(Draw about, std::uint64_t person, std::uint64_t policy = 0,
                     std::uint64_t channel = 0, std::uint64_t day = 0) const {
    std::uint64_t mixed = mix(seed_, static_cast<std::uint64_t>(about));
    for (const std::uint64_t part : {person, policy, channel, day}) mixed = mix(mixed, part);
    return generate::Random(mixed).below(whole);
  }

 private:
  static constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    return generate::Random(generate::Random(a).next() ^ (b * 0xD6E8FEB86659FD93u)).next();
  }
  std::uint64_t seed_;
};

}  // namespace muster::simulate
