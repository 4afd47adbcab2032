#include "reference_decision.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace muster::testing {

struct Reference::Case {
  const Subject& user;
  Moment now;
  LocalTime local;
  const std::vector<Contact>& contacts;
  const std::map<std::string, Taken>& taken;
};

Reference::Reference(const Catalogue& catalogue)
    : catalogue_(catalogue), checker_(catalogue.checker()) {}

bool Reference::holds(const std::string& rule, const Case& its, bool where_empty) {
  if (rule.empty()) return where_empty;
  auto found = formulas_.find(rule);
  if (found == formulas_.end()) {
    const Checked checked = checker_.check(rule).value();
    found = formulas_.emplace(rule, checker_.spell_out(checked.formula).value()).first;
  }
  return muster::holds(found->second, checker_.predicates(), its.user.tags, its.local.day);
}

Reason Reference::reason_before_channels(const Policy& policy, const Case& its) {
  if (!holds(policy.eligibility, its, true)) return Reason::not_eligible;
  if (!holds(policy.applicability, its, true)) return Reason::not_applicable;
  if (!holds(policy.suitability, its, true)) return Reason::not_suitable;
  const auto testers = catalogue_.test_users();
  if (policy.state == PolicyState::test) {
    const bool tester = std::count(testers.begin(), testers.end(), its.user.key) > 0;
    if (!tester) return Reason::test_only;
  } else if (policy.state != PolicyState::released) {
    return Reason::not_released;
  }
  if (its.now < policy.valid.from) return Reason::not_yet_valid;
  if (its.now >= policy.valid.until) return Reason::no_longer_valid;
  const auto found = its.taken.find(policy.id);
  const Taken taken = found == its.taken.end() ? Taken() : found->second;
  if (policy.quota > 0 && taken.acceptances >= policy.quota) return Reason::quota_used_up;
  if (policy.budget > 0 && taken.cost + policy.cost > policy.budget * (1 + 1e-9))
    return Reason::budget_used_up;
  return Reason::primary;
}

bool Reference::may_carry(const Policy& policy, ChannelId channel) const {
  const Channel& its = catalogue_.channels()[channel];
  if (!catalogue_.class_table().may_carry(its.kind, policy.service_class)) return false;
  if ((its.classes >> static_cast<unsigned>(policy.service_class) & 1) == 0) return false;
  if (policy.channels.empty()) return true;
  return std::any_of(policy.channels.begin(), policy.channels.end(),
                     [&](const PolicyChannel& own) { return own.channel == channel; });
}

bool Reference::counts(const ContactRule& rule, const Contact& contact, const Policy& policy,
                       ChannelId channel, const Case& its) const {
  if (contact.at > its.now) return false;
  if (contact.at < begin_of(rule.span, its.now, catalogue_.time_zone())) return false;
  if (contact.scope > rule.scope) return false;
  if (rule.kind == ContactRule::Kind::cool_down && contact.outcome != rule.outcome) return false;
  if (rule.kind == ContactRule::Kind::cap && contact.answer) return false;
  const std::size_t on = catalogue_.find_channel(contact.channel);
  const bool named = std::count(rule.channels.begin(), rule.channels.end(), on) > 0;
  if (!rule.channels.empty() && !named) return false;
  if (rule.counts == ContactRule::Counts::all) return true;
  if (rule.counts == ContactRule::Counts::channel) return on == channel;
  if (rule.counts == ContactRule::Counts::policy) return contact.policy == policy.id;
  const std::size_t other = catalogue_.find(contact.policy);
  if (other == catalogue_.policies().size()) return false;
  const auto& groups = catalogue_.policies()[other].groups;
  return std::any_of(groups.begin(), groups.end(), [&](const std::string& group) {
    return std::count(policy.groups.begin(), policy.groups.end(), group) > 0;
  });
}

std::vector<Reason> Reference::reasons_against(const Policy& policy, ChannelId channel,
                                               const Case& its) {
  std::vector<Reason> out;
  if (!catalogue_.channels()[channel].open(its.local)) out.push_back(Reason::channel_closed);
  for (const ContactRule& rule : catalogue_.contact_rules()) {
    const auto& some = rule.channels;
    if (!some.empty() && std::count(some.begin(), some.end(), channel) == 0) continue;
    const auto count = [&] {
      return std::count_if(its.contacts.begin(), its.contacts.end(), [&](const Contact& contact) {
        return counts(rule, contact, policy, channel, its);
      });
    };
    switch (rule.kind) {
      case ContactRule::Kind::cap:
        if (count() >= rule.most) out.push_back(Reason::contact_cap);
        break;
      case ContactRule::Kind::cool_down:
        if (count() > 0) out.push_back(Reason::cool_down);
        break;
      case ContactRule::Kind::quiet_hours:
        for (const Hours& hours : rule.hours) {
          if (hours.contains(its.local)) out.push_back(Reason::quiet_hours);
        }
        break;
      case ContactRule::Kind::do_not_contact:
        if (holds(rule.when, its, false)) out.push_back(Reason::do_not_contact);
        break;
    }
  }
  return out;
}

namespace {

double value_in(const LogisticPropensity::Term& term, const Cell& cell) {
  if (is_null(cell)) return term.missing;
  if (const auto* number = std::get_if<Number>(&cell)) return number->to_double();
  if (const auto* date = std::get_if<Date>(&cell)) return date->days;
  if (const auto* flag = std::get_if<bool>(&cell)) return *flag;
  if (const auto* code = std::get_if<CategoryCode>(&cell)) return *code == term.category;
  const auto& codes = std::get<std::span<const CategoryCode>>(cell);
  return std::count(codes.begin(), codes.end(), term.category) > 0;
}

}  // namespace

