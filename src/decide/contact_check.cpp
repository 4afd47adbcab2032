#include "decide/contact_check.hpp"

#include <algorithm>

namespace muster {
namespace {

/// What a policy is counted by.
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

ContactCheck::ContactCheck(const PreparedCatalogue& catalogue)
    : begin_all_(catalogue.contact.all.size()),
      begin_policy_(catalogue.contact.by_policy.size()),
      by_clock_(catalogue.channels.size()),
      channels_(catalogue.channels.size()),
      counters_(catalogue.contact.counters),
      hits_end_(catalogue.contact.by_policy.size()),
      hit_marks_(catalogue.contact.by_policy.size()) {
  reached_.reserve(hits_end_.size());
}

void ContactCheck::block(std::vector<std::uint8_t>& channels, const ChannelSet& blocked,
                         Reason reason) noexcept {
  for (std::size_t channel = 0; channel < channels.size(); ++channel) {
    if (blocked[channel]) channels[channel] = std::min(channels[channel], code(reason));
  }
}

void ContactCheck::begin(const PreparedCatalogue& catalogue, Moment now,
                         const ConditionBits& conditions) {
  if (!begun_ || now != now_) begin_moment(catalogue, now);
  std::copy(by_clock_.begin(), by_clock_.end(), channels_.begin());
  for (const ForbidRule& rule : catalogue.contact.forbid) {
    if (conditions[rule.when]) block(channels_, rule.channels, Reason::do_not_contact);
  }
}

// Many decisions are of one second, and what depends on the clock alone is the same for all.
void ContactCheck::begin_moment(const PreparedCatalogue& catalogue, Moment now) {
  begun_ = true;
  now_ = now;
  local_ = catalogue.catalogue.time_zone().local(now);
  const auto channels = catalogue.catalogue.channels();
  for (std::size_t i = 0; i < by_clock_.size(); ++i) {
    by_clock_[i] = channels[i].open(local_) ? free : code(Reason::channel_closed);
  }
  for (const QuietRule& rule : catalogue.contact.quiet) {
    if (is_quiet(catalogue, rule)) block(by_clock_, rule.channels, Reason::quiet_hours);
  }
  begin_spans(catalogue);
}

bool ContactCheck::is_quiet(const PreparedCatalogue& catalogue,
                            const QuietRule& rule) const noexcept {
  const auto& hours = catalogue.catalogue.contact_rules()[rule.position].hours;
  return std::any_of(hours.begin(), hours.end(),
                     [&](const Hours& some) { return some.contains(local_); });
}

// Calendar spans begin anew with the day only, but for moments before its begin: those before the
// calendar, and the first midnight where clocks are put back over it.
void ContactCheck::begin_spans(const PreparedCatalogue& catalogue) {
  const TimeZone& zone = catalogue.catalogue.time_zone();
  const bool same_day = local_.day == spans_of_ && zone.begin_of(local_.day) <= now_;
  spans_of_ = local_.day;
  const auto fill = [&](const std::vector<CountRule>& rules, std::vector<Moment>& begins) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const ContactSpan span = rules[i].span;
      if (same_day && span.unit != ContactSpan::Unit::rolling_days) continue;
      begins[i] = begin_of(span, now_, zone);
    }
  };
  fill(catalogue.contact.all, begin_all_);
  fill(catalogue.contact.by_policy, begin_policy_);
  earliest_ = now_;
  for (const Moment begin : begin_all_) earliest_ = std::min(earliest_, begin);
  for (const Moment begin : begin_policy_) earliest_ = std::min(earliest_, begin);
}

