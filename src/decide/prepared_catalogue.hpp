#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "decide/catalogue_model.hpp"
#include "decide/conditions.hpp"
#include "decide/contact_rules.hpp"
#include "decide/id_table.hpp"
#include "decide/permitted.hpp"
#include "decide/shared_lists.hpp"
#include "muster/match/rule_set.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster {

/// A policy's number in order of ids: the rule of its segment, and the order of ties.
using PolicyIndex = std::uint32_t;

/// What gates and scores read of every policy that matches lies in the first of its two cache
/// lines.
struct alignas(64) PreparedPolicy {
  Validity valid;
  ConditionId eligibility = holds_always, applicability = holds_always, suitability = holds_always;
  PolicyId position = 0;      ///< in the catalogue
  Stretch channels, context;  ///< of the lists below
  double value = 0;
  std::int32_t tier = 1;
  PolicyState state = PolicyState::released;
  bool is_plain = false;  ///< released, with neither quota nor budget

  double lever = 1, cost = 0, budget = 0;
  std::uint64_t quota = 0;
  std::uint64_t group_marks = 0;  ///< mark_of its groups
  Stretch groups, script_tags;
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
  friend auto operator<=>(const PreparedWeight&, const PreparedWeight&) = default;
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
  std::size_t most_channels = 0;      ///< of a policy
  std::vector<std::uint32_t> groups;  ///< numbers of exclusion groups, ascending in a policy
  std::size_t group_count = 0;
  std::vector<PreparedWeight> context;
  std::vector<TagId> script_tags;  ///< ascending in a policy

  std::vector<PreparedChannel> channels;
  ConditionId high_value = holds_never;
  ContactRules contact;

  IdTable policy_ids;   ///< to PolicyIndex
  IdTable channel_ids;  ///< to ChannelId
  std::shared_ptr<const CatalogueModel> model;

  std::span<const std::uint32_t> groups_of(PolicyIndex policy) const noexcept {
    return part(groups, policies[policy].groups);
  }
  std::span<const PermittedChannel> channels_of(PolicyIndex policy) const noexcept {
    return part(permitted, policies[policy].channels);
  }
};

using PreparedPointer = std::shared_ptr<const PreparedCatalogue>;

}  // namespace muster
