#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "decide/conditions.hpp"
#include "muster/decide/reason.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster {

/// The channels that a contact rule is about.
class ChannelSet {
 public:
  ChannelSet() = default;
  /// Empty: all.
  ChannelSet(const std::vector<ChannelId>& channels, std::size_t count)
      : has_(count + 1, channels.empty()) {
    for (const ChannelId channel : channels) has_[channel] = true;
  }
  bool operator[](std::size_t channel) const noexcept { return has_[channel] != 0; }
  /// Whether contacts on the channel count; those on channels that the catalogue does not know
  /// (IdTable::none) do where the rule is about all.
  bool counts(std::uint32_t channel) const noexcept {
    return has_[std::min<std::size_t>(channel, has_.size() - 1)] != 0;
  }

 private:
  std::vector<std::uint8_t> has_ = {1};  // the last one: unknown channels
};

/// A cap or a cool-down, which is a cap of one over contacts with its outcome.
struct CountRule {
  std::uint32_t position = 0;  ///< in Catalogue::contact_rules()
  Reason reason = Reason::contact_cap;
  std::uint32_t most = 0;  ///< with so many contacts, no more
  std::uint8_t scope = 0;
  bool any_outcome = true;
  Outcome outcome = Outcome::none;
  ContactRule::Counts counts = ContactRule::Counts::all;
  ContactSpan span;
  ChannelSet channels;
  std::uint32_t counter =
      0;  ///< its first one: one for `all`, one a channel, and one behind them, for `channel`
};

struct QuietRule {
  std::uint32_t position = 0;
  ChannelSet channels;
};

struct ForbidRule {
  std::uint32_t position = 0;
  ConditionId when = holds_never;
  ChannelSet channels;
};

/// The contact rules of a catalogue by what they need to know.
struct ContactRules {
  std::vector<CountRule> all;        ///< that count all contacts, or those on the channel
  std::vector<CountRule> by_policy;  ///< that count those of the policy, or of its groups
  std::size_t counters = 0;          ///< of `all`
  std::vector<QuietRule> quiet;
  std::vector<ForbidRule> forbid;

  bool count() const noexcept { return !all.empty() || !by_policy.empty(); }
};

ContactRules prepare_contact_rules(const Catalogue& catalogue, ConditionList& conditions);

}  // namespace muster
