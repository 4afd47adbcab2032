#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "muster/core/error.hpp"
#include "muster/core/moment.hpp"

namespace muster {

/// The sequence of the event that planned the task; 0: no task.
using TaskId = std::uint64_t;

/// Where a task stands. Stable: ledgers keep the numbers.
enum class TaskState : std::uint8_t {
  planned = 0,     ///< waits: for its turn on an active channel, for the user on a cooperative one
  dispatched = 1,  ///< pushed to its channel; a contact is reserved for it
  contacted = 2,
  interested = 3,
  handed_off = 4,  ///< another channel or shop is at it; comes back or ends

  accepted = 5,  ///< from here on closed for good
  declined = 6,
  unreachable = 7,
  expired = 8,
  cancelled = 9  ///< settled elsewhere, or withdrawn
};
inline constexpr std::size_t task_states = 10;

/// As messages and events write it: "handed_off".
MUSTER_EXPORT std::string_view name(TaskState state) noexcept;
MUSTER_EXPORT std::optional<TaskState> find_task_state(std::string_view name) noexcept;

constexpr bool is_open(TaskState state) noexcept { return state < TaskState::accepted; }

/// Whether a task may go from one state straight to another. Closed tasks stay as they are;
/// staying is no move, but for another contact of one that was contacted.
MUSTER_EXPORT bool may_move(TaskState from, TaskState to) noexcept;

/// Fails with illegal_move unless may_move(from, to): "task 7 can not go from planned to
/// handed_off; from planned it can go to dispatched, contacted, …".
MUSTER_EXPORT Result<void> check_move(TaskId task, TaskState from, TaskState to);

/// A policy to be carried to a user by a channel. Policies and channels go by id, as ledgers
/// outlive catalogues.
struct Task {
  TaskId id = 0;
  std::string user;
  std::string policy;
  std::string channel;
  TaskState state = TaskState::planned;
  double score = 0;  ///< the offer's; dispatched best first
  Moment due;        ///< expires then
  friend bool operator==(const Task&, const Task&) = default;
};

}  // namespace muster
