#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engage/membership.hpp"
#include "engage/store.hpp"

namespace muster {

/// A task with what is reserved for it.
struct KeptTask : Task {
  /// The day whose capacity its dispatch took; nothing: nothing is reserved for it.
  std::optional<Date> day;
  double cost = 0;  ///< reserved of the policy's budget
};

/// Whether a task is one to dispatch, of an active channel, or waits for its user.
enum class Pushed : std::uint8_t { no = 0, yes = 1 };

/// The first entry of a command.
struct KeptCommand {
  std::uint64_t sequence = 0;
  std::uint64_t content = 0;  ///< a hash
  std::uint64_t entries = 0;
};

/// A stretch of a channel's planned tasks, best score first: those after `last`, if there is one.
struct PlannedPage {
  std::string_view channel;
  const KeptTask* last = nullptr;
  std::size_t most = 0;
};

/// What a command finds: the last entry, and itself where it was done before.
struct LedgerHead {
  std::int64_t version = 0;  ///< of the tables, now
  std::uint64_t last_sequence = 0;
  std::optional<KeptCommand> earlier;
};

/// A contact as contact rules count it.
struct KeptContact {
  Moment at;
  EventKind kind = EventKind::contact;
  std::string policy;
  std::string channel;
  Outcome outcome = Outcome::none;
};
using ContactsByUser = std::unordered_map<std::string, std::vector<KeptContact>>;

struct KeptSettlement : Settlement {
  std::string group;  ///< see settled_group
};
using SettlementsByUser = std::unordered_map<std::string, std::vector<KeptSettlement>>;

/// Exclusion groups as settlements name them; a policy is in a group of its own, too.
std::string settled_group(std::string_view group);
std::string settled_policy(std::string_view policy);

/// The ledger's tables as values. Throws StoreFailure.
class LedgerTables {
 public:
  explicit LedgerTables(Store& store) : store_(store) {}

  LedgerHead head(std::string_view key);
  std::optional<KeptCommand> find_command(std::string_view key);
  Receipt receipt_of(const KeptCommand& command, bool repeated);
  /// `command`: of the first entry of one, under this key.
  void add(const Event& event, std::string_view key, const KeptCommand* command);
  std::vector<Event> events_after(std::uint64_t sequence, std::size_t most);
  std::vector<Event> events_of(std::string_view user);
  /// What the hand-offs of a user's task say, the last one first. O(the user's entries).
  std::vector<std::string> hand_offs_of(std::string_view user, TaskId task);
  std::vector<KeptContact> contacts_of(std::string_view user, Moment since);
  /// With the users of a page's tasks.
  ContactsByUser contacts_of(const PlannedPage& page, Moment since);

  void add(const KeptTask& task, Pushed pushed);
  /// What waited for its user is to be dispatched from now on.
  void make_pushed(TaskId id);
  void update(const KeptTask& task);
  std::optional<KeptTask> find_task(TaskId id);
  std::vector<KeptTask> open_tasks(std::string_view user);
  /// A task, and then the open ones of its user besides; nothing where there is none.
  std::vector<KeptTask> with_open_tasks(TaskId id);
  std::vector<KeptTask> planned_tasks(const PlannedPage& page);
  /// Of all channels, with the users of a page's tasks.
  std::vector<KeptTask> dispatched_tasks(const PlannedPage& page);
  std::vector<KeptTask> due_tasks(Moment now, std::size_t most);

  /// The last one of each group, whether it holds or not.
  std::vector<KeptSettlement> settlements_of(std::string_view user);
  /// With the users of a page's tasks.
  SettlementsByUser settlements_of(const PlannedPage& page);
  std::optional<Settlement> find_settlement(std::string_view user, std::string_view group);
  void put(std::string_view user, std::string_view group, const Settlement& settlement);

  PolicyUse use_of(std::string_view policy);
  void put(std::string_view policy, const PolicyUse& use);
  std::uint64_t capacity_used(std::string_view channel, Date day);
  void add_capacity(std::string_view channel, Date day, std::int64_t contacts);

  void push(std::string_view channel, std::uint64_t sequence);
  std::vector<Event> outbox(std::string_view channel, std::size_t most);
  void acknowledge(std::string_view channel, std::uint64_t up_to);

  std::optional<Membership> membership(std::string_view user);
  void put(std::string_view user, const Membership& membership);
  std::vector<std::string> account_mates(std::string_view account);
  std::vector<std::string> household_mates(std::string_view household);

 private:
  Store& store_;
};

}  // namespace muster
