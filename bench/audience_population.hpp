#pragma once

#include <string>
#include <vector>

#include "muster/match/audience.hpp"
#include "muster/tags/user_table.hpp"
#include "workload.hpp"

namespace muster::bench {

/// The workload's users in a table, to be encoded quickly.
UserTable user_table(const std::vector<WorkloadUser>& users);

/// Rules and users, and what the naive loop answers, at what cost.
struct AudienceSetup {
  AudienceSetup(const std::string& workload, std::size_t rule_count, std::size_t user_count);

  /// `kernel` is empty for the best one.
  Audience audience(const std::string& kernel) const;

  std::size_t rules;
  std::vector<std::byte> saved;
  EncodedUsers users;
  Audience::Pairs expected;
  double naive_ns = 0;  ///< all rules, all users
};

/// The last one is kept: benchmarks come workload by workload.
const AudienceSetup& audience_setup(const std::string& workload, std::size_t rules,
                                    std::size_t users);

// The answers that go with `pairs`.
std::vector<std::uint64_t> counts_of(const Audience::Pairs& pairs, std::size_t rules);
std::vector<std::uint64_t> bitmaps_of(const Audience::Pairs& pairs, std::size_t rules);
std::vector<std::uint64_t> overlaps_of(const Audience::Pairs& pairs, std::size_t rules);

}  // namespace muster::bench
