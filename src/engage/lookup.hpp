#pragma once

#include <optional>
#include <string_view>

#include "engage/ledger_tables.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster {

Error unknown_task(TaskId id);
/// Fails with unknown_policy.
Result<const Policy*> find_policy(const Catalogue& catalogue, std::string_view id);
/// Fails with unknown_channel.
Result<const Channel*> find_channel(const Catalogue& catalogue, std::string_view id);

/// Names, as settlements have them, of everything that settling a policy settles.
std::vector<std::string> groups_of(const Policy& policy);
/// The settlement that bars a policy, or null.
const Settlement* find_any(const std::vector<KeptSettlement>& settlements, const Policy& policy);
/// "user 'u' accepted policy 'P' on channel 'shop' at 2026-03-01T01:30:00Z (task 7)".
Error already_settled(std::string_view user, const Settlement& settlement);

}  // namespace muster
