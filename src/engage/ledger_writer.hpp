#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engage/ledger_tables.hpp"

namespace muster {

/// Says in an entry which task it is of, and of whom.
void describe(const Task& task, Event& event);

/// One command under way: the entries it will add, and the bookkeeping that goes with a change of
/// state. Everything that is reserved, confirmed, released or drawn goes through here.
class LedgerWriter {
 public:
  /// `first`: the sequence of the first entry.
  LedgerWriter(LedgerTables& tables, const Command& command, std::uint64_t content,
               std::uint64_t first);

  LedgerTables& tables() noexcept { return tables_; }
  Moment now() const noexcept { return command_.now; }
  /// Of the entry that is appended next.
  std::uint64_t next_sequence() const noexcept { return first_ + entries_.size(); }

  /// Tasks that were handed off and are so no longer.
  const std::vector<KeptTask>& back() const noexcept { return back_; }

  /// The first entry. REQUIRES: one was appended.
  Event& head() noexcept { return entries_.front(); }
  /// Fills in sequence, cause and moment.
  void append(Event event);

  /// A new task, planned by an entry of its own.
  void plan(KeptTask task, Pushed pushed);
  /// Pushes a planned task to its channel and reserves a contact of the day, one of the policy's
  /// quota, and `cost` of its budget.
  void dispatch(KeptTask& task, Date day, double cost);
  /// Moves a task with an entry of a kind; `event` says what is no task's. Where it was dispatched
  /// a contact confirms the contact reserved, anything else releases it. Quota and budget stay
  /// reserved for as long as the task goes on. A channel that has the task pushed to it is told of
  /// its end, unless it told us.
  Result<void> move(KeptTask& task, TaskState to, Event event);

  PolicyUse& use_of(const std::string& policy);

  /// Writes what was appended.
  Receipt finish();

 private:
  void release(KeptTask& task);

  LedgerTables& tables_;
  const Command& command_;
  std::uint64_t content_;
  std::uint64_t first_;
  std::vector<Event> entries_;
  std::vector<KeptTask> back_;
  std::map<std::string, PolicyUse, std::less<>> uses_;
  std::map<std::pair<std::string, Date>, std::int64_t> capacity_;
};

}  // namespace muster
