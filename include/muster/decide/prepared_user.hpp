#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "muster/core/date.hpp"

namespace muster {

/// What the rules and the propensities of a catalogue read of a user's tags, worked out by
/// Engine::prepare for any number of decisions and checks: reading some hundred tags takes longer
/// than matching them.
/// Immutable, thread-safe.
class PreparedUser {
 public:
  /// Of no user; decisions read the tags.
  PreparedUser() = default;

 private:
  friend class Decider;

  std::vector<std::uint64_t> bits_;
  Date today_;
  std::uint64_t encoder_ = 0;    // Encoder::fingerprint
  std::vector<double> numbers_;  // that propensities multiply
  std::uint64_t catalogue_ = 0;  // its content hash
};

}  // namespace muster
