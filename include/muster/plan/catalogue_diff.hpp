#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "muster/policy/catalogue.hpp"
#include "muster/tags/user_table.hpp"

namespace muster {

/// What a change of catalogue does to one policy.
struct PolicyDiff {
  std::string policy;        ///< id
  std::uint64_t before = 0;  ///< users it is for, in the old catalogue
  std::uint64_t after = 0;
  std::uint64_t gained = 0;
  std::uint64_t lost = 0;
};

/// A user who gains or loses a policy.
struct UserDiff {
  UserIndex user = 0;
  std::uint32_t policy = 0;  ///< position in CatalogueDiff::policies
  bool gained = false;       ///< else lost
};

/// Which users gain or lose which policies when one catalogue takes the place of another.
struct CatalogueDiff {
  std::vector<PolicyDiff> policies;  ///< of either catalogue, by id
  std::vector<UserDiff> users;       ///< by user, then policy
  std::uint64_t users_gaining = 0;   ///< users who gain at least one policy
  std::uint64_t users_losing = 0;
};

/// A policy is for a user where it is released and its segment, eligibility, applicability and
/// suitability are TRUE; contacts, quotas and dates play no part. The tables hold the same users in
/// the same order, each by its catalogue's schema. Costs a match of all users by either catalogue.
/// Fails with invalid_argument where they do not (tables without keys: where their sizes differ),
/// as RuleSetBuilder::compile does, and with cancelled.
MUSTER_EXPORT Result<CatalogueDiff> diff(const Catalogue& before, const UserTable& users_before,
                                         const Catalogue& after, const UserTable& users_after,
                                         Date today, const RunOptions& run = {});

}  // namespace muster
