#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "decide/arbitrate.hpp"
#include "decide/channel_choice.hpp"
#include "decide/contact_check.hpp"
#include "decide/policy_view_body.hpp"
#include "decide/prepared_catalogue.hpp"
#include "decide/score.hpp"
#include "muster/decide/engine.hpp"
#include "policy/budget.hpp"

namespace muster {

/// What a decision read besides the catalogue and the user's tags, for its record.
struct WhatWasRead {
  std::vector<Contact> contacts;
  std::vector<std::pair<PolicyIndex, Taken>> taken;
};

/// Everything that one decision depends on besides its catalogue.
struct DecisionInput {
  const Subject& user;
  Moment now;
  std::uint64_t seed = 0;
  const ContactHistory* history = nullptr;  ///< null: nobody was ever contacted
  const PropensityModel& model;
};

/// Why a policy is not offered to a user, up to where channels matter; Reason::primary: nothing
/// stands against it. `holds` says whether a condition holds, `is_test_user` whether the user is on
/// the test list, `taken_of` what was taken of it.
template <class Holds, class IsTestUser, class TakenOf>
Reason gate_of(const PreparedPolicy& policy, Moment now, const Holds& holds,
               const IsTestUser& is_test_user, const TakenOf& taken_of) {
  if (!holds(policy.eligibility)) return Reason::not_eligible;
  if (!holds(policy.applicability)) return Reason::not_applicable;
  if (!holds(policy.suitability)) return Reason::not_suitable;
  if (policy.state != PolicyState::released) {
    if (policy.state != PolicyState::test) return Reason::not_released;
    if (!is_test_user()) return Reason::test_only;
  }
  if (now < policy.valid.from) return Reason::not_yet_valid;
  if (now >= policy.valid.until) return Reason::no_longer_valid;
  if (policy.quota == 0 && policy.budget == 0) return Reason::primary;
  const Taken taken = taken_of();
  if (policy.quota != 0 && taken.acceptances >= policy.quota) return Reason::quota_used_up;
  // What is left must pay for one acceptance more; what is no cost leaves nothing.
  if (policy.budget != 0 && !(taken.cost >= 0 && covers(policy.budget, taken.cost + policy.cost))) {
    return Reason::budget_used_up;
  }
  return Reason::primary;
}

/// Whether nothing stands against a policy where nothing but conditions and validity could: one
/// branch for what most policies pass. False: ask gate_of.
inline bool passes_plainly(const PreparedPolicy& policy, Moment now,
                           const ConditionBits& conditions) noexcept {
  const bool eligible = conditions[policy.eligibility],
             applicable = conditions[policy.applicability],
             suitable = conditions[policy.suitability];
  const bool valid =
      (now.seconds >= policy.valid.from.seconds) & (now.seconds < policy.valid.until.seconds);
  return eligible & applicable & suitable & valid & policy.is_plain;
}

/// Decides for one user after another: the steps of a decision, and the memory they work in. For
/// one catalogue, one thread at a time.
class Decider {
 public:
  /// For how many matched policies there is memory before more is asked for.
  static constexpr std::size_t least_room = 64;
  explicit Decider(PreparedPointer catalogue, std::size_t room = least_room);
  std::size_t room() const noexcept { return candidate_room_.size(); }

  const PreparedPointer& catalogue() const noexcept { return held_; }

  /// `read` may be null. Fails as Encoder::encode does, and with schema_mismatch.
  Result<PolicyView> decide(const DecisionInput& input, WhatWasRead* read);

  /// Encodes a user and says which rules hold, for `check`. Fails as decide does.
  Result<void> encode(const Subject& user, Moment now);
  Result<void> encode(const UserView& user, Moment now);
  bool segment_holds(PolicyIndex policy) const noexcept;
  bool holds(ConditionId condition) const noexcept;

  /// Fails as encode does.
  Result<PreparedUser> prepare(const UserView& tags, Moment now);

  /// The contact check as the last decision left it.
  ContactCheck& contacts() noexcept { return contacts_; }
  /// The channels of a policy as the last decision ranked them, best first; none where it came to
  /// an end before.
  std::vector<RankedChannel> ranked_channels(PolicyIndex policy) const;

 private:
  struct Candidate {
    PolicyIndex policy = 0;
    std::uint32_t match = 0;  // in matched_
    Stretch channels;         // in places_
    Score score;
  };

  struct Seeing;

  void make_room(std::size_t policies);
  Date day_of(Moment now) noexcept;
  void match();
  void pass_gates(const DecisionInput& input, WhatWasRead* read);
  Reason gate(const PreparedPolicy& one, PolicyIndex policy, const DecisionInput& input,
              WhatWasRead* read);
  void see(std::span<const NumberedContact> contacts, std::span<const std::string_view> ids,
           WhatWasRead* read);
  void see(std::span<const Contact> contacts, WhatWasRead* read);
  template <class Contacts, class LookUp>
  void know(const Contacts& contacts, const LookUp& look_up_one);
  void ask(const ContactHistory& history, std::string_view user, WhatWasRead* read);
  void read_contacts(const DecisionInput& input, WhatWasRead* read);
  void find_channels();
  /// Appends the channels that are free for a policy to places_, which end at `end`, and gives
  /// where they end then; `reason_of` says what stands against a channel.
  template <class ReasonOf>
  std::uint32_t place(const PreparedPolicy& policy, std::uint32_t end, const ReasonOf& reason_of);
  void estimate(const DecisionInput& input);
  void score();
  /// The channel of a candidate that ranks first, in places_.
  std::size_t best_channel(const Candidate& one) const noexcept;
  ViewSizes sizes_of_view() const noexcept;
  PolicyView make_view(const DecisionInput& input);
  /// Writes a candidate's channels, best first, from `first` on; gives their end.
  RankedChannel* rank_channels(const Candidate& one, RankedChannel* first) const;
  void fill_offers(PolicyView::Body& view) const;
  /// What scripts of the offers name, each once.
  std::span<const TagId> tags_of_scripts();
  void fill_omissions(PolicyView::Body& view) const;
  std::uint64_t id_of(const DecisionInput& input, const PolicyView::Body& view);

  PreparedPointer held_;
  const PreparedCatalogue& catalogue_;  // that one
  Scratch scratch_;
  ContactCheck contacts_;
  std::uint64_t encoder_;  // its fingerprint
  Moment day_at_;          // of a moment the day
  Date day_;
  std::vector<std::uint64_t> bits_;
  std::vector<RuleId> matched_;
  std::size_t policies_matched_ = 0;
  ConditionBits conditions_;
  std::vector<Reason> reasons_;  // of matched_
  // Rooms never shrink, so that nothing is filled in vain; spans are what counts of them.
  std::vector<Candidate> candidate_room_;
  std::span<Candidate> candidates_;
  std::vector<KnownContact> known_room_;
  std::span<KnownContact> known_;
  KnownNumbers numbers_;
  const ContactHistory* numbers_of_ = nullptr;
  std::vector<Placement> places_;  // these two are rooms; placed_ of them count
  std::vector<double> levers_;     // of the channels for their policies
  std::vector<double> propensities_;
  std::vector<Contender> contenders_;
  std::size_t placed_ = 0;
  ChannelRanker ranker_;
  Arbiter arbiter_;
  std::span<const std::uint32_t> offered_;  // in contenders_
  std::vector<TagId> script_tags_;
  TagReader tags_;
  std::uint64_t history_hash_ = 0;
};

}  // namespace muster