void ContactCheck::count_all(const CountRule& rule, Moment begin,
                             std::span<const KnownContact> contacts) {
  if (rule.counts == ContactRule::Counts::all) {
    std::uint32_t count = 0;
    for (const KnownContact& contact : contacts) count += counts_for(rule, contact, begin);
    counters_[rule.counter] = count;
    if (count >= rule.most) block(channels_, rule.channels, rule.reason);
    return;
  }
  std::uint32_t* const counters = counters_.data() + rule.counter;
  const auto unknown = static_cast<std::uint32_t>(channels_.size());  // counted behind the others
  std::fill_n(counters, unknown + 1, 0);
  for (const KnownContact& contact : contacts) {
    counters[std::min(contact.channel, unknown)] += counts_for(rule, contact, begin);
  }
  for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
    if (counters[channel] >= rule.most && rule.channels[channel]) {
      channels_[channel] = std::min(channels_[channel], code(rule.reason));
    }
  }
}

void ContactCheck::count(const PreparedCatalogue& catalogue,
                         std::span<const KnownContact> contacts) {
  const ContactRules& rules = catalogue.contact;
  for (std::size_t i = 0; i < rules.all.size(); ++i) {
    count_all(rules.all[i], begin_all_[i], contacts);
  }
  count_hits(rules, contacts);
}

void ContactCheck::count_hits(const ContactRules& rules, std::span<const KnownContact> contacts) {
  reached_.clear();
  exceeded_.clear();
  policy_marks_ = group_marks_ = 0;
  // One more, as each is written before it is known whether it stays.
  const std::size_t most = rules.by_policy.size() * contacts.size() + 1;
  if (hits_.size() < most) hits_.resize(most);
  std::uint32_t begin = 0;
  for (std::uint32_t i = 0; i < rules.by_policy.size(); ++i) {
    const std::uint32_t end = find_hits(rules.by_policy[i], begin_policy_[i], contacts, begin);
    std::uint64_t marks = 0;
    for (std::uint32_t hit = begin; hit < end; ++hit) marks |= hits_[hit].marks;
    hit_marks_[i] = marks;
    hits_end_[i] = end;
    if (end - begin >= rules.by_policy[i].most) add_reached(rules.by_policy[i], i);
    begin = end;
  }
}

void ContactCheck::add_reached(const CountRule& rule, std::uint32_t number) {
  reached_.push_back(number);
  auto& all = rule.counts == ContactRule::Counts::policy ? policy_marks_ : group_marks_;
  all |= hit_marks_[number];
  if (rule.most == 0) policy_marks_ = ~std::uint64_t{0};
}

std::uint32_t ContactCheck::find_hits(const CountRule& rule, Moment begin,
                                      std::span<const KnownContact> contacts,
                                      std::uint32_t at) noexcept {
  const bool by_policy = rule.counts == ContactRule::Counts::policy;
  for (const KnownContact& contact : contacts) {  // each is written, those that count stay
    hits_[at] = {contact.policy, by_policy ? mark_of(contact.policy) : contact.group_marks};
    at += counts_for(rule, contact, begin) & (contact.policy != IdTable::none);
  }
  return at;
}

std::uint32_t ContactCheck::counted(const CountRule& rule, std::size_t channel) const noexcept {
  const bool one = rule.counts == ContactRule::Counts::all;
  return counters_[rule.counter + (one ? 0 : channel)];
}

std::uint32_t ContactCheck::counted(const PreparedCatalogue& catalogue, std::size_t rule,
                                    PolicyIndex policy) const noexcept {
  const std::span<const Hit> hits(hits_.data() + (rule == 0 ? 0 : hits_end_[rule - 1]),
                                  hits_.data() + hits_end_[rule]);
  const CountRule& one = catalogue.contact.by_policy[rule];
  const bool by_policy = one.counts == ContactRule::Counts::policy;
  const std::uint64_t marks = marks_of(catalogue, one, policy);
  std::uint32_t count = 0;
  for (const Hit& hit : hits) {
    if ((hit.marks & marks) == 0) continue;
    count += by_policy ? hit.policy == policy
                       : share(catalogue.groups_of(policy), catalogue.groups_of(hit.policy));
  }
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
