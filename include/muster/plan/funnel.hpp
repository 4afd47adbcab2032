#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "muster/decide/engine.hpp"
#include "muster/tags/user_table.hpp"

namespace muster {

/// What became of one policy among many users.
struct PolicyFunnel {
  std::string policy;
  /// Users left after each step: in the segment and fit by eligibility, applicability and
  /// suitability; to whom the policy is live; permitted; contactable; offered.
  std::uint64_t matched = 0, live = 0, permitted = 0, contactable = 0, offered = 0;
  std::uint64_t primary = 0;  ///< of those offered
  /// Users in the segment whom a reason removed; index is the Reason's number.
  std::array<std::uint64_t, 64> removed{};
};

struct Funnel {
  std::uint64_t users = 0;
  std::uint64_t users_offered = 0;     ///< users with at least one offer
  std::uint64_t holdout = 0;           ///< users in the holdout, decided as all others
  std::vector<PolicyFunnel> policies;  ///< in the catalogue's order
};

/// Decides for every user of a table and counts, per policy, how many users each step removes.
/// Costs a decision a user, dealt out to threads; progress counts blocks of users. Fails as
/// Engine::decide does, and with cancelled. A catalogue that is deployed meanwhile does not mix in:
/// users are decided with the one that ran at the beginning, or the call fails with
/// unknown_catalogue.
MUSTER_EXPORT Result<Funnel> make_funnel(const Engine& engine, const UserTable& users, Moment now,
                                         const RunOptions& run = {});

}  // namespace muster
