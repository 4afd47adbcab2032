#include "engage/schema.hpp"

#include <fmt/core.h>

#include <iterator>

namespace muster {
namespace {

// SQLite's dialect. The PostgreSQL store replaces INTEGER by BIGINT and REAL by DOUBLE PRECISION,
// and leaves out WITHOUT ROWID.
//
// muster_events is the ledger. The other tables say what its entries add up to, so that a command
// can be judged without reading them all; they are written in the same transactions.
constexpr std::string_view migrations[] = {
    R"(
CREATE TABLE muster_ledger (version INTEGER NOT NULL);
INSERT INTO muster_ledger (version) VALUES (0);
CREATE TABLE muster_events (
  sequence INTEGER PRIMARY KEY, cause INTEGER NOT NULL, at INTEGER NOT NULL,
  kind INTEGER NOT NULL, user_key TEXT NOT NULL, policy TEXT NOT NULL, channel TEXT NOT NULL,
  task INTEGER NOT NULL, state INTEGER, outcome INTEGER NOT NULL, field INTEGER NOT NULL,
  cost REAL NOT NULL, text TEXT NOT NULL,
  key TEXT, content INTEGER, entries INTEGER);
CREATE UNIQUE INDEX muster_events_key ON muster_events (key) WHERE key IS NOT NULL;
CREATE INDEX muster_events_user ON muster_events (user_key, sequence);
CREATE TABLE muster_tasks (
  id INTEGER PRIMARY KEY, user_key TEXT NOT NULL, policy TEXT NOT NULL, channel TEXT NOT NULL,
  state INTEGER NOT NULL, rank REAL NOT NULL, due INTEGER NOT NULL, day INTEGER,
  cost REAL NOT NULL);
CREATE UNIQUE INDEX muster_tasks_open ON muster_tasks (user_key, policy, channel) WHERE state < 5;
CREATE INDEX muster_tasks_planned ON muster_tasks (channel, rank, id) WHERE state = 0;
CREATE INDEX muster_tasks_due ON muster_tasks (due, id) WHERE state < 5;
CREATE TABLE muster_settlements (
  user_key TEXT NOT NULL, grp TEXT NOT NULL, sequence INTEGER NOT NULL, task INTEGER NOT NULL,
  policy TEXT NOT NULL, channel TEXT NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL,
  PRIMARY KEY (user_key, grp)) WITHOUT ROWID;
CREATE TABLE muster_uses (
  policy TEXT NOT NULL PRIMARY KEY, reserved INTEGER NOT NULL, reserved_cost REAL NOT NULL,
  accepted INTEGER NOT NULL, cost REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE muster_capacity (
  channel TEXT NOT NULL, day INTEGER NOT NULL, used INTEGER NOT NULL,
  PRIMARY KEY (channel, day)) WITHOUT ROWID;
CREATE TABLE muster_outbox (
  channel TEXT NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (channel, sequence)) WITHOUT ROWID;
CREATE TABLE muster_members (
  user_key TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, household TEXT NOT NULL)
  WITHOUT ROWID;
CREATE INDEX muster_members_account ON muster_members (account);
CREATE INDEX muster_members_household ON muster_members (household);
CREATE TABLE muster_papers (
  kind INTEGER NOT NULL, id INTEGER NOT NULL, owner TEXT NOT NULL, due INTEGER, body TEXT NOT NULL,
  PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE INDEX muster_papers_owner ON muster_papers (kind, owner, id);
CREATE INDEX muster_papers_due ON muster_papers (kind, due, id) WHERE due IS NOT NULL;
)",
    // Fewer pages to write a settlement: tasks that wait for the user are not dispatched, and those
    // without an end never fall due. What version 1 planned is pushed, all of it: it did not say
    // which channels are cooperative. Nothing is dispatched to those in any case, while a task of
    // an active channel that is not pushed would wait for ever; and where a channel turns active,
    // its tasks are dispatched, as version 1 would have.
    R"(
ALTER TABLE muster_tasks ADD COLUMN pushed INTEGER NOT NULL DEFAULT 1;
DROP INDEX muster_tasks_planned;
CREATE INDEX muster_tasks_planned ON muster_tasks (channel, rank, id) WHERE state = 0 AND pushed = 1;
DROP INDEX muster_tasks_due;
CREATE INDEX muster_tasks_due ON muster_tasks (due, id)
  WHERE state < 5 AND due < 9223372036854775807;
)"};
static_assert(std::size(migrations) == ledger_version);

Error too_new(std::int64_t version) {
  return {Errc::unsupported_version,
          fmt::format("the ledger is of version {}, made by a newer library; this one knows "
                      "versions up to {}",
                      version, ledger_version),
          {}};
}

/// The version that is there, 0 if none is.
Result<std::int64_t> find_version(Store& store, bool must_exist) {
  std::int64_t version = version_of(store);
  const bool taken = version == 0 && store.is_taken();
  if (taken) version = version_of(store);  // another may have made the ledger in between
  if (version > ledger_version) return too_new(version);
  if (version < 0) return check_version(version).error();
  if (version == 0 && taken) {
    return Error{Errc::corrupt, "the database holds something else than a ledger", {}};
  }
  if (version == 0 && must_exist) return Error{Errc::io, "there is no ledger yet", {}};
  return version;
}

Result<void> migrate(Store& store) {
  const auto version = find_version(store, false);
  if (!version) return version.error();
  for (std::int64_t next = *version; next < ledger_version; ++next) raise_version(store, next);
  return {};
}

}  // namespace

void raise_version(Store& store, std::int64_t version) {
  store.run_script(migrations[version]);
  store.run_script(fmt::format("UPDATE muster_ledger SET version = {}", version + 1));
}

std::int64_t version_of(Store& store) {
  std::int64_t version = 0;
  if (store.has_table("muster_ledger")) {
    store.run(Sql::version, {}, [&](const SqlRow& row) { version = row.whole(0); });
  }
  return version;
}

Result<void> check_version(std::int64_t version) {
  if (version == ledger_version) return {};
  if (version > ledger_version) return too_new(version);
  return Error{Errc::corrupt,
               fmt::format("the ledger is of version {}, which it should not be", version),
               {}};
}

Result<void> prepare_ledger(Store& store, bool must_exist) {
  const auto version = find_version(store, must_exist);
  if (!version) return version.error();
  store.adopt();
  if (*version == ledger_version) return {};
  store.begin();
  Result<void> done = migrate(store);
  done ? store.commit() : store.rollback();
  return done;
}

}  // namespace muster
