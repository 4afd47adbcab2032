#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "muster/core/date.hpp"

namespace muster {

/// What the rules of a catalogue read of a user's tags, worked out by Engine::prepare for any
/// number of decisions and checks: reading some hundred tags takes longer than matching them.
/// Immutable, thread-safe.
class PreparedUser {
 public:
  /// Of no user; decisions read the tags.
  PreparedUser() = default;

 private:
  friend class Decider;
  PreparedUser(std::vector<std::uint64_t> bits, Date today, std::uint64_t encoder)
      : bits_(std::move(bits)), today_(today), encoder_(encoder) {}

  std::vector<std::uint64_t> bits_;
  Date today_;
  std::uint64_t encoder_ = 0;  // Encoder::fingerprint
};

}  // namespace muster
