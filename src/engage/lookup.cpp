#include "engage/lookup.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "engage/contact_limits.hpp"
#include "policy/unknown_id.hpp"

namespace muster {
namespace {

/// A policy that is valid again after a break is a new campaign, not a longer one.
Moment end_of(const Settlement& settlement, const Catalogue& catalogue) {
  const std::size_t at = catalogue.find(settlement.policy);
  if (at >= catalogue.policies().size()) return settlement.until;
  const Validity& now = catalogue.policies()[at].valid;
  return now.from <= settlement.until ? std::max(settlement.until, now.until) : settlement.until;
}

}  // namespace

Error unknown_task(TaskId id) {
  return {Errc::unknown_task, fmt::format("the ledger has no task {}", id), {}};
}

Result<void> check_same(const Task& task, const SaidOfTask& said) {
  struct Part {
    const char* what;
    std::string_view said;
    const std::string& own;
    Errc code;
  } const parts[] = {{"user", said.user, task.user, Errc::unknown_user},
                     {"policy", said.policy, task.policy, Errc::unknown_policy},
                     {"channel", said.channel, task.channel, Errc::unknown_channel}};
  for (const Part& part : parts) {
    if (part.said.empty() || part.said == part.own) continue;
    return Error{part.code,
                 fmt::format("task {} is of {} {}, not {}", task.id, part.what, in_quotes(part.own),
                             in_quotes(part.said)),
                 {}};
  }
  return {};
}

Result<const Policy*> find_policy(const Catalogue& catalogue, std::string_view id) {
  const std::size_t at = catalogue.find(id);
  if (at < catalogue.policies().size()) return &catalogue.policies()[at];
  return unknown_policy(catalogue, id);
}

Result<const Channel*> find_channel(const Catalogue& catalogue, std::string_view id) {
  const std::size_t at = catalogue.find_channel(id);
  if (at < catalogue.channels().size()) return &catalogue.channels()[at];
  return unknown_channel(catalogue, id);
}

std::vector<std::string> groups_of(const Policy& policy) {
  std::vector<std::string> out{settled_policy(policy.id)};
  for (const std::string& group : policy.groups) out.push_back(settled_group(group));
  return out;
}

const Settlement* find_bar(const std::vector<KeptSettlement>& settlements,
                           const Catalogue& catalogue, const Policy& policy, Moment now) {
  if (settlements.empty()) return nullptr;
  const std::vector<std::string> groups = groups_of(policy);
  for (const KeptSettlement& one : settlements) {
    // By the groups of then and by those of now.
    const bool shared = std::find(groups.begin(), groups.end(), one.group) != groups.end() ||
                        share_group(catalogue, one.policy, policy.id);
    if (shared && now < end_of(one, catalogue)) return &one;
  }
  return nullptr;
}

Error already_settled(std::string_view user, const Settlement& its) {
  return {Errc::already_settled,
          fmt::format("user {} accepted policy {} on channel {} at {} ({})", in_quotes(user),
                      in_quotes(its.policy), in_quotes(its.channel), to_string(its.at),
                      its.task == 0 ? "without a task" : fmt::format("task {}", its.task)),
          {}};
}

}  // namespace muster
