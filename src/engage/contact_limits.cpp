#include "engage/contact_limits.hpp"

#include <algorithm>
#include <limits>

namespace muster {
namespace {

using Kind = ContactRule::Kind;
using Scope = ContactRule::Scope;

bool is_about(const ContactRule& rule, ChannelId channel) {
  return rule.channels.empty() ||
         std::find(rule.channels.begin(), rule.channels.end(), channel) != rule.channels.end();
}

}  // namespace

bool share_group(const Catalogue& catalogue, std::string_view one, std::string_view other) {
  const auto policies = catalogue.policies();
  const std::size_t a = catalogue.find(one), b = catalogue.find(other);
  if (a == policies.size() || b == policies.size()) return false;
  const auto& groups = policies[b].groups;
  return std::any_of(policies[a].groups.begin(), policies[a].groups.end(),
                     [&](const std::string& group) {
                       return std::find(groups.begin(), groups.end(), group) != groups.end();
                     });
}

ContactLimits::ContactLimits(const Catalogue& catalogue, ChannelId channel, Moment now)
    : catalogue_(catalogue), earliest_{std::numeric_limits<std::int64_t>::max()} {
  for (const ContactRule& rule : catalogue.contact_rules()) {
    if (rule.kind != Kind::cap && rule.kind != Kind::cool_down) continue;
    if (!is_about(rule, channel)) continue;
    rules_.push_back({&rule, begin_of(rule.span, now, catalogue.time_zone())});
    earliest_ = std::min(earliest_, rules_.back().begin);
    widest_ = std::max(widest_, rule.scope);
  }
}

bool ContactLimits::allow(const KeptTask& task, LedgerTables& tables) const {
  if (rules_.empty()) return true;
  const std::vector<Seen> seen = seen_of(task, tables);
  return std::all_of(rules_.begin(), rules_.end(), [&](const Rule& rule) {
    const auto count = std::count_if(seen.begin(), seen.end(),
                                     [&](const Seen& one) { return counts(rule, one, task); });
    const bool cap = rule.rule->kind == Kind::cap;
    return count < (cap ? std::int64_t{rule.rule->most} : 1);
  });
}

std::vector<ContactLimits::Seen> ContactLimits::seen_of(const KeptTask& task,
                                                        LedgerTables& tables) const {
  std::vector<Seen> out;
  see(task.user, Scope::user, task, tables, out);
  if (widest_ == Scope::user) return out;
  const auto membership = tables.membership(task.user);
  if (!membership) return out;
  std::vector<std::string> met{task.user};
  const auto see_mates = [&](const std::vector<std::string>& mates, Scope scope) {
    for (const std::string& mate : mates) {
      if (std::find(met.begin(), met.end(), mate) != met.end()) continue;
      met.push_back(mate);
      see(mate, scope, task, tables, out);
    }
  };
  if (!membership->account.empty()) {
    see_mates(tables.account_mates(membership->account), Scope::account);
  }
  if (!membership->household.empty()) {
    see_mates(tables.household_mates(membership->household), Scope::household);
  }
  return out;
}

void ContactLimits::see(std::string_view user, Scope scope, const KeptTask& task,
                        LedgerTables& tables, std::vector<Seen>& out) const {
  for (KeptContact& one : tables.contacts_of(user, earliest_)) {
    out.push_back({one.at, std::move(one.policy), std::move(one.channel), one.outcome,
                   one.kind == EventKind::contact, scope});
  }
  // What is reserved may become a contact at any moment from now on.
  constexpr Moment whenever{std::numeric_limits<std::int64_t>::max()};
  for (KeptTask& other : tables.open_tasks(user)) {
    if (other.state != TaskState::dispatched || other.id == task.id) continue;
    out.push_back(
        {whenever, std::move(other.policy), std::move(other.channel), Outcome::none, true, scope});
  }
}

bool ContactLimits::counts(const Rule& its, const Seen& seen, const KeptTask& task) const {
  const ContactRule& rule = *its.rule;
  if (seen.at < its.begin || seen.scope > rule.scope) return false;
  if (rule.kind == Kind::cap ? !seen.counts_for_caps : seen.outcome != rule.outcome) return false;
  if (!rule.channels.empty()) {
    const std::size_t channel = catalogue_.find_channel(seen.channel);
    if (channel == catalogue_.channels().size() ||
        !is_about(rule, static_cast<ChannelId>(channel))) {
      return false;
    }
  }
  switch (rule.counts) {
    case ContactRule::Counts::channel:
      return seen.channel == task.channel;
    case ContactRule::Counts::policy:
      return seen.policy == task.policy;
    case ContactRule::Counts::group:
      return share_group(catalogue_, seen.policy, task.policy);
    case ContactRule::Counts::all:
      break;
  }
  return true;
}

}  // namespace muster
