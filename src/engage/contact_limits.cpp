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

void ContactLimits::read(const PlannedPage& page, LedgerTables& tables) {
  page_.clear();
  if (rules_.empty() || widest_ != Scope::user) return;
  for (auto& [user, contacts] : tables.contacts_of(page, earliest_)) {
    for (KeptContact& one : contacts) page_[user].push_back(seen(std::move(one), Scope::user));
  }
  for (const KeptTask& task : tables.dispatched_tasks(page)) reserve(task);
}

bool ContactLimits::allow(const KeptTask& task, LedgerTables& tables) const {
  if (rules_.empty()) return true;
  const std::vector<Seen> all = seen_of(task, tables);
  return std::all_of(rules_.begin(), rules_.end(), [&](const Rule& rule) {
    const auto count = std::count_if(all.begin(), all.end(),
                                     [&](const Seen& one) { return counts(rule, one, task); });
    const bool cap = rule.rule->kind == Kind::cap;
    return count < (cap ? std::int64_t{rule.rule->most} : 1);
  });
}

void ContactLimits::reserve(const KeptTask& task) {
  if (!rules_.empty() && widest_ == Scope::user) {
    page_[task.user].push_back(seen(task, Scope::user));
  }
}

std::vector<ContactLimits::Seen> ContactLimits::seen_of(const KeptTask& task,
                                                        LedgerTables& tables) const {
  std::vector<Seen> out;
  if (widest_ == Scope::user) {
    const auto found = page_.find(task.user);
    return found == page_.end() ? out : found->second;
  }
  see(task.user, Scope::user, tables, out);
  const auto membership = tables.membership(task.user);
  if (!membership) return out;
  std::vector<std::string> met{task.user};
  const auto see_mates = [&](const std::vector<std::string>& mates, Scope scope) {
    for (const std::string& mate : mates) {
      if (std::find(met.begin(), met.end(), mate) != met.end()) continue;
      met.push_back(mate);
      see(mate, scope, tables, out);
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

void ContactLimits::see(std::string_view user, Scope scope, LedgerTables& tables,
                        std::vector<Seen>& out) const {
  for (KeptContact& one : tables.contacts_of(user, earliest_)) {
    out.push_back(seen(std::move(one), scope));
  }
  for (const KeptTask& task : tables.open_tasks(user)) {
    if (task.state == TaskState::dispatched) out.push_back(seen(task, scope));
  }
}

ContactLimits::Seen ContactLimits::seen(KeptContact contact, Scope scope) {
  return {contact.at,      std::move(contact.policy),          std::move(contact.channel),
          contact.outcome, contact.kind == EventKind::contact, scope};
}

// What is reserved may become a contact at any moment from now on.
ContactLimits::Seen ContactLimits::seen(const KeptTask& dispatched, Scope scope) {
  constexpr Moment whenever{std::numeric_limits<std::int64_t>::max()};
  return {whenever, dispatched.policy, dispatched.channel, Outcome::none, true, scope};
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
