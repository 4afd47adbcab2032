#include "decide/contact_rules.hpp"

namespace muster {
namespace {

using Kind = ContactRule::Kind;
using Counts = ContactRule::Counts;

CountRule make_count_rule(const ContactRule& rule, std::uint32_t position, std::size_t channels) {
  CountRule out;
  out.position = position;
  out.scope = static_cast<std::uint8_t>(rule.scope);
  out.counts = rule.counts;
  out.span = rule.span;
  out.channels = {rule.channels, channels};
  if (rule.kind == Kind::cap) {
    out.most = rule.most;
    return out;
  }
  out.reason = Reason::cool_down;
  out.most = 1;
  out.any_outcome = false;
  out.outcome = rule.outcome;
  return out;
}

void add_count_rule(ContactRules& out, CountRule rule, std::size_t channels) {
  if (rule.counts == Counts::policy || rule.counts == Counts::group) {
    out.by_policy.push_back(std::move(rule));
    return;
  }
  rule.counter = static_cast<std::uint32_t>(out.counters);
  out.counters += rule.counts == Counts::all ? 1 : channels + 1;
  out.all.push_back(std::move(rule));
}

}  // namespace

ContactRules prepare_contact_rules(const Catalogue& catalogue, ConditionList& conditions) {
  ContactRules out;
  const std::size_t channels = catalogue.channels().size();
  const auto rules = catalogue.contact_rules();
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    const ContactRule& rule = rules[i];
    switch (rule.kind) {
      case Kind::cap:
      case Kind::cool_down:
        add_count_rule(out, make_count_rule(rule, i, channels), channels);
        break;
      case Kind::quiet_hours:
        out.quiet.push_back({i, {rule.channels, channels}});
        break;
      case Kind::do_not_contact:
        out.forbid.push_back(
            {i, conditions.add(rule.when, holds_never), {rule.channels, channels}});
        break;
    }
  }
  return out;
}

}  // namespace muster
