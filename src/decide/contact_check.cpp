#include "decide/contact_check.hpp"

#include <algorithm>

namespace muster {
namespace {

/// A word that tells whether a policy, or one of its groups, may be among a rule's hits.
std::uint64_t marks_of(const PreparedCatalogue& catalogue, const CountRule& rule,
                       PolicyIndex policy) noexcept {
  if (rule.counts == ContactRule::Counts::policy) return mark_of(policy);
  return catalogue.policies[policy].group_marks;
}

std::uint8_t code(Reason reason) noexcept { return static_cast<std::uint8_t>(reason); }

/// Whether two ascending lists have a number in common.
bool share(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) noexcept {
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) return true;
    a[i] < b[j] ? ++i : ++j;
  }
  return false;
}

}  // namespace

HashedContact look_up(const Contact& contact, const PreparedCatalogue& catalogue) noexcept {
  const IdKey policy_key(contact.policy), channel_key(contact.channel);
  const std::uint64_t policy = policy_key.hash(), channel = channel_key.hash();
  const auto scope = static_cast<std::uint8_t>(contact.scope);
  const auto kind = std::uint64_t{static_cast<std::uint8_t>(contact.outcome)} << 8 | scope;
  const XXH128_hash_t product =
      XXH_mult64to128(policy + channel * 0xA0761D6478BD642F + 0x9E3779B97F4A7C15,
                      static_cast<std::uint64_t>(contact.at.seconds) * 0xE7037ED1A0B428DB +
                          kind * 0x8EBC6AF09C88C6E3 + channel);
  const std::uint64_t hash = product.low64 ^ product.high64;
  return {
      {contact.at, catalogue.policy_ids.find(contact.policy, policy_key, policy),
       catalogue.channel_ids.find(contact.channel, channel_key, channel), contact.outcome, scope},
      hash};
}

ContactCheck::ContactCheck(const PreparedCatalogue& catalogue)
    : begin_all_(catalogue.contact.all.size()),
      begin_policy_(catalogue.contact.by_policy.size()),
      channels_(catalogue.channels.size()),
      counters_(catalogue.contact.counters),
      hits_end_(catalogue.contact.by_policy.size()),
      hit_marks_(catalogue.contact.by_policy.size()) {
  reached_.reserve(hits_end_.size());
}

void ContactCheck::block(const ChannelSet& channels, Reason reason) noexcept {
  for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
    if (channels[channel]) channels_[channel] = std::min(channels_[channel], code(reason));
  }
}

void ContactCheck::begin(const PreparedCatalogue& catalogue, Moment now,
                         const ConditionBits& conditions) {
  now_ = now;
  local_ = local_time(catalogue.catalogue.time_zone(), now);
  const auto channels = catalogue.catalogue.channels();
  for (std::size_t i = 0; i < channels_.size(); ++i) {
    channels_[i] = channels[i].open(local_) ? free : code(Reason::channel_closed);
  }
  for (const ForbidRule& rule : catalogue.contact.forbid) {
    if (conditions[rule.when]) block(rule.channels, Reason::do_not_contact);
  }
  for (const QuietRule& rule : catalogue.contact.quiet) {
    if (is_quiet(catalogue, rule)) block(rule.channels, Reason::quiet_hours);
  }
}

bool ContactCheck::is_quiet(const PreparedCatalogue& catalogue,
                            const QuietRule& rule) const noexcept {
  const auto& hours = catalogue.catalogue.contact_rules()[rule.position].hours;
  return std::any_of(hours.begin(), hours.end(),
                     [&](const Hours& some) { return some.contains(local_); });
}

// Calendar spans begin anew with the day only.
void ContactCheck::begin_spans(const PreparedCatalogue& catalogue) {
  const bool same_day = local_.day == spans_of_;
  spans_of_ = local_.day;
  const TimeZone& zone = catalogue.catalogue.time_zone();
  const Moment now = within_calendar(now_);
  const auto fill = [&](const std::vector<CountRule>& rules, std::vector<Moment>& begins) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const ContactSpan span = rules[i].span;
      if (same_day && span.unit != ContactSpan::Unit::rolling_days) continue;
      begins[i] = begin_of(span, now, zone);
    }
  };
  fill(catalogue.contact.all, begin_all_);
  fill(catalogue.contact.by_policy, begin_policy_);
}

