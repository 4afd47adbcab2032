#pragma once

#include <optional>
#include <string_view>

#include "engage/ledger_tables.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster {

Error unknown_task(TaskId id);
/// What somebody says a task is of; empty: they do not say.
struct SaidOfTask {
  std::string_view user, policy, channel;
};
/// Fails with unknown_user, unknown_policy or unknown_channel where it is of another.
Result<void> check_same(const Task& task, const SaidOfTask& said);
/// Fails with unknown_policy.
Result<const Policy*> find_policy(const Catalogue& catalogue, std::string_view id);
/// Fails with unknown_channel.
Result<const Channel*> find_channel(const Catalogue& catalogue, std::string_view id);

/// Names, as settlements have them, of everything that settling a policy settles.
std::vector<std::string> groups_of(const Policy& policy);
/// The settlement that bars a policy at a moment, or null. One holds until its policy's validity
/// ends, as it was when it settled or as the catalogue has extended it since.
const Settlement* find_bar(const std::vector<KeptSettlement>& settlements,
                           const Catalogue& catalogue, const Policy& policy, Moment now);
/// "user 'u' accepted policy 'P' on channel 'shop' at 2026-03-01T01:30:00Z (task 7)".
Error already_settled(std::string_view user, const Settlement& settlement);

}  // namespace muster
