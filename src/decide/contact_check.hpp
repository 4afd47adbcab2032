#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "decide/known_contacts.hpp"
#include "decide/prepared_catalogue.hpp"

namespace muster {

/// Whether a contact of the past counts for a rule whose span begins at `begin`.
///
/// Without a branch, as hardly any of its parts can be foretold.
inline bool counts_for(const CountRule& rule, const KnownContact& contact, Moment begin) noexcept {
  const bool in_time = contact.at.seconds >= begin.seconds;
  const bool of_outcome = (rule.any_outcome & !contact.answer) |
                          (!rule.any_outcome & (contact.outcome == rule.outcome));
  const bool of_channel = rule.channels.counts(contact.channel);
  return in_time & of_outcome & of_channel & (contact.scope <= rule.scope);
}

/// What contact rules forbid one user at a moment: working memory that is filled again for each.
class ContactCheck {
 public:
  /// No reason against a channel. Others are a Reason, the smallest where there are several.
  static constexpr std::uint8_t free = 0xff;

  explicit ContactCheck(const PreparedCatalogue& catalogue);

  /// Begins with a user: nobody was contacted.
  void begin(const PreparedCatalogue& catalogue, Moment now, const ConditionBits& conditions);
  /// Whether a contact may count by any rule: those after the moment do not, as they have not
  /// happened, nor do those before every rule's span.
  bool may_count(const KnownContact& contact) const noexcept {
    return (contact.at.seconds >= earliest_.seconds) & (contact.at.seconds <= now_.seconds);
  }
  /// Takes the user's contacts into account. REQUIRES: they may count.
  void count(const PreparedCatalogue& catalogue, std::span<const KnownContact> contacts);

  /// Prepares for asking about one policy; gives whether any rule is against it in particular.
  bool begin_policy(const PreparedCatalogue& catalogue, PolicyIndex policy) {
    exceeded_.clear();
    if (((policy_marks_ & mark_of(policy)) |
         (group_marks_ & catalogue.policies[policy].group_marks)) != 0) {
      find_exceeded(catalogue, policy);
    }
    return !exceeded_.empty();
  }
  /// For each channel the reason against every policy, or `free`.
  std::span<const std::uint8_t> reasons() const noexcept { return channels_; }
  /// The reason against that policy on a channel, or `free`.
  std::uint8_t blocked(const PreparedCatalogue& catalogue, std::size_t channel) const noexcept {
    std::uint8_t reason = channels_[channel];
    for (const std::uint32_t rule : exceeded_) {
      const CountRule& one = catalogue.contact.by_policy[rule];
      const auto its = static_cast<std::uint8_t>(one.reason);
      if (its < reason && one.channels[channel]) reason = its;
    }
    return reason;
  }

  /// Whether a rule's hours are now.
  bool is_quiet(const PreparedCatalogue& catalogue, const QuietRule& rule) const noexcept;
  /// Contacts that count against a policy on a channel by a rule of ContactRules::all, or of
  /// ContactRules::by_policy.
  std::uint32_t counted(const CountRule& rule, std::size_t channel) const noexcept;
  std::uint32_t counted(const PreparedCatalogue& catalogue, std::size_t by_policy_rule,
                        PolicyIndex policy) const noexcept;

 private:
  /// A policy whose contact counts for a rule, and what tells quickly whether that may matter.
  struct Hit {
    PolicyIndex policy = 0;
    std::uint64_t marks = 0;  // its own, or its groups', as the rule counts
  };

  static void block(std::vector<std::uint8_t>& channels, const ChannelSet& blocked,
                    Reason reason) noexcept;
  void begin_moment(const PreparedCatalogue& catalogue, Moment now);
  void begin_spans(const PreparedCatalogue& catalogue);
  void add_reached(const CountRule& rule, std::uint32_t number);
  /// Writes a rule's hits from `at` on; gives where they end.
  std::uint32_t find_hits(const CountRule& rule, Moment begin,
                          std::span<const KnownContact> contacts, std::uint32_t at) noexcept;
  void count_hits(const ContactRules& rules, std::span<const KnownContact> contacts);
  void find_exceeded(const PreparedCatalogue& catalogue, PolicyIndex policy);
  void count_all(const CountRule& rule, Moment begin, std::span<const KnownContact> contacts);

  bool begun_ = false;  // whether there was a moment yet
  Moment now_;
  LocalTime local_;
  Moment earliest_;                     // of all begins
  Date spans_of_{INT32_MIN};            // the day for which begins of calendar spans are known
  std::vector<Moment> begin_all_;       // of ContactRules::all
  std::vector<Moment> begin_policy_;    // of ContactRules::by_policy
  std::vector<std::uint8_t> by_clock_;  // reason against any policy and user at the moment
  std::vector<std::uint8_t> channels_;  // reason against any policy
  std::vector<std::uint32_t> counters_;
  std::vector<Hit> hits_;                 // of contacts that count, rule by rule; never shrinks
  std::vector<std::uint32_t> hits_end_;   // of ContactRules::by_policy
  std::vector<std::uint64_t> hit_marks_;  // of all hits of a rule
  std::vector<std::uint32_t> reached_;    // rules of by_policy with hits enough for some policy
  std::uint64_t policy_marks_ = 0;        // which policies may have reached a rule's limit
  std::uint64_t group_marks_ = 0;         // and which groups
  std::vector<std::uint32_t> exceeded_;   // rules of by_policy, for the policy asked about
};

}  // namespace muster
