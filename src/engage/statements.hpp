#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace muster {

/// Every statement that a ledger runs.
enum class Sql : std::uint8_t {
  version,
  head,
  find_key,
  insert_event,
  events_after,
  events_of_user,
  changes,
  contacts_of_user,
  hand_offs_of_task,
  contacts_of_planned,
  insert_task,
  find_task,
  with_open_tasks,
  open_tasks,
  planned_tasks,
  dispatched_of_planned,
  due_tasks,
  push_task,
  update_task,
  settlements_of_user,
  settlements_of_planned,
  find_settlement,
  put_settlement,
  find_use,
  put_use,
  find_capacity,
  add_capacity,
  insert_outbox,
  outbox,
  acknowledge,
  find_member,
  put_member,
  account_mates,
  household_mates,
  put_paper,
  find_paper,
  papers_of_owner,
  due_papers,
};
inline constexpr std::size_t sql_statements = static_cast<std::size_t>(Sql::due_papers) + 1;

/// Its text, in what SQLite and PostgreSQL have in common but for the names of values: ?1, ?2, ….
std::string_view text_of(Sql statement) noexcept;

}  // namespace muster
