#include "engage/command_check.hpp"
#include "engage/ledger_body.hpp"
#include "engage/lookup.hpp"

namespace muster {
namespace {

Result<void> check_wanted(const char* what, std::string_view value) {
  return CommandCheck().wanted(what, value).result();
}

}  // namespace

Result<std::vector<Event>> Ledger::outbox(std::string_view channel, std::size_t most) {
  if (Result<void> good = check_wanted("a channel", channel); !good) return good.error();
  return body_->guarded(
      [&]() -> Result<std::vector<Event>> { return body_->tables.outbox(channel, most); });
}

Result<std::vector<Event>> Ledger::timeline(std::string_view user) {
  if (Result<void> good = check_wanted("a user", user); !good) return good.error();
  return body_->guarded(
      [&]() -> Result<std::vector<Event>> { return body_->tables.events_of(user); });
}

Result<std::vector<Event>> Ledger::events(std::uint64_t after, std::size_t most) {
  return body_->guarded(
      [&]() -> Result<std::vector<Event>> { return body_->tables.events_after(after, most); });
}

Result<std::optional<Receipt>> Ledger::find(std::string_view key) {
  if (Result<void> good = check_wanted("an idempotency key", key); !good) return good.error();
  return body_->guarded([&]() -> Result<std::optional<Receipt>> {
    const auto command = body_->tables.find_command(key);
    if (!command) return std::optional<Receipt>();
    return std::optional(body_->tables.receipt_of(*command, true));
  });
}

Result<Task> Ledger::task(TaskId id) {
  return body_->guarded([&]() -> Result<Task> {
    const auto found = body_->tables.find_task(id);
    if (!found) return unknown_task(id);
    return Task(*found);
  });
}

Result<std::vector<Task>> Ledger::open_tasks(std::string_view user) {
  if (Result<void> good = check_wanted("a user", user); !good) return good.error();
  return body_->guarded([&]() -> Result<std::vector<Task>> {
    const std::vector<KeptTask> found = body_->tables.open_tasks(user);
    return std::vector<Task>(found.begin(), found.end());
  });
}

Result<std::optional<Settlement>> Ledger::group_settlement(std::string_view user,
                                                           std::string_view group) {
  const Result<void> good = CommandCheck().wanted("a user", user).wanted("a group", group).result();
  if (!good) return good.error();
  return body_->guarded([&]() -> Result<std::optional<Settlement>> {
    return body_->tables.find_settlement(user, settled_group(group));
  });
}

Result<std::optional<Settlement>> Ledger::policy_settlement(std::string_view user,
                                                            std::string_view policy) {
  const Result<void> good =
      CommandCheck().wanted("a user", user).wanted("a policy", policy).result();
  if (!good) return good.error();
  return body_->guarded([&]() -> Result<std::optional<Settlement>> {
    return body_->tables.find_settlement(user, settled_policy(policy));
  });
}

Result<PolicyUse> Ledger::use_of(std::string_view policy) {
  if (Result<void> good = check_wanted("a policy", policy); !good) return good.error();
  return body_->guarded([&]() -> Result<PolicyUse> { return body_->tables.use_of(policy); });
}

Result<std::uint64_t> Ledger::capacity_used(std::string_view channel, Date day) {
  if (Result<void> good = check_wanted("a channel", channel); !good) return good.error();
  return body_->guarded(
      [&]() -> Result<std::uint64_t> { return body_->tables.capacity_used(channel, day); });
}

}  // namespace muster
