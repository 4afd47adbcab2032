#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/decide/policy_view.hpp"
#include "muster/engage/event.hpp"
#include "muster/engage/task.hpp"

namespace muster {

inline constexpr std::size_t max_command_key_bytes = 200;
inline constexpr std::size_t max_event_text_bytes = 65'536;
inline constexpr std::size_t max_id_bytes =
    800;  ///< of users, policies and channels; an index takes three of them
inline constexpr std::size_t max_run = 100'000;  ///< tasks or entries that one call may handle
inline constexpr std::chrono::milliseconds max_patience = std::chrono::hours{24};
inline constexpr std::uint64_t min_ledger_file_bytes = 4'096;

/// What an acknowledged write survives. Either way it survives the end of the process.
enum class Durability : std::uint8_t {
  full,   ///< loss of power too: every write waits for the disk
  normal  ///< on loss of power the last moments' writes may be gone, never only a part of one
};

struct LedgerOptions {
  Durability durability = Durability::full;
  /// How long a call waits for other writers before it fails with ledger_busy; 0 to max_patience.
  std::chrono::milliseconds patience{10'000};
  /// Of a SQLite file, at least min_ledger_file_bytes; past it, writes fail with ledger_full. 0: as
  /// long as the disk has room.
  std::uint64_t max_file_bytes = 0;
  /// Where there is no ledger yet, fail with io and leave everything as it is: none is made.
  bool must_exist = false;
};

/// Every write has one. The key is the caller's: a write that comes again under its key, with the
/// same content, has no further effect and the same answer; with other content it is refused with
/// key_reused. Refusals have no effect, are not remembered, and judged anew. `now` is no content.
struct Command {
  std::string_view key;  ///< 1 to max_command_key_bytes
  Moment now;
};

/// What became of a task.
struct TaskChange {
  TaskId task = 0;
  TaskState state = TaskState::planned;
  friend bool operator==(const TaskChange&, const TaskChange&) = default;
};

/// A write that was done.
struct Receipt {
  std::uint64_t sequence = 0;  ///< of its first entry
  bool repeated = false;       ///< it had been done before, under this key
  std::vector<TaskChange> changes;
};

struct PlanOptions {
  std::size_t active_channels = 1;  ///< of each offer: its best ones; all cooperative ones besides
  std::optional<Moment> due = {};   ///< tasks expire then, or when the policy's validity ends
};

/// What a channel reports of a user it met.
struct ContactReport {
  TaskId task = 0;                ///< 0: about no task; then user and channel must be given
  std::string_view user = {};     ///< empty: the task's
  std::string_view policy = {};   ///< empty: the task's
  std::string_view channel = {};  ///< empty: the task's
  Outcome outcome = Outcome::none;
  bool interested = false;  ///< an open outcome: the task goes on as interested
  SharedField field = SharedField::none;
  std::string_view text = {};  ///< the shared field's; UTF-8
};

/// A change of a task without a contact: withdrawn, interested after all, handed off and back.
struct TaskMove {
  TaskId task = 0;
  TaskState to = TaskState::cancelled;
  EventKind kind = EventKind::task;  ///< or hand_off, sheet, token
  std::string_view text = {};
};

/// An entry that changes no task.
struct Note {
  EventKind kind = EventKind::note;  ///< or hand_off, sheet, token
  std::string_view user = {};
  std::string_view policy = {};
  std::string_view channel = {};
  TaskId task = 0;  ///< then those above are the task's, said or not
  std::string_view text = {};
};

/// Who settled an exclusion group of a user.
struct Settlement {
  std::uint64_t sequence = 0;
  TaskId task = 0;  ///< 0: accepted without one
  std::string policy;
  std::string channel;
  Moment at;
  Moment until;  ///< when the policy's validity ends; then the group is open again
};

/// What is promised and drawn of a policy's quota and budget.
struct PolicyUse {
  std::uint64_t reserved = 0;  ///< tasks that were dispatched and are open
  double reserved_cost = 0;
  std::uint64_t accepted = 0;
  double cost = 0;
};

class Store;

/// The one shared memory of all channels, append-only: what was planned, what happened, what was
/// settled. Every command is one transaction: done as a whole or not at all. Several processes, and
/// with PostgreSQL several hosts, may hold one ledger; one writes at a time, and the order of
/// entries is that of the writes.
///
/// All functions are safe from any number of threads; calls to one Ledger wait for one another,
/// but for checkpoint().
/// Besides what they say, all fail with invalid_argument (a text that is not UTF-8, or holds NUL),
/// ledger_busy, ledger_full (nothing was written), ledger_gone (the database does not answer; where
/// a write may or may not have been done, send it again under its key), corrupt (a number that can
/// not be) and io; the next call tries anew. Commands also fail with key_reused, with
/// invalid_argument (an id or a key that is empty), with limit (max_command_key_bytes,
/// max_id_bytes, max_event_text_bytes, max_run) and unsupported_version.
class MUSTER_EXPORT Ledger {
 public:
  /// In one SQLite file (and two beside it while it is open), made where there is none. Fails with
  /// unsupported_version where a newer library made it, with corrupt where it is no ledger (its
  /// file stays as it is), with bad_setting, naming the option, and with invalid_argument where the
  /// name is empty or ":memory:".
  static Result<Ledger> open(const std::filesystem::path& file, const LedgerOptions& options = {});
  /// In a PostgreSQL database, by libpq's connection string. Fails as `open` does, and with
  /// invalid_argument where the library was built without PostgreSQL.
  static Result<Ledger> connect(std::string_view connection, const LedgerOptions& options = {});
  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  ~Ledger();

