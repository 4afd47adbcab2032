#include "decide/decision.hpp"

#include <algorithm>
#include <new>

namespace muster {
namespace {

std::uint64_t hash_of(const Taken& taken, PolicyIndex policy) noexcept {
  struct {
    std::uint64_t policy, acceptances;
    double cost;
  } const words{policy, taken.acceptances, taken.cost};
  return XXH3_64bits(&words, sizeof words);
}

/// Begins to load what is about to be read: a user's contacts were mostly last touched long ago.
void ask_for(std::span<const Contact> contacts) noexcept {
  constexpr std::size_t most = 32, line = 64;
  const auto bytes = std::as_bytes(contacts.first(std::min(contacts.size(), most)));
  for (std::size_t at = 0; at < bytes.size(); at += line) __builtin_prefetch(&bytes[at]);
}

Error wrong_schema() {
  return {Errc::schema_mismatch, "the user is of another schema than the running catalogue", {}};
}

}  // namespace

Decider::Decider(const PreparedCatalogue& catalogue)
    : catalogue_(catalogue),
      scratch_(catalogue.rules),
      contacts_(catalogue),
      bits_(catalogue.rules.encoder().words()),
      matched_(catalogue.rules.size()),
      held_(catalogue.group_count) {
  conditions_.resize(catalogue.conditions);
}

Result<void> Decider::encode(const UserView& user, Moment now) {
  const Schema& schema = catalogue_.catalogue.schema();
  // Of another schema its cells would be read past their end.
  const std::uint64_t its = user.schema_fingerprint();
  if (its != 0 && its != schema.fingerprint()) return wrong_schema();
  const Date today = local_time(catalogue_.catalogue.time_zone(), now).day;
  return catalogue_.rules.encoder().encode(user, today, bits_);
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

void Decider::pass_gates(const DecisionInput& input, WhatWasRead* read) {
  reasons_.clear();
  candidates_.clear();
  const auto test_users = catalogue_.catalogue.test_users();
  const auto is_test_user = [&] {
    return std::binary_search(test_users.begin(), test_users.end(), input.user.key);
  };
  const auto holds = [&](ConditionId condition) { return conditions_[condition]; };
  for (std::uint32_t i = 0; i < policies_matched_; ++i) {
    const PolicyIndex policy = matched_[i];
    const PreparedPolicy& one = catalogue_.policies[policy];
    const auto taken_of = [&] {
      Taken taken;
      if (input.history != nullptr) {
        taken = input.history->taken(catalogue_.catalogue.policies()[one.position].id);
      }
      history_hash_ += hash_of(taken, policy);
      if (read != nullptr) read->taken.emplace_back(policy, taken);
      return taken;
    };
    Reason reason = gate_of(one, input.now, holds, is_test_user, taken_of);
    if (reason == Reason::primary && one.channels.empty()) reason = Reason::channel_not_permitted;
    reasons_.push_back(reason);
    if (reason == Reason::primary) candidates_.push_back({policy, i, {}, {}});
  }
}

void Decider::read_contacts(const DecisionInput& input, WhatWasRead* read) {
  struct Seeing {
    Decider& decider;
    WhatWasRead* read;
    bool failed;
  } seeing{*this, read, false};
  known_.clear();
  const auto see = [](void* context, std::span<const Contact> contacts) {
    auto& [decider, its_read, failed] = *static_cast<Seeing*>(context);
    try {
      ask_for(contacts);
      decider.known_.reserve(contacts.size());
      for (const Contact& contact : contacts) {
        const HashedContact found = look_up(contact, decider.catalogue_);
        decider.history_hash_ += found.hash;  // a sum: their order does not matter
        decider.known_.push_back(found.contact);
      }
      if (its_read == nullptr) return;
      its_read->contacts.insert(its_read->contacts.end(), contacts.begin(), contacts.end());
    } catch (...) {  // memory ran out; no exception may cross a history
      failed = true;
    }
  };
  if (input.history != nullptr) input.history->contacts(input.user.key, see, &seeing);
  if (seeing.failed) throw std::bad_alloc();
  contacts_.count(catalogue_, known_);
}

// Leaves the candidates that have a channel; the reason of others is that of their first channel.
void Decider::find_channels() {
  std::size_t most = 0, left = 0;
  for (const Candidate& one : candidates_) most += catalogue_.channels_of(one.policy).size();
  if (ranked_.size() < most) ranked_.resize(most);
  if (places_.size() < most) places_.resize(most);
  RankedChannel* const ranked = ranked_.data();
  Placement* const places = places_.data();
  std::uint32_t end = 0;
  for (const Candidate& one : candidates_) {
    const std::uint32_t begin = end;
    const PreparedPolicy& policy = catalogue_.policies[one.policy];
    const auto permitted = part(catalogue_.permitted, policy.channels);
    const bool any_rule = contacts_.begin_policy(catalogue_, one.policy);
    for (const PermittedChannel& some : permitted) {
      ranked[end] = {some.channel, false, 0, 0};
      places[end] = {policy.position, some.channel};
      end += any_rule ? contacts_.blocked(catalogue_, some.channel) == ContactCheck::free
                      : contacts_.is_free(some.channel);
    }
    if (begin == end) {
      reasons_[one.match] = Reason{contacts_.blocked(catalogue_, permitted.front().channel)};
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
  for (std::size_t i = 0; i < placed_; ++i) {
    ranked_[i].propensity = propensities_[i] = as_probability(propensities_[i]);
  }
}

Score Decider::score_of(const PreparedPolicy& policy, const RankedChannel& best,
                        double context) const {
  const auto permitted = part(catalogue_.permitted, policy.channels);
  const auto own = std::find_if(permitted.begin(), permitted.end(),
                                [&](const auto& some) { return some.channel == best.channel; });
  return {best.propensity, policy.value, context, policy.lever * own->lever,
          catalogue_.channels[best.channel].cost};
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
    const std::span<RankedChannel> channels(ranked_.data() + one.channels.begin,
                                            ranked_.data() + one.channels.end);
    ranker_.rank(channels);
    // Neighbours mostly share the weights of their class.
    if (last == nullptr || policy.context != last->context) {
      context = context_weight(part(catalogue_.context, policy.context), conditions_);
    }
    last = &policy;
    one.score = score_of(policy, channels.front(), context);
    contenders_.push_back({policy.tier, one.score.total(), one.policy, i, Reason::outranked});
  }
}

Result<PolicyView> Decider::decide(const DecisionInput& input, WhatWasRead* read) {
  if (input.history != nullptr && catalogue_.contact.count()) input.history->expect(input.user.key);
  if (Result<void> encoded = encode(input.user.tags, input.now); !encoded) return encoded.error();
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
  const std::size_t offered = arbitrate(catalogue_, contenders_, held_);
  for (const Contender& one : contenders_) reasons_[candidates_[one.candidate].match] = one.reason;
  return make_view(input, offered);
}

}  // namespace muster
