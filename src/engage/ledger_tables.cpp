#include "engage/ledger_tables.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "muster/policy/channel.hpp"

namespace muster {
namespace {

SqlValue sql(Moment moment) { return moment.seconds; }
SqlValue sql(std::size_t most, const void*) {
  return static_cast<std::int64_t>(
      std::min<std::size_t>(most, std::numeric_limits<std::int64_t>::max()));
}
template <class Enum>
SqlValue sql_number(Enum value) {
  return static_cast<std::int64_t>(value);
}
SqlValue sql(const std::optional<Date>& day) {
  return day ? SqlValue(std::int64_t{day->days}) : SqlValue();
}

std::uint64_t number(const SqlRow& row, int column) {
  return static_cast<std::uint64_t>(row.whole(column));
}
/// A number of an enum whose values are 0 to count − 1.
template <class Enum>
Enum checked(const SqlRow& row, int column, std::size_t count, const char* what) {
  const std::int64_t its = row.whole(column);
  if (its >= 0 && static_cast<std::uint64_t>(its) < count) return static_cast<Enum>(its);
  throw StoreFailure{
      {Errc::corrupt, fmt::format("the ledger holds {} for {}, which is none", its, what), {}}};
}
EventKind kind_of(const SqlRow& row, int column) {
  return checked<EventKind>(row, column, event_kinds, "the kind of an entry");
}
TaskState state_of(const SqlRow& row, int column) {
  return checked<TaskState>(row, column, task_states, "the state of a task");
}
Outcome outcome_of(const SqlRow& row, int column) {
  return checked<Outcome>(row, column, outcomes, "an outcome");
}
/// Of one acceptance.
double cost_of(const SqlRow& row, int column) {
  const double its = row.real(column);
  if (its >= 0 && its <= max_money) return its;
  throw StoreFailure{
      {Errc::corrupt, fmt::format("the ledger holds {} for a cost, which is none", its), {}}};
}
std::string text(const SqlRow& row, int column) { return std::string(row.text(column)); }

Event event_of(const SqlRow& row) {
  Event out;
  out.sequence = number(row, 0);
  out.cause = number(row, 1);
  out.at = {row.whole(2)};
  out.kind = kind_of(row, 3);
  out.user = text(row, 4);
  out.policy = text(row, 5);
  out.channel = text(row, 6);
  out.task = number(row, 7);
  if (!row.null(8)) out.state = state_of(row, 8);
  out.outcome = outcome_of(row, 9);
  out.field = checked<SharedField>(row, 10, shared_fields, "a shared field");
  out.cost = cost_of(row, 11);
  out.text = text(row, 12);
  return out;
}

KeptCommand command_of(const SqlRow& row) {
  return {number(row, 0), number(row, 1), number(row, 2)};
}

KeptContact contact_of(const SqlRow& row) {
  return {{row.whole(0)}, kind_of(row, 1), text(row, 2), text(row, 3), outcome_of(row, 4)};
}

KeptTask task_of(const SqlRow& row) {
  KeptTask out;
  out.id = number(row, 0);
  out.user = text(row, 1);
  out.policy = text(row, 2);
  out.channel = text(row, 3);
  out.state = state_of(row, 4);
  out.score = 0 - row.real(5);
  out.due = {row.whole(6)};
  if (!row.null(7)) out.day = Date{static_cast<std::int32_t>(row.whole(7))};
  out.cost = cost_of(row, 8);
  return out;
}

Settlement settlement_of(const SqlRow& row) {
  return {number(row, 0), number(row, 1), text(row, 2),
          text(row, 3),   {row.whole(4)}, {row.whole(5)}};
}

/// Best first is lowest rank first.
double rank_of(const KeptTask& task) { return 0 - task.score; }

/// The rank and id that a page begins after.
std::pair<double, std::uint64_t> begin_of(const PlannedPage& page) {
  if (page.last == nullptr) return {std::numeric_limits<double>::lowest(), 0};
  return {rank_of(*page.last), page.last->id};
}

template <class Row>
auto rows_of(Store& store, Sql statement, std::initializer_list<SqlValue> values, Row row_of) {
  std::vector<decltype(row_of(std::declval<const SqlRow&>()))> out;
  store.run(statement, values, [&](const SqlRow& row) { out.push_back(row_of(row)); });
  return out;
}

template <class Row>
auto row_of(Store& store, Sql statement, std::initializer_list<SqlValue> values, Row its) {
  std::optional<decltype(its(std::declval<const SqlRow&>()))> out;
  store.run(statement, values, [&](const SqlRow& row) { out = its(row); });
  return out;
}

}  // namespace

std::string settled_group(std::string_view group) { return "group:" + std::string(group); }
std::string settled_policy(std::string_view policy) { return "policy:" + std::string(policy); }

LedgerHead LedgerTables::head(std::string_view key) {
  LedgerHead out;
  store_.run(Sql::head, {key}, [&](const SqlRow& row) {
    if (row.null(1)) {
      out.last_sequence = number(row, 0);
      out.version = row.whole(3);
    } else {
      out.earlier = command_of(row);
    }
  });
  return out;
}

std::optional<KeptCommand> LedgerTables::find_command(std::string_view key) {
  return row_of(store_, Sql::find_key, {key}, command_of);
}

Receipt LedgerTables::receipt_of(const KeptCommand& command, bool repeated) {
  Receipt out{command.sequence, repeated, {}};
  const std::uint64_t end = command.sequence + command.entries;
  out.changes =
      rows_of(store_, Sql::changes, {sql(command.sequence), sql(end)}, [](const SqlRow& row) {
        return TaskChange{number(row, 0), state_of(row, 1)};
      });
  return out;
}

void LedgerTables::add(const Event& event, std::string_view key, const KeptCommand* command) {
  const auto of_command = [&](SqlValue value) { return command != nullptr ? value : SqlValue(); };
  store_.run(Sql::insert_event,
             {sql(event.sequence), sql(event.cause), sql(event.at), sql_number(event.kind),
              event.user, event.policy, event.channel, sql(event.task),
              event.state ? sql_number(*event.state) : SqlValue(), sql_number(event.outcome),
              sql_number(event.field), event.cost, event.text, of_command(key),
              of_command(static_cast<std::int64_t>(command != nullptr ? command->content : 0)),
              of_command(sql(command != nullptr ? command->entries : 0))});
}

std::vector<Event> LedgerTables::events_after(std::uint64_t sequence, std::size_t most) {
  return rows_of(store_, Sql::events_after, {sql(sequence), sql(most, nullptr)}, event_of);
}

std::vector<Event> LedgerTables::events_of(std::string_view user) {
  return rows_of(store_, Sql::events_of_user, {user}, event_of);
}

std::vector<std::string> LedgerTables::hand_offs_of(std::string_view user, TaskId task) {
  return rows_of(store_, Sql::hand_offs_of_task, {user, sql(task)},
                 [](const SqlRow& row) { return text(row, 0); });
}

std::vector<KeptContact> LedgerTables::contacts_of(std::string_view user, Moment since) {
  return rows_of(store_, Sql::contacts_of_user, {user, sql(since)}, contact_of);
}

ContactsByUser LedgerTables::contacts_of(const PlannedPage& page, Moment since) {
  ContactsByUser out;
  const auto [rank, id] = begin_of(page);
  store_.run(Sql::contacts_of_planned,
             {page.channel, rank, sql(id), sql(page.most, nullptr), sql(since)},
             [&](const SqlRow& row) { out[text(row, 5)].push_back(contact_of(row)); });
  return out;
}

void LedgerTables::add(const KeptTask& task, Pushed pushed) {
  store_.run(Sql::insert_task,
             {sql(task.id), task.user, task.policy, task.channel, sql_number(task.state),
              rank_of(task), sql(task.due), sql(task.day), task.cost, sql_number(pushed)});
}

void LedgerTables::make_pushed(TaskId id) { store_.run(Sql::push_task, {sql(id)}); }

void LedgerTables::update(const KeptTask& task) {
  store_.run(Sql::update_task, {sql(task.id), sql_number(task.state), sql(task.day), task.cost});
}

std::optional<KeptTask> LedgerTables::find_task(TaskId id) {
  return row_of(store_, Sql::find_task, {sql(id)}, task_of);
}

std::vector<KeptTask> LedgerTables::open_tasks(std::string_view user) {
  return rows_of(store_, Sql::open_tasks, {user}, task_of);
}

std::vector<KeptTask> LedgerTables::with_open_tasks(TaskId id) {
  auto out = rows_of(store_, Sql::with_open_tasks, {sql(id)}, task_of);
  std::sort(out.begin(), out.end(), [&](const KeptTask& one, const KeptTask& other) {
    return std::pair(one.id != id, one.id) < std::pair(other.id != id, other.id);
  });
  return out;
}

std::vector<KeptTask> LedgerTables::planned_tasks(const PlannedPage& page) {
  const auto [rank, id] = begin_of(page);
  return rows_of(store_, Sql::planned_tasks, {page.channel, rank, sql(id), sql(page.most, nullptr)},
                 task_of);
}

std::vector<KeptTask> LedgerTables::dispatched_tasks(const PlannedPage& page) {
  const auto [rank, id] = begin_of(page);
  return rows_of(store_, Sql::dispatched_of_planned,
                 {page.channel, rank, sql(id), sql(page.most, nullptr)}, task_of);
}

std::vector<KeptTask> LedgerTables::due_tasks(Moment now, std::size_t most) {
  return rows_of(store_, Sql::due_tasks, {sql(now), sql(most, nullptr)}, task_of);
}

std::vector<KeptSettlement> LedgerTables::settlements_of(std::string_view user) {
  return rows_of(store_, Sql::settlements_of_user, {user}, [](const SqlRow& row) {
    return KeptSettlement{settlement_of(row), text(row, 6)};
  });
}

SettlementsByUser LedgerTables::settlements_of(const PlannedPage& page) {
  SettlementsByUser out;
  const auto [rank, id] = begin_of(page);
  store_.run(Sql::settlements_of_planned, {page.channel, rank, sql(id), sql(page.most, nullptr)},
             [&](const SqlRow& row) {
               out[text(row, 7)].push_back({settlement_of(row), text(row, 6)});
             });
  return out;
}

std::optional<Settlement> LedgerTables::find_settlement(std::string_view user,
                                                        std::string_view group) {
  return row_of(store_, Sql::find_settlement, {user, group}, settlement_of);
}

void LedgerTables::put(std::string_view user, std::string_view group, const Settlement& its) {
  store_.run(Sql::put_settlement, {user, group, sql(its.sequence), sql(its.task), its.policy,
                                   its.channel, sql(its.at), sql(its.until)});
}

PolicyUse LedgerTables::use_of(std::string_view policy) {
  return row_of(store_, Sql::find_use, {policy},
                [](const SqlRow& row) {
                  return PolicyUse{number(row, 0), row.real(1), number(row, 2), row.real(3)};
                })
      .value_or(PolicyUse());
}

void LedgerTables::put(std::string_view policy, const PolicyUse& use) {
  store_.run(Sql::put_use,
             {policy, sql(use.reserved), use.reserved_cost, sql(use.accepted), use.cost});
}

std::uint64_t LedgerTables::capacity_used(std::string_view channel, Date day) {
  return row_of(store_, Sql::find_capacity, {channel, sql(std::optional(day))},
                [](const SqlRow& row) { return number(row, 0); })
      .value_or(0);
}

void LedgerTables::add_capacity(std::string_view channel, Date day, std::int64_t contacts) {
  store_.run(Sql::add_capacity, {channel, sql(std::optional(day)), contacts});
}

void LedgerTables::push(std::string_view channel, std::uint64_t sequence) {
  store_.run(Sql::insert_outbox, {channel, sql(sequence)});
}

std::vector<Event> LedgerTables::outbox(std::string_view channel, std::size_t most) {
  return rows_of(store_, Sql::outbox, {channel, sql(most, nullptr)}, event_of);
}

void LedgerTables::acknowledge(std::string_view channel, std::uint64_t up_to) {
  store_.run(Sql::acknowledge, {channel, sql(up_to)});
}

std::optional<Membership> LedgerTables::membership(std::string_view user) {
  return row_of(store_, Sql::find_member, {user}, [](const SqlRow& row) {
    return Membership{text(row, 0), text(row, 1)};
  });
}

void LedgerTables::put(std::string_view user, const Membership& its) {
  store_.run(Sql::put_member, {user, its.account, its.household});
}

std::vector<std::string> LedgerTables::account_mates(std::string_view account) {
  return rows_of(store_, Sql::account_mates, {account},
                 [](const SqlRow& row) { return text(row, 0); });
}

std::vector<std::string> LedgerTables::household_mates(std::string_view household) {
  return rows_of(store_, Sql::household_mates, {household},
                 [](const SqlRow& row) { return text(row, 0); });
}

}  // namespace muster