  /// Makes tasks of the offers of views, user × policy × channel, all in one transaction. Leaves
  /// out users in the holdout, tasks that are open already, and policies of groups that the user
  /// has settled. O(offers × channels). Fails with limit (max_run).
  Result<Receipt> plan(const Command& command, std::span<const PolicyView> views,
                       const PlanOptions& options = {});

  /// Pushes up to `most` planned tasks of an active channel to its outbox, best score first, as
  /// far as today's capacity goes. Reserves a contact, quota and budget for each; tasks that caps,
  /// cool-downs, quota, budget or a settlement of their group forbid now stay planned. Fails with
  /// unknown_channel, illegal_move (a cooperative channel), channel_closed (hours, quiet hours).
  Result<Receipt> dispatch(const Command& command, const Catalogue& catalogue,
                           std::string_view channel, std::size_t most);

  /// Records a contact with any outcome but accepted. The reservation of its task is confirmed:
  /// the contact counts in its stead. Fails with unknown_task, unknown_channel, unknown_policy,
  /// unknown_user (not the task's), illegal_move, already_settled.
  Result<Receipt> contact(const Command& command, const Catalogue& catalogue,
                          const ContactReport& report);

  /// Records a contact in which the user accepts: the task is accepted, every other open task of
  /// the user in the policy's exclusion groups is cancelled on every channel, quota and budget are
  /// drawn. A report without a task is of a user who asks for the policy unasked (one in the
  /// holdout, say): it settles all the same, as task 0. Whether the user may have the policy is
  /// Engine::check's to say, before; who accepts after the policy's end does so in its last second.
  /// A task of an active channel need not have been dispatched. Fails as `contact` does,
  /// already_settled saying who settled it and when, and with used_up.
  Result<Receipt> settle(const Command& command, const Catalogue& catalogue,
                         const ContactReport& report);

  /// Fails with unknown_task, illegal_move (a dispatched task too, unless it is closed: that it was
  /// met is recorded as a contact, for which caps and capacity are reserved), and for `accepted`,
  /// `dispatched` and `planned`, which are others' to give, with invalid_argument.
  Result<Receipt> move(const Command& command, const TaskMove& move);

  /// Closes up to `most` tasks that are due, and releases what was reserved for them.
  Result<Receipt> expire(const Command& command, std::size_t most);

  /// Fails with unknown_task, and where the task is of another, with unknown_user, unknown_policy
  /// or unknown_channel.
  Result<Receipt> note(const Command& command, const Note& note);

  /// Puts a user in an account and a household, either of which may be empty: contacts of members
  /// count for one another by rules of that scope.
  Result<Receipt> place(const Command& command, std::string_view user, std::string_view account,
                        std::string_view household);

  /// What a channel was to be told and has not acknowledged, oldest first: tasks dispatched to it,
  /// and tasks closed after that. At least once: comes again until acknowledged.
  Result<std::vector<Event>> outbox(std::string_view channel, std::size_t most);
  /// The channel has everything up to and with this entry. Needs no key: again has no effect.
  Result<void> acknowledge(std::string_view channel, std::uint64_t up_to);

  /// Everything about a user, oldest first.
  Result<std::vector<Event>> timeline(std::string_view user);
  /// Entries after one, oldest first, up to `most`.
  Result<std::vector<Event>> events(std::uint64_t after, std::size_t most);
  /// What an earlier write under this key answered; nothing if there was none.
  Result<std::optional<Receipt>> find(std::string_view key);
  /// Fails with unknown_task.
  Result<Task> task(TaskId id);
  /// By id. What channels show when the user appears; a popup ends when its task is not among them.
  Result<std::vector<Task>> open_tasks(std::string_view user);
  /// The last settlement of an exclusion group, or of a policy; nothing if there was none.
  Result<std::optional<Settlement>> group_settlement(std::string_view user, std::string_view group);
  Result<std::optional<Settlement>> policy_settlement(std::string_view user,
                                                      std::string_view policy);
  Result<PolicyUse> use_of(std::string_view policy);
  /// Contacts of a channel's daily capacity that are taken, by the catalogue's calendar.
  Result<std::uint64_t> capacity_used(std::string_view channel, Date day);

  /// Moves SQLite's log into the ledger's file, beside commands, which wait for the few pages at
  /// the end only; with PostgreSQL, which does so itself, nothing. Without this a command that
  /// finds 64 MiB of log moves it and is answered that much later. Call it every 20 ms or so from a
  /// thread of your own where many settle; it returns at once while there is less than 4 MiB to
  /// move. A ledger where it was ever called leaves up to 256 MiB to the next call.
  Result<void> checkpoint();

 private:
  struct Body;
  friend struct LedgerAccess;
  explicit Ledger(std::unique_ptr<Body> body);
  static Result<Ledger> make(const LedgerOptions& options,
                             const std::function<std::unique_ptr<Store>()>& open_store);
  std::unique_ptr<Body> body_;
};

}  // namespace muster
