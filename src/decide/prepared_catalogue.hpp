#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "decide/conditions.hpp"
#include "decide/contact_rules.hpp"
#include "decide/id_table.hpp"
#include "decide/permitted.hpp"
#include "muster/decide/propensity_model.hpp"
#include "muster/match/rule_set.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster {

/// A policy's number in order of ids: the rule of its segment, and the order of ties.
using PolicyIndex = std::uint32_t;

/// Some neighbours in a list that several share.
struct Stretch {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool empty() const noexcept { return begin == end; }
  friend bool operator==(Stretch, Stretch) = default;
};
template <class T>
std::span<const T> part(const std::vector<T>& list, Stretch stretch) noexcept {
  return {list.data() + stretch.begin, list.data() + stretch.end};
}

struct PreparedPolicy {
  Validity valid;
  double value = 0, lever = 1, cost = 0, budget = 0;
  std::uint64_t quota = 0;
  PolicyId position = 0;  ///< in the catalogue
  std::int32_t tier = 1;
  ConditionId eligibility = holds_always, applicability = holds_always, suitability = holds_always;
  Stretch channels, groups, context, script_tags;  ///< of the lists below
  PolicyState state = PolicyState::released;
  std::uint64_t group_marks = 0;  ///< mark_of its groups
};

/// A number's place in a word that tells whether a number may be among some.
constexpr std::uint64_t mark_of(std::uint32_t number) noexcept {
  return std::uint64_t{1} << (number % 64);
}

struct PreparedChannel {
  ConditionId preferred = holds_never;
  double cost = 0;
  double cost_share = 0;  ///< of the dearest channel's
};

struct PreparedWeight {
  ConditionId when = holds_always;
  double weight = 1;
};

/// A catalogue as deciding reads it: one rule set that answers every rule it asks of a user at
/// once (the policies' segments by policy id, then the conditions), and flat tables. The same
/// however the catalogue's policies are ordered, `position` apart. Immutable.
struct PreparedCatalogue {
  /// Fails as RuleSetBuilder::compile does.
  static Result<std::shared_ptr<const PreparedCatalogue>> make(const Catalogue& catalogue,
                                                               const CompileOptions& options);

  Catalogue catalogue;
  RuleSet rules;
  std::size_t conditions = 0;  ///< always and never included

  std::vector<PreparedPolicy> policies;
  std::vector<PermittedChannel> permitted;
  std::vector<std::uint32_t> groups;  ///< numbers of exclusion groups, ascending in a policy
  std::size_t group_count = 0;
  std::vector<PreparedWeight> context;
  std::vector<TagId> script_tags;  ///< ascending in a policy

  std::vector<PreparedChannel> channels;
  ConditionId high_value = holds_never;
  ContactRules contact;

  IdTable policy_ids;   ///< to PolicyIndex
  IdTable channel_ids;  ///< to ChannelId
  std::shared_ptr<const PropensityModel> model;

  std::span<const std::uint32_t> groups_of(PolicyIndex policy) const noexcept {
    return part(groups, policies[policy].groups);
  }
  std::span<const PermittedChannel> channels_of(PolicyIndex policy) const noexcept {
    return part(permitted, policies[policy].channels);
  }
};

}  // namespace muster
