#include "engage/statements.hpp"

namespace muster {

// Open tasks are those of a state below 5, planned ones of state 0, contacts and answers entries of
// kinds 2 and 3, hand-offs of kind 7; tasks without an end are due at the last of all moments.
// Written out, as only then partial indexes are used.
std::string_view text_of(Sql statement) noexcept {
  switch (statement) {
    case Sql::version:
      return "SELECT version FROM muster_ledger";
    case Sql::head:
      return "SELECT COALESCE(MAX(sequence), 0), NULL, NULL, (SELECT version FROM muster_ledger) "
             "FROM muster_events UNION ALL "
             "SELECT sequence, content, entries, NULL FROM muster_events WHERE key = ?1";
    case Sql::find_key:
      return "SELECT sequence, content, entries FROM muster_events WHERE key = ?1";
    case Sql::insert_event:
      return "INSERT INTO muster_events (sequence, cause, at, kind, user_key, policy, channel, "
             "task, state, outcome, field, cost, text, key, content, entries) VALUES "
             "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
    case Sql::events_after:
      return "SELECT sequence, cause, at, kind, user_key, policy, channel, task, state, outcome, "
             "field, cost, text FROM muster_events WHERE sequence > ?1 ORDER BY sequence LIMIT ?2";
    case Sql::events_of_user:
      return "SELECT sequence, cause, at, kind, user_key, policy, channel, task, state, outcome, "
             "field, cost, text FROM muster_events WHERE user_key = ?1 ORDER BY sequence";
    case Sql::changes:
      return "SELECT task, state FROM muster_events WHERE sequence >= ?1 AND sequence < ?2 "
             "AND state IS NOT NULL ORDER BY sequence";
    case Sql::contacts_of_user:
      return "SELECT at, kind, policy, channel, outcome FROM muster_events WHERE user_key = ?1 "
             "AND kind IN (2, 3) AND at >= ?2";
    case Sql::hand_offs_of_task:
      return "SELECT text FROM muster_events WHERE user_key = ?1 AND task = ?2 AND kind = 7 "
             "ORDER BY sequence DESC";
    case Sql::contacts_of_planned:
      return "SELECT at, kind, policy, channel, outcome, user_key FROM muster_events WHERE "
             "user_key "
             "IN (SELECT user_key FROM muster_tasks WHERE channel = ?1 AND state = 0 AND pushed = "
             "1 "
             "AND (rank, id) > (?2, ?3) ORDER BY rank, id LIMIT ?4) "
             "AND kind IN (2, 3) AND at >= ?5";
    case Sql::insert_task:
      return "INSERT INTO muster_tasks (id, user_key, policy, channel, state, rank, due, day, "
             "cost, pushed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    case Sql::find_task:
      return "SELECT id, user_key, policy, channel, state, rank, due, day, cost FROM muster_tasks "
             "WHERE id = ?1";
    case Sql::with_open_tasks:
      return "SELECT id, user_key, policy, channel, state, rank, due, day, cost FROM muster_tasks "
             "WHERE id = ?1 UNION ALL "
             "SELECT id, user_key, policy, channel, state, rank, due, day, cost FROM muster_tasks "
             "WHERE user_key = (SELECT user_key FROM muster_tasks WHERE id = ?1) AND state < 5 "
             "AND id <> ?1";
    case Sql::open_tasks:
      return "SELECT id, user_key, policy, channel, state, rank, due, day, cost FROM muster_tasks "
             "WHERE user_key = ?1 AND state < 5 ORDER BY id";
    case Sql::planned_tasks:
      return "SELECT id, user_key, policy, channel, state, rank, due, day, cost FROM muster_tasks "
             "WHERE channel = ?1 AND state = 0 AND pushed = 1 AND (rank, id) > (?2, ?3) ORDER BY "
             "rank, id "
             "LIMIT ?4";
    case Sql::dispatched_of_planned:
      return "SELECT id, user_key, policy, channel, state, rank, due, day, cost FROM muster_tasks "
             "WHERE user_key IN (SELECT user_key FROM muster_tasks WHERE channel = ?1 "
             "AND state = 0 AND pushed = 1 AND (rank, id) > (?2, ?3) ORDER BY rank, id LIMIT ?4) "
             "AND state < 5 AND state = 1";
    case Sql::due_tasks:
      return "SELECT id, user_key, policy, channel, state, rank, due, day, cost FROM muster_tasks "
             "WHERE due <= ?1 AND state < 5 AND due < 9223372036854775807 "
             "ORDER BY due, id LIMIT ?2";
    case Sql::push_task:
      return "UPDATE muster_tasks SET pushed = 1 WHERE id = ?1 AND pushed = 0";
    case Sql::update_task:
      return "UPDATE muster_tasks SET state = ?2, day = ?3, cost = ?4 WHERE id = ?1";
    case Sql::settlements_of_user:
      return "SELECT sequence, task, policy, channel, at, until, grp FROM muster_settlements "
             "WHERE user_key = ?1";
    case Sql::settlements_of_planned:
      return "SELECT sequence, task, policy, channel, at, until, grp, user_key "
             "FROM muster_settlements WHERE user_key "
             "IN (SELECT user_key FROM muster_tasks WHERE channel = ?1 AND state = 0 AND pushed = "
             "1 "
             "AND (rank, id) > (?2, ?3) ORDER BY rank, id LIMIT ?4)";
    case Sql::find_settlement:
      return "SELECT sequence, task, policy, channel, at, until FROM muster_settlements "
             "WHERE user_key = ?1 AND grp = ?2";
    case Sql::put_settlement:
      return "INSERT INTO muster_settlements (user_key, grp, sequence, task, policy, channel, at, "
             "until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (user_key, grp) DO UPDATE "
             "SET sequence = excluded.sequence, task = excluded.task, policy = excluded.policy, "
             "channel = excluded.channel, at = excluded.at, until = excluded.until";
    case Sql::find_use:
      return "SELECT reserved, reserved_cost, accepted, cost FROM muster_uses WHERE policy = ?1";
    case Sql::put_use:
      return "INSERT INTO muster_uses (policy, reserved, reserved_cost, accepted, cost) VALUES "
             "(?1, ?2, ?3, ?4, ?5) ON CONFLICT (policy) DO UPDATE SET "
             "reserved = excluded.reserved, reserved_cost = excluded.reserved_cost, "
             "accepted = excluded.accepted, cost = excluded.cost";
    case Sql::find_capacity:
      return "SELECT used FROM muster_capacity WHERE channel = ?1 AND day = ?2";
    case Sql::add_capacity:
      return "INSERT INTO muster_capacity (channel, day, used) VALUES (?1, ?2, ?3) "
             "ON CONFLICT (channel, day) DO UPDATE SET used = muster_capacity.used + excluded.used";
    case Sql::insert_outbox:
      return "INSERT INTO muster_outbox (channel, sequence) VALUES (?1, ?2)";
    case Sql::outbox:
      return "SELECT e.sequence, e.cause, e.at, e.kind, e.user_key, e.policy, e.channel, e.task, "
             "e.state, e.outcome, e.field, e.cost, e.text FROM muster_outbox o JOIN muster_events "
             "e "
             "ON e.sequence = o.sequence WHERE o.channel = ?1 ORDER BY o.sequence LIMIT ?2";
    case Sql::acknowledge:
      return "DELETE FROM muster_outbox WHERE channel = ?1 AND sequence <= ?2";
    case Sql::find_member:
      return "SELECT account, household FROM muster_members WHERE user_key = ?1";
    case Sql::put_member:
      return "INSERT INTO muster_members (user_key, account, household) VALUES (?1, ?2, ?3) "
             "ON CONFLICT (user_key) DO UPDATE SET account = excluded.account, "
             "household = excluded.household";
    case Sql::account_mates:
      return "SELECT user_key FROM muster_members WHERE account = ?1";
    case Sql::household_mates:
      return "SELECT user_key FROM muster_members WHERE household = ?1";
    case Sql::put_paper:
      return "INSERT INTO muster_papers (kind, id, owner, due, body) VALUES (?1, ?2, ?3, ?4, ?5) "
             "ON CONFLICT (kind, id) DO UPDATE SET owner = excluded.owner, due = excluded.due, "
             "body = excluded.body";
    case Sql::find_paper:
      return "SELECT kind, id, owner, due, body FROM muster_papers WHERE kind = ?1 AND id = ?2";
    case Sql::papers_of_owner:
      return "SELECT kind, id, owner, due, body FROM muster_papers WHERE kind = ?1 AND owner = ?2 "
             "ORDER BY id";
    case Sql::due_papers:
      return "SELECT kind, id, owner, due, body FROM muster_papers WHERE kind = ?1 AND due <= ?2 "
             "ORDER BY due, id LIMIT ?3";
  }
  return {};
}

}  // namespace muster
