#include "decide/decision.hpp"

#include <algorithm>

namespace muster {
namespace {

std::uint64_t hash_of(const Taken& taken, PolicyIndex policy) noexcept {
  struct {
    std::uint64_t policy, acceptances;
    double cost;
  } const words{policy, taken.acceptances, taken.cost};
  return XXH3_64bits(&words, sizeof words);
}

/// Of another schema its cells would be read past their end, or as those of other tags.
Result<void> check_schema(const UserView& user, const Schema& schema) {
  const std::uint64_t its = user.schema_fingerprint();
  if (its == 0 || its == schema.fingerprint()) return {};
  return Error{
      Errc::schema_mismatch, "the user is of another schema than the running catalogue", {}};
}

}  // namespace

Decider::Decider(const PreparedCatalogue& catalogue)
    : catalogue_(catalogue),
      scratch_(catalogue.rules),
      contacts_(catalogue),
      encoder_(catalogue.rules.encoder().fingerprint()),
      day_(catalogue.catalogue.time_zone().local(day_at_).day),
      bits_(catalogue.rules.encoder().words()),
      matched_(catalogue.rules.size()),
      arbiter_(catalogue) {
  conditions_.resize(catalogue.conditions);
  make_room();
}

// So that the first decisions after an exchange of catalogues mostly allocate nothing either.
void Decider::make_room() {
  constexpr std::size_t policies = 64, channels_of_a_policy = 4, contacts = 64;
  reasons_.reserve(policies);
  candidates_.reserve(policies);
  contenders_.reserve(policies);
  places_.resize(policies * channels_of_a_policy);
  levers_.resize(policies * channels_of_a_policy);
  propensities_.reserve(policies * channels_of_a_policy);
  known_.reserve(contacts);
}

Result<void> Decider::encode(const UserView& user, Moment now) {
  if (auto same = check_schema(user, catalogue_.catalogue.schema()); !same) return same;
  return catalogue_.rules.encoder().encode(user, day_of(now), bits_);
}

Result<void> Decider::encode(const Subject& user, Moment now) {
  const PreparedUser* const prepared = user.prepared;
  if (prepared == nullptr || prepared->encoder_ != encoder_ || prepared->today_ != day_of(now)) {
    return encode(user.tags, now);
  }
  if (auto same = check_schema(user.tags, catalogue_.catalogue.schema()); !same) return same;
  std::copy(prepared->bits_.begin(), prepared->bits_.end(), bits_.begin());
  return {};
}

Result<PreparedUser> Decider::prepare(const UserView& tags, Moment now) {
  if (auto encoded = encode(tags, now); !encoded) return encoded.error();
  return PreparedUser(bits_, day_of(now), encoder_);
}

// Many decisions are of one second.
Date Decider::day_of(Moment now) noexcept {
  if (now != day_at_) {
    day_at_ = now;
    day_ = catalogue_.catalogue.time_zone().local(now).day;
  }
  return day_;
}

bool Decider::segment_holds(PolicyIndex policy) const noexcept {
  return catalogue_.rules.matches(bits_, policy);
}

bool Decider::holds(ConditionId condition) const noexcept {
  if (condition < first_rule) return condition == holds_always;
  const std::size_t rule = catalogue_.policies.size() + (condition - first_rule);
  return catalogue_.rules.matches(bits_, static_cast<RuleId>(rule));
}

void Decider::match() {
  const std::size_t found = catalogue_.rules.match(bits_, scratch_, matched_);
  const auto policies = static_cast<RuleId>(catalogue_.policies.size());
  std::size_t first_condition = found;
  conditions_.clear();
  while (first_condition > 0 && matched_[first_condition - 1] >= policies) {
    conditions_.set(first_rule + (matched_[--first_condition] - policies));
  }
  policies_matched_ = first_condition;
}

Reason Decider::gate(const PreparedPolicy& one, PolicyIndex policy, const DecisionInput& input,
                     WhatWasRead* read) {
  const auto test_users = catalogue_.catalogue.test_users();
  return gate_of(
      one, input.now, [&](ConditionId condition) { return conditions_[condition]; },
      [&] { return std::binary_search(test_users.begin(), test_users.end(), input.user.key); },
      [&] {
        Taken taken;
        if (input.history != nullptr) {
          taken = input.history->taken(catalogue_.catalogue.policies()[one.position].id);
        }
        history_hash_ += hash_of(taken, policy);
        if (read != nullptr) read->taken.emplace_back(policy, taken);
        return taken;
      });
}

void Decider::pass_gates(const DecisionInput& input, WhatWasRead* read) {
  reasons_.resize(policies_matched_);
  candidates_.resize(policies_matched_);
  std::size_t left = 0;
  for (std::uint32_t i = 0; i < policies_matched_; ++i) {
    const PolicyIndex policy = matched_[i];
    const PreparedPolicy& one = catalogue_.policies[policy];
    Reason reason = Reason::primary;
    if (!passes_plainly(one, input.now, conditions_)) reason = gate(one, policy, input, read);
    if (reason == Reason::primary && one.channels.empty()) reason = Reason::channel_not_permitted;
    reasons_[i] = reason;
    candidates_[left].policy = policy;
    candidates_[left].match = i;
    left += reason == Reason::primary;
  }
  candidates_.resize(left);
}

// Each channel is written, those that are free stay: nothing branches on what can not be foretold.
std::uint32_t Decider::place(const PreparedPolicy& policy, bool any_rule, std::uint32_t begin) {
  Placement* const places = places_.data();
  double* const levers = levers_.data();
  const std::uint8_t* const reasons = contacts_.reasons().data();
  std::uint32_t end = begin;
  for (const PermittedChannel& some : part(catalogue_.permitted, policy.channels)) {
    places[end] = {policy.position, some.channel};
    levers[end] = some.lever;
    const std::uint8_t reason =
        any_rule ? contacts_.blocked(catalogue_, some.channel) : reasons[some.channel];
    end += reason == ContactCheck::free;
  }
  return end;
}

// Leaves the candidates that have a channel; the reason of others is that of their first channel.
void Decider::find_channels() {
  std::size_t most = 0, left = 0;
  for (const Candidate& one : candidates_) most += catalogue_.channels_of(one.policy).size();
  if (places_.size() < most) places_.resize(most);
  if (levers_.size() < most) levers_.resize(most);
  std::uint32_t end = 0;
  for (const Candidate& one : candidates_) {
    const std::uint32_t begin = end;
    const PreparedPolicy& policy = catalogue_.policies[one.policy];
    const bool any_rule = contacts_.begin_policy(catalogue_, one.policy);
    end = place(policy, any_rule, begin);
    if (begin == end) {
      const ChannelId first = catalogue_.channels_of(one.policy).front().channel;
      reasons_[one.match] = Reason{contacts_.blocked(catalogue_, first)};
      continue;
    }
    candidates_[left] = one;
    candidates_[left++].channels = {begin, end};
  }
  candidates_.resize(left);
  placed_ = end;
}

void Decider::estimate(const DecisionInput& input) {
  propensities_.assign(placed_, 0);
  if (placed_ == 0) return;
  input.model.estimate(input.user.tags, input.seed, std::span(places_).first(placed_),
                       propensities_);
  for (double& propensity : propensities_) propensity = as_probability(propensity);
}

// Which one is best can not be foretold, so nothing branches on it.
std::size_t Decider::best_channel(const Candidate& one) const noexcept {
  std::size_t best = one.channels.begin;
  double best_rank = ranker_.rank_of(places_[best].channel, propensities_[best]);
  for (std::size_t i = best + 1; i < one.channels.end; ++i) {
    const double rank = ranker_.rank_of(places_[i].channel, propensities_[i]);
    const std::size_t is_better = rank > best_rank;
    best += is_better * (i - best);
    best_rank = std::max(best_rank, rank);
  }
  return best;
}

void Decider::score() {
  contenders_.clear();
  if (candidates_.empty()) return;
  const Arbitration& settings = catalogue_.catalogue.arbitration();
  ranker_.begin(catalogue_,
                conditions_[catalogue_.high_value] ? settings.high_value : settings.others,
                conditions_);
  const PreparedPolicy* last = nullptr;
  double context = 1;
  for (std::uint32_t i = 0; i < candidates_.size(); ++i) {
    Candidate& one = candidates_[i];
    const PreparedPolicy& policy = catalogue_.policies[one.policy];
    // Neighbours mostly share the weights of their class.
    if (last == nullptr || policy.context != last->context) {
      context = context_weight(part(catalogue_.context, policy.context), conditions_);
    }
    last = &policy;
    const std::size_t best = best_channel(one);
    one.score = {propensities_[best], policy.value, context, policy.lever * levers_[best],
                 catalogue_.channels[places_[best].channel].cost};
    contenders_.push_back({policy.tier, one.score.total(), one.policy, i, Reason::outranked});
  }
}

Result<PolicyView> Decider::decide(const DecisionInput& input, WhatWasRead* read) {
  if (input.history != nullptr && catalogue_.contact.count()) input.history->expect(input.user.key);
  if (Result<void> encoded = encode(input.user, input.now); !encoded) return encoded.error();
  match();
  history_hash_ = 0;
  placed_ = 0;
  pass_gates(input, read);
  if (!candidates_.empty()) {
    contacts_.begin(catalogue_, input.now, conditions_);
    if (catalogue_.contact.count()) read_contacts(input, read);
    find_channels();
  }
  estimate(input);
  score();
  offered_ = arbiter_.run(catalogue_, contenders_);
  for (const Contender& one : contenders_) reasons_[candidates_[one.candidate].match] = one.reason;
  return make_view(input);
}

}  // namespace muster