void ContactCheck::count_all(const CountRule& rule, Moment begin,
                             std::span<const KnownContact> contacts) {
  if (rule.counts == ContactRule::Counts::all) {
    std::uint32_t count = 0;
    for (const KnownContact& contact : contacts) count += counts_for(rule, contact, begin, now_);
    counters_[rule.counter] = count;
    if (count >= rule.most) block(rule.channels, rule.reason);
    return;
  }
  std::uint32_t* const counters = counters_.data() + rule.counter;
  std::fill_n(counters, channels_.size(), 0);
  for (const KnownContact& contact : contacts) {
    if (contact.channel != IdTable::none && counts_for(rule, contact, begin, now_)) {
      ++counters[contact.channel];
    }
  }
  for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
    if (counters[channel] >= rule.most && rule.channels[channel]) {
      channels_[channel] = std::min(channels_[channel], code(rule.reason));
    }
  }
}

void ContactCheck::count(const PreparedCatalogue& catalogue,
                         std::span<const KnownContact> contacts) {
  begin_spans(catalogue);
  const ContactRules& rules = catalogue.contact;
  for (std::size_t i = 0; i < rules.all.size(); ++i) {
    count_all(rules.all[i], begin_all_[i], contacts);
  }
  hits_.clear();
  reached_.clear();
  exceeded_.clear();
  policy_marks_ = group_marks_ = 0;
  for (std::uint32_t i = 0; i < rules.by_policy.size(); ++i) {
    const std::size_t before = hits_.size();
    hit_marks_[i] = find_hits(catalogue, rules.by_policy[i], begin_policy_[i], contacts);
    hits_end_[i] = static_cast<std::uint32_t>(hits_.size());
    if (hits_.size() - before >= rules.by_policy[i].most) add_reached(rules.by_policy[i], i);
  }
}

void ContactCheck::add_reached(const CountRule& rule, std::uint32_t number) {
  reached_.push_back(number);
  auto& all = rule.counts == ContactRule::Counts::policy ? policy_marks_ : group_marks_;
  all |= hit_marks_[number];
  if (rule.most == 0) policy_marks_ = ~std::uint64_t{0};
}

std::uint64_t ContactCheck::find_hits(const PreparedCatalogue& catalogue, const CountRule& rule,
                                      Moment begin, std::span<const KnownContact> contacts) {
  std::uint64_t marks = 0;
  for (const KnownContact& contact : contacts) {
    if (contact.policy == IdTable::none || !counts_for(rule, contact, begin, now_)) continue;
    hits_.push_back(contact.policy);
    marks |= marks_of(catalogue, rule, contact.policy);
  }
  return marks;
}

std::uint32_t ContactCheck::counted(const CountRule& rule, std::size_t channel) const noexcept {
  const bool one = rule.counts == ContactRule::Counts::all;
  return counters_[rule.counter + (one ? 0 : channel)];
}

std::uint32_t ContactCheck::counted(const PreparedCatalogue& catalogue, std::size_t rule,
                                    PolicyIndex policy) const noexcept {
  const std::span<const PolicyIndex> hits(hits_.data() + (rule == 0 ? 0 : hits_end_[rule - 1]),
                                          hits_.data() + hits_end_[rule]);
  if (catalogue.contact.by_policy[rule].counts == ContactRule::Counts::policy) {
    return static_cast<std::uint32_t>(std::count(hits.begin(), hits.end(), policy));
  }
  const auto groups = catalogue.groups_of(policy);
  std::uint32_t count = 0;
  for (const PolicyIndex other : hits) count += share(groups, catalogue.groups_of(other));
  return count;
}

void ContactCheck::find_exceeded(const PreparedCatalogue& catalogue, PolicyIndex policy) {
  for (const std::uint32_t i : reached_) {
    const CountRule& rule = catalogue.contact.by_policy[i];
    const bool may_be = rule.most == 0 || (hit_marks_[i] & marks_of(catalogue, rule, policy)) != 0;
    if (may_be && counted(catalogue, i, policy) >= rule.most) exceeded_.push_back(i);
  }
}

}  // namespace muster