double Reference::propensity(PolicyId policy, ChannelId channel, const Case& its) const {
  const std::pair<PolicyId, ChannelId> from_best[] = {
      {policy, channel}, {policy, any_channel}, {any_policy, channel}, {any_policy, any_channel}};
  for (const auto& place : from_best) {
    for (const LogisticPropensity& one : catalogue_.propensities().logistic) {
      if (std::pair(one.policy, one.channel) != place) continue;
      double sum = one.intercept;
      for (const auto& term : one.terms) {
        const Cell cell = value_of(catalogue_.schema(), its.user.tags, term.tag);
        sum += term.coefficient * value_in(term, cell);
      }
      const double small = std::exp(-std::abs(sum));  // never of a large number; ranks may tie
      return (sum >= 0 ? 1 : small) / (1 + small);
    }
    for (const ConstantPropensity& one : catalogue_.propensities().constants) {
      if (std::pair(one.policy, one.channel) == place) return one.probability;
    }
  }
  return 0;
}

void Reference::score(ReferenceDecision::Offered& offer, PolicyId position,
                      const std::vector<ChannelId>& channels, const Case& its) {
  const Policy& policy = catalogue_.policies()[position];
  const Arbitration& settings = catalogue_.arbitration();
  const bool high = holds(settings.high_value_when, its, false);
  const ChannelWeights weights = high ? settings.high_value : settings.others;
  double dearest = 0;
  for (const Channel& one : catalogue_.channels()) dearest = std::max(dearest, one.cost);
  for (const ChannelId channel : channels) {
    const Channel& one = catalogue_.channels()[channel];
    RankedChannel ranked{channel, holds(one.preferred_when, its, false),
                         propensity(position, channel, its), 0};
    const double cost = dearest > 0 ? weights.cost * (one.cost / dearest) : 0;
    ranked.rank =
        weights.preference * ranked.preferred + weights.response * ranked.propensity - cost;
    offer.channels.push_back(ranked);
  }
  std::stable_sort(offer.channels.begin(), offer.channels.end(),
                   [](const auto& a, const auto& b) { return a.rank > b.rank; });
  const RankedChannel& first = offer.channels.front();
  offer.propensity = first.propensity;
  offer.value = policy.value;
  offer.contact_cost = catalogue_.channels()[first.channel].cost;
  offer.lever = policy.lever;
  for (const PolicyChannel& own : policy.channels) {
    if (own.channel == first.channel) offer.lever *= own.lever;
  }
  for (const ContextWeight& one : settings.context) {
    const bool its_class = (one.classes >> static_cast<unsigned>(policy.service_class) & 1) != 0;
    const bool named =
        one.policies.empty() || std::count(one.policies.begin(), one.policies.end(), position) > 0;
    if (its_class && named && holds(one.when, its, true)) offer.context *= one.weight;
  }
  offer.score = offer.propensity * offer.value * offer.context * offer.lever - offer.contact_cost;
}

ReferenceDecision Reference::decide(const Subject& user, Moment now,
                                    const std::vector<Contact>& contacts,
                                    const std::map<std::string, Taken>& taken) {
  const Case its{user, now, catalogue_.time_zone().local(now), contacts, taken};
  std::map<std::string, Reason> reasons;  // of policies that match, but are not offered
  std::vector<ReferenceDecision::Offered> contenders;
  for (std::size_t i = 0; i < catalogue_.policies().size(); ++i) {
    const Policy& policy = catalogue_.policies()[i];
    if (!holds(policy.segment, its, false)) continue;
    const Reason early = reason_before_channels(policy, its);
    if (early != Reason::primary) {
      reasons[policy.id] = early;
      continue;
    }
    std::vector<ChannelId> permitted, free;
    for (std::size_t k = 0; k < catalogue_.channels().size(); ++k) {
      const auto channel = static_cast<ChannelId>(k);
      if (!may_carry(policy, channel)) continue;
      permitted.push_back(channel);
      if (reasons_against(policy, channel, its).empty()) free.push_back(channel);
    }
    if (permitted.empty()) {
      reasons[policy.id] = Reason::channel_not_permitted;
    } else if (free.empty()) {
      const auto against = reasons_against(policy, permitted.front(), its);
      reasons[policy.id] = *std::min_element(against.begin(), against.end());
    } else {
      contenders.push_back({policy.id, false, 0, 0, 0, 1, 1, 0, {}});
      score(contenders.back(), static_cast<PolicyId>(i), free, its);
    }
  }
  const auto policy_of = [&](const auto& offer) {
    return catalogue_.policies()[catalogue_.find(offer.policy)];
  };
  std::sort(contenders.begin(), contenders.end(), [&](const auto& a, const auto& b) {
    const auto tier_a = policy_of(a).tier, tier_b = policy_of(b).tier;
    if (tier_a != tier_b) return tier_a < tier_b;
    return a.score != b.score ? a.score > b.score : a.policy < b.policy;
  });
  ReferenceDecision out;
  out.high_value = holds(catalogue_.arbitration().high_value_when, its, false);
  const Arbitration& settings = catalogue_.arbitration();
  std::set<std::string> held;
  for (auto& one : contenders) {
    const auto groups = policy_of(one).groups;
    const bool excluded = std::any_of(groups.begin(), groups.end(),
                                      [&](const auto& group) { return held.count(group) > 0; });
    if (excluded) {
      reasons[one.policy] = Reason::excluded;
    } else if (out.offers.size() == settings.primary + settings.secondary) {
      reasons[one.policy] = Reason::outranked;
    } else {
      held.insert(groups.begin(), groups.end());
      one.primary = out.offers.size() < settings.primary;
      out.offers.push_back(std::move(one));
    }
  }
  out.omissions.assign(reasons.begin(), reasons.end());
  return out;
}

}  // namespace muster::testing
