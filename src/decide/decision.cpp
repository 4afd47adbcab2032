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

Decider::Decider(PreparedPointer catalogue, std::size_t room)
    : held_(std::move(catalogue)),
      catalogue_(*held_),
      scratch_(catalogue_.rules),
      contacts_(catalogue_),
      encoder_(catalogue_.rules.encoder().fingerprint()),
      day_(catalogue_.catalogue.time_zone().local(day_at_).day),
      bits_(catalogue_.rules.encoder().words()),
      matched_(catalogue_.rules.size()),
      arbiter_(catalogue_) {
  conditions_.resize(catalogue_.conditions);
  make_room(room);
}

// So that the first decisions after an exchange of catalogues mostly allocate nothing either.
void Decider::make_room(std::size_t policies) {
  constexpr std::size_t channels_of_a_policy = 4, contacts = 64;
  reasons_.reserve(policies);
  candidate_room_.resize(policies);
  contenders_.reserve(policies);
  places_.resize(policies * channels_of_a_policy);
  levers_.resize(policies * channels_of_a_policy);
  propensities_.reserve(policies * channels_of_a_policy);
  known_room_.resize(contacts);
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
  PreparedUser out;
  out.bits_ = bits_;
  out.today_ = day_of(now);
  out.encoder_ = encoder_;
  out.numbers_ = catalogue_.model->read(tags);
  out.catalogue_ = catalogue_.catalogue.content_hash();
  return out;
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
  for (std::size_t i = 0; i < policies_matched_; ++i) {
    const auto* const lines = reinterpret_cast<const std::byte*>(&catalogue_.policies[matched_[i]]);
    __builtin_prefetch(lines);
    __builtin_prefetch(lines + 64);
  }
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

// Each candidate is written, those that pass stay: see place.
void Decider::pass_gates(const DecisionInput& input, WhatWasRead* read) {
  reasons_.resize(policies_matched_);
  if (candidate_room_.size() <= policies_matched_) candidate_room_.resize(policies_matched_ + 1);
  std::size_t left = 0;
  for (std::uint32_t i = 0; i < policies_matched_; ++i) {
    const PolicyIndex policy = matched_[i];
    const PreparedPolicy& one = catalogue_.policies[policy];
    Reason reason = Reason::primary;
    if (!passes_plainly(one, input.now, conditions_)) reason = gate(one, policy, input, read);
    if (reason == Reason::primary && one.channels.empty()) reason = Reason::channel_not_permitted;
    reasons_[i] = reason;
    candidate_room_[left].policy = policy;
    candidate_room_[left].match = i;
    left += reason == Reason::primary;
  }
  candidates_ = std::span(candidate_room_).first(left);
}

// Each channel is written, those that are free stay: nothing branches on what can not be foretold.
template <class ReasonOf>
std::uint32_t Decider::place(const PreparedPolicy& policy, std::uint32_t end,
                             const ReasonOf& reason_of) {
  Placement* const places = places_.data();
  double* const levers = levers_.data();
  for (const PermittedChannel& some : part(catalogue_.permitted, policy.channels)) {
    places[end] = {policy.position, some.channel};
    levers[end] = some.lever;
    end += reason_of(some.channel) == ContactCheck::free;
  }
  return end;
}

// Leaves the candidates that have a channel; the reason of others is that of their first channel.
void Decider::find_channels() {
  const std::size_t most = candidates_.size() * catalogue_.most_channels;
  if (places_.size() < most) places_.resize(most);
  if (levers_.size() < most) levers_.resize(most);
  const auto against_all = [reasons = contacts_.reasons().data()](ChannelId channel) {
    return reasons[channel];
  };
  const auto against = [this](ChannelId channel) { return contacts_.blocked(catalogue_, channel); };
  std::size_t left = 0;
  std::uint32_t end = 0;
  for (const Candidate& one : candidates_) {
    const std::uint32_t begin = end;
    const PreparedPolicy& policy = catalogue_.policies[one.policy];
    const bool any_rule = contacts_.begin_policy(catalogue_, one.policy);
    end = any_rule ? place(policy, begin, against) : place(policy, begin, against_all);
    if (begin == end) {
      reasons_[one.match] = Reason{against(catalogue_.channels_of(one.policy).front().channel)};
      continue;
    }
    candidates_[left].policy = one.policy;
    candidates_[left].match = one.match;
    candidates_[left++].channels = {begin, end};
  }
  candidates_ = candidates_.first(left);
  placed_ = end;
}

Result<PolicyView> Decider::decide(const DecisionInput& input, WhatWasRead* read) {
  const bool asks_history = input.history != nullptr && catalogue_.contact.count();
  if (asks_history) input.history->expect_soon(input.user.key);
  if (Result<void> encoded = encode(input.user, input.now); !encoded) return encoded.error();
  match();
  if (asks_history) input.history->expect(input.user.key);
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
