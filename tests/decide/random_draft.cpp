#include <fmt/format.h>

#include "random_case.hpp"

namespace muster::testing {
namespace {

std::string random_literal(Dice& dice) {
  static const std::vector<std::string> literals = {"fee = 96",
                                                    "fee < 96",
                                                    "fee >= 59",
                                                    "arpu > 100",
                                                    "arpu IS NULL",
                                                    "vip",
                                                    "NOT vip",
                                                    "complained",
                                                    "NOT complained",
                                                    "brand = 'Apple'",
                                                    "brand <> '华为'",
                                                    "brand IN ('华为', 'vivo')",
                                                    "likes HAS ANY ('app', 'game')",
                                                    "likes HAS ALL ('sms', 'shop')",
                                                    "ratio > 1",
                                                    "ratio <= 0.5",
                                                    "days_until(contract_end) <= 60",
                                                    "SEGMENT(loyal)",
                                                    "NOT SEGMENT(new)",
                                                    "contract_end IS NULL"};
  return dice.pick(literals);
}

std::string random_rule(Dice& dice) {
  std::string rule = random_literal(dice);
  for (std::size_t more = dice.below(3); more > 0; --more) {
    rule += dice.one_in(3) ? " AND " : " OR ";
    rule += random_literal(dice);
  }
  return rule;
}

std::string rule_now_and_then(Dice& dice, std::size_t one_in) {
  return dice.one_in(one_in) ? random_rule(dice) : std::string();
}

std::vector<Hours> random_hours(Dice& dice) {
  std::vector<Hours> hours(1 + dice.below(2));
  for (Hours& some : hours) {
    some.days = static_cast<std::uint8_t>(1 + dice.below(0x7f));
    some.from = static_cast<std::int32_t>(dice.below(24)) * 3600;
    some.until = static_cast<std::int32_t>(1 + dice.below(24)) * 3600;
    if (some.from == some.until) some.until = some.from == 0 ? 3600 : some.from - 1800;
  }
  return hours;
}

std::uint8_t random_classes(Dice& dice) {
  return dice.one_in(3) ? static_cast<std::uint8_t>(1 + dice.below(0x3f)) : std::uint8_t{0x3f};
}

Channel random_channel(std::size_t number, Dice& dice) {
  Channel out = channel(fmt::format("c{}", number), static_cast<ChannelKind>(dice.below(4)),
                        static_cast<double>(dice.below(5)));
  if (dice.one_in(3)) out.hours = random_hours(dice);
  out.classes = random_classes(dice);
  out.preferred_when = rule_now_and_then(dice, 2);
  return out;
}

bool may_carry(const Channel& channel, ServiceClass service_class) {
  return ClassTable().may_carry(channel.kind, service_class) &&
         (channel.classes >> static_cast<unsigned>(service_class) & 1) != 0;
}

const std::vector<double>& levers() {
  static const std::vector<double> some = {0, 0.5, 1, 1, 1, 2, 4};
  return some;
}

PolicyState random_state(Dice& dice) {
  return dice.one_in(5) ? static_cast<PolicyState>(dice.below(6)) : PolicyState::released;
}

void add_policy_channels(Policy& policy, const Draft& draft, Dice& dice) {
  for (std::size_t i = 0; i < draft.channels.size(); ++i) {
    if (!may_carry(draft.channels[i], policy.service_class) || dice.one_in(3)) continue;
    policy.channels.push_back({static_cast<ChannelId>(i),
                               dice.one_in(2) ? "" : "套餐{fee}元 {likes}", dice.pick(levers())});
  }
}

std::vector<std::string> random_groups(bool large, Dice& dice) {
  std::vector<std::string> out;
  for (const char* group : {"g", "h", "i"}) {
    if (!dice.one_in(4)) continue;
    out.push_back(large ? fmt::format("{}{}", group, dice.below(30)) : group);
  }
  return out;
}

Policy random_policy(std::size_t number, bool large, const Draft& draft, Dice& dice) {
  // Numbered so that ids are not in the order of digits.
  Policy out = policy(fmt::format("P{}", number * 7 % (large ? 256 : 32)), random_rule(dice));
  out.eligibility = rule_now_and_then(dice, 4);
  out.applicability = rule_now_and_then(dice, 4);
  out.suitability = rule_now_and_then(dice, 4);
  out.state = random_state(dice);
  out.service_class = static_cast<ServiceClass>(dice.below(service_classes));
  out.tier = static_cast<std::int32_t>(dice.below(3)) - 1;
  out.value = static_cast<double>(dice.below(5)) * 8 - 8;
  out.cost = static_cast<double>(dice.below(3));
  out.lever = dice.pick(levers());
  if (dice.one_in(4)) out.valid.from = near_middle(dice);
  if (dice.one_in(4)) out.valid.until = near_middle(dice);
  if (out.valid.from >= out.valid.until) out.valid = {};
  if (dice.one_in(4)) out.quota = dice.below(3);
  if (dice.one_in(4)) out.budget = static_cast<double>(dice.below(4));
  out.groups = random_groups(large, dice);
  if (dice.one_in(2)) add_policy_channels(out, draft, dice);
  out.script = dice.one_in(2) ? "{{您}}的 {brand} {contract_end}" : "";
  return out;
}

ContactRule random_contact_rule(std::size_t number, const Draft& draft, Dice& dice) {
  ContactRule out;
  out.id = fmt::format("r{}", number);
  out.kind = static_cast<ContactRule::Kind>(dice.one_in(3) ? dice.below(4) : dice.below(2));
  for (std::size_t i = 0; dice.one_in(2) && i < draft.channels.size(); ++i) {
    if (dice.one_in(2)) out.channels.push_back(static_cast<ChannelId>(i));
  }
  const bool counts =
      out.kind == ContactRule::Kind::cap || out.kind == ContactRule::Kind::cool_down;
  if (counts) {
    out.scope = static_cast<ContactRule::Scope>(dice.below(3));
    out.counts = static_cast<ContactRule::Counts>(dice.below(4));
    out.span = {static_cast<ContactSpan::Unit>(dice.below(5)),
                static_cast<std::uint32_t>(1 + dice.below(3))};
  }
  if (out.kind == ContactRule::Kind::cap) {
    out.most = static_cast<std::uint32_t>(dice.one_in(10) ? 0 : 1 + dice.below(4));
  }
  if (out.kind == ContactRule::Kind::cool_down) out.outcome = static_cast<Outcome>(dice.below(6));
  if (out.kind == ContactRule::Kind::quiet_hours) out.hours = random_hours(dice);
  if (out.kind == ContactRule::Kind::do_not_contact) {
    out.when = random_literal(dice) + " AND " + random_literal(dice);
  }
  return out;
}

Arbitration random_arbitration(const Draft& draft, Dice& dice) {
  Arbitration out;
  out.primary = static_cast<std::uint32_t>(1 + dice.below(2));
  out.secondary = static_cast<std::uint32_t>(dice.below(4));
  for (std::size_t i = dice.below(3); i > 0; --i) {
    ContextWeight weight{random_rule(dice), dice.pick(levers()), {}, random_classes(dice)};
    for (std::size_t k = 0; dice.one_in(2) && k < draft.policies.size(); ++k) {
      if (dice.one_in(2)) weight.policies.push_back(static_cast<PolicyId>(k));
    }
    out.context.push_back(std::move(weight));
  }
  out.high_value_when = rule_now_and_then(dice, 2);
  if (dice.one_in(2)) out.high_value = {2, 0.5, 0.25};
  if (dice.one_in(2)) out.others = {0.5, 2, 1};
  return out;
}

LogisticPropensity::Term random_term(const Schema& schema, Dice& dice) {
  LogisticPropensity::Term term;
  term.tag = static_cast<TagId>(dice.below(schema.size() - 1));  // the derived one's are not exact
  const Tag& tag = schema.tag(term.tag);
  if (!tag.values.empty()) term.category = static_cast<CategoryCode>(dice.below(tag.values.size()));
  term.coefficient =
      (static_cast<double>(dice.below(9)) - 4) / (tag.type == TagType::date ? 65536 : 64);
  term.missing = static_cast<double>(dice.below(3));
  return term;
}

Propensities random_propensities(const Draft& draft, Dice& dice) {
  const Schema schema = *Schema::from_json(draft.schema);
  Propensities out;
  for (std::size_t p = 0; p <= draft.policies.size(); ++p) {
    for (std::size_t c = 0; c <= draft.channels.size(); ++c) {
      const auto policy = p == draft.policies.size() ? any_policy : static_cast<PolicyId>(p);
      const auto channel = c == draft.channels.size() ? any_channel : static_cast<ChannelId>(c);
      const std::size_t rare = policy == any_policy || channel == any_channel ? 2 : 6;
      if (dice.one_in(rare)) {
        out.constants.push_back({policy, channel, static_cast<double>(dice.below(5)) / 4});
      }
      if (!dice.one_in(rare * 2)) continue;
      LogisticPropensity logistic{policy, channel, static_cast<double>(dice.below(5)) - 2, {}};
      for (std::size_t i = dice.below(11); i > 0; --i) {
        logistic.terms.push_back(random_term(schema, dice));
      }
      out.logistic.push_back(std::move(logistic));
    }
  }
  return out;
}

}  // namespace

Draft random_draft(Dice& dice) {
  static const std::vector<std::string> zones = {"UTC", "Europe/Berlin", "Asia/Shanghai",
                                                 "America/New_York"};
  Draft draft;
  draft.schema = world_schema;
  draft.time_zone = dice.pick(zones);
  draft.segments = {{"loyal", "fee >= 96 AND NOT SEGMENT(new)"}, {"new", "arpu < 50 OR vip"}};
  for (std::size_t i = dice.below(5); i < 5; ++i) {
    draft.channels.push_back(random_channel(draft.channels.size(), dice));
  }
  const bool large = dice.one_in(50);
  for (std::size_t i = large ? large_draft : 1 + dice.below(12); i > 0; --i) {
    draft.policies.push_back(random_policy(draft.policies.size(), large, draft, dice));
  }
  for (std::size_t i = dice.below(5); i > 0; --i) {
    draft.contact_rules.push_back(random_contact_rule(i, draft, dice));
  }
  draft.arbitration = random_arbitration(draft, dice);
  draft.propensities = random_propensities(draft, dice);
  draft.holdout = {0.25, "spring"};
  draft.test_users = {"u1", "u2"};
  return draft;
}

}  // namespace muster::testing
