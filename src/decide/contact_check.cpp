#include "decide/contact_check.hpp"

#include <algorithm>

namespace muster {
namespace {

std::uint8_t code(Reason reason) noexcept { return static_cast<std::uint8_t>(reason); }

/// Whether two ascending lists have a number in common.
bool share(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) noexcept {
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) return true;
    a[i] < b[j] ? ++i : ++j;
  }
  return false;
}

/// splitmix64
std::uint64_t mixed(std::uint64_t z) noexcept {
  z += 0x9E3779B97F4A7C15;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
  z = (z ^ z >> 27) * 0x94D049BB133111EB;
  return z ^ z >> 31;
}

/// A number's place in a word that tells whether a number may be among some.
std::uint64_t mark(std::uint32_t number) noexcept { return std::uint64_t{1} << (number % 64); }

std::uint64_t marks(std::span<const std::uint32_t> numbers) noexcept {
  std::uint64_t all = 0;
  for (const std::uint32_t number : numbers) all |= mark(number);
  return all;
}

}  // namespace

HashedContact look_up(const Contact& contact, const PreparedCatalogue& catalogue) noexcept {
  const std::uint64_t policy = IdTable::hash(contact.policy);
  const std::uint64_t channel = IdTable::hash(contact.channel);
  const auto scope = static_cast<std::uint8_t>(contact.scope);
  const auto kind = std::uint64_t{static_cast<std::uint8_t>(contact.outcome)} << 8 | scope;
  const std::uint64_t hash =
      mixed(policy * 0xD6E8FEB86659FD93 + channel * 0xA0761D6478BD642F +
            static_cast<std::uint64_t>(contact.at.seconds) * 0xE7037ED1A0B428DB +
            kind * 0x8EBC6AF09C88C6E3);
  return {{contact.at, catalogue.policy_ids.find(contact.policy, policy),
           catalogue.channel_ids.find(contact.channel, channel), contact.outcome, scope},
          hash};
}

ContactCheck::ContactCheck(const PreparedCatalogue& catalogue)
    : begin_all_(catalogue.contact.all.size()),
      begin_policy_(catalogue.contact.by_policy.size()),
      channels_(catalogue.channels.size()),
      counters_(catalogue.contact.counters),
      hits_end_(catalogue.contact.by_policy.size()),
      hit_marks_(catalogue.contact.by_policy.size()) {}

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
  for (std::size_t i = 0; i < rules.by_policy.size(); ++i) {
    const bool by_group = rules.by_policy[i].counts == ContactRule::Counts::group;
    hit_marks_[i] = 0;
    for (const KnownContact& contact : contacts) {
      if (contact.policy == IdTable::none) continue;
      if (counts_for(rules.by_policy[i], contact, begin_policy_[i], now_)) {
        hits_.push_back(contact.policy);
        hit_marks_[i] |=
            by_group ? marks(catalogue.groups_of(contact.policy)) : mark(contact.policy);
      }
    }
    hits_end_[i] = static_cast<std::uint32_t>(hits_.size());
  }
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
    if ((hit_marks_[rule] & mark(policy)) == 0) return 0;
    return static_cast<std::uint32_t>(std::count(hits.begin(), hits.end(), policy));
  }
  const auto groups = catalogue.groups_of(policy);
  if ((hit_marks_[rule] & marks(groups)) == 0) return 0;
  std::uint32_t count = 0;
  for (const PolicyIndex other : hits) count += share(groups, catalogue.groups_of(other));
  return count;
}

void ContactCheck::begin_policy(const PreparedCatalogue& catalogue, PolicyIndex policy) {
  exceeded_.clear();
  const auto& rules = catalogue.contact.by_policy;
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    if (counted(catalogue, i, policy) >= rules[i].most) exceeded_.push_back(i);
  }
}

}  // namespace muster
