#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "muster/core/moment.hpp"
#include "muster/policy/channel.hpp"
#include "muster/policy/lifecycle.hpp"
#include "muster/policy/service_class.hpp"

namespace muster {

/// A position in Catalogue::policies(); the RuleId of its segment in Catalogue::compile().
using PolicyId = std::uint32_t;

inline constexpr double max_lever = 1e6;
inline constexpr std::int32_t max_tier = 1'000'000;  ///< in size

/// From `from` up to, not including, `until`.
struct Validity {
  Moment from{std::numeric_limits<std::int64_t>::min()};
  Moment until{std::numeric_limits<std::int64_t>::max()};
  bool contains(Moment now) const noexcept { return from <= now && now < until; }
};

/// A policy on one of its channels.
struct PolicyChannel {
  ChannelId channel = 0;
  std::string script;  ///< what the channel says; see script.hpp; empty: Policy::script
  double lever = 1;    ///< the business's own weight of this channel for this policy
};

/// A targeted offer: who it is for, what it is worth, when and where it may be made.
struct Policy {
  std::string id;
  std::string name;
  std::string segment;  ///< a rule, which may be just SEGMENT(name)
  std::string description;

  std::string eligibility;    ///< a rule: may have it; empty: everybody
  std::string applicability;  ///< a rule: it makes sense now; empty: for everybody
  std::string suitability;    ///< a rule: it is good for this user; empty: for everybody

  /// The product offering it is for, by its id in the operator's product catalogue (TMF620); may be
  /// empty.
  std::string offering;

  PolicyState state = PolicyState::released;
  ServiceClass service_class = ServiceClass::sales;
  std::int32_t tier = 1;  ///< priority: lower tiers come first, whatever the score
  double value = 0;       ///< of an acceptance, in the catalogue's currency
  double cost = 0;        ///< of an acceptance: gifts, discounts; drawn from the budget
  double lever = 1;       ///< the business's own weight

  Validity valid;
  std::uint64_t quota = 0;              ///< acceptances in all; 0: no limit
  double budget = 0;                    ///< of `cost` in all; 0: no limit
  std::vector<std::string> groups;      ///< exclusion groups: a view has at most one policy of each
  std::vector<PolicyChannel> channels;  ///< ascending; empty: all that the class table allows
  std::string script;                   ///< for channels that have none of their own
};

/// One rule for whom a policy is: segment, eligibility, applicability and suitability joined by
/// AND.
MUSTER_EXPORT std::string whole_rule(const Policy& policy);

}  // namespace muster
