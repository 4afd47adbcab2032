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

/// A position in Catalogue::policies().
using PolicyId = std::uint32_t;

/// A policy on one of the channels that may carry it.
struct PolicyChannel {
  ChannelId channel = 0;
  std::string script;  ///< with placeholders: "您的套餐{plan_fee}元"; see decide/script.hpp
  double lever = 1;    ///< weight of the policy on this channel
};

/// From `from` up to, not including, `until`.
struct Validity {
  Moment from{std::numeric_limits<std::int64_t>::min()};
  Moment until{std::numeric_limits<std::int64_t>::max()};
  bool contains(Moment now) const noexcept { return from <= now && now < until; }
};

/// A targeted offer: who it is for, what it is worth, when and how it may be made.
struct Policy {
  std::string id;
  std::string name;
  std::string segment;  ///< a rule, which may be just SEGMENT(name)
  std::string description;

  std::string eligibility;    ///< a rule: may have it; empty: TRUE
  std::string applicability;  ///< a rule: makes sense now; empty: TRUE
  std::string suitability;    ///< a rule: is good for this user; empty: TRUE

  PolicyState state = PolicyState::released;
  ServiceClass service_class = ServiceClass::sales;
  std::int32_t tier = 1;  ///< lower tiers come first, whatever the score
  double value = 0;       ///< of an acceptance, in the catalogue's currency
  double cost = 0;        ///< of an acceptance: gifts, discounts
  double lever = 1;       ///< the business's own weight

  Validity valid;
  std::uint64_t quota = 0;  ///< acceptances in all; 0: no limit
  double budget = 0;        ///< of cost in all; 0: no limit
  std::vector<std::string> exclusion_groups;  ///< at most one policy of a group in a view
  std::vector<PolicyChannel> channels;        ///< empty: all that the class table allows
};

}  // namespace muster
