#include "muster/engage/task.hpp"

#include <fmt/core.h>

#include <array>

namespace muster {
namespace {

constexpr std::array<std::string_view, task_states> state_names{
    "planned",  "dispatched", "contacted",   "interested", "handed_off",
    "accepted", "declined",   "unreachable", "expired",    "cancelled"};

// Row: from; column: to; both in the order of the enum. A deferred task is planned again.
constexpr std::array<std::string_view, task_states> moves{
    // P D C I H | a d u e c
    ".XXX.XXXXX",  // planned
    "X.XX.XXXXX",  // dispatched
    "X.XXXXXXXX",  // contacted
    "X..XXXXXXX",  // interested
    "X.XX.XXXXX",  // handed_off
    "..........",  // accepted
    "..........",  // declined
    "..........",  // unreachable
    "..........",  // expired
    "..........",  // cancelled
};

constexpr std::size_t number(TaskState state) noexcept { return static_cast<std::size_t>(state); }

std::string moves_from(TaskState from) {
  std::string out;
  for (std::size_t to = 0; to < task_states; ++to) {
    if (moves[number(from)][to] == '.') continue;
    if (!out.empty()) out += ", ";
    out += state_names[to];
  }
  return out;
}

}  // namespace

std::string_view name(TaskState state) noexcept { return state_names[number(state)]; }

std::optional<TaskState> find_task_state(std::string_view name) noexcept {
  for (std::size_t i = 0; i < task_states; ++i) {
    if (state_names[i] == name) return static_cast<TaskState>(i);
  }
  return std::nullopt;
}

bool may_move(TaskState from, TaskState to) noexcept {
  return moves[number(from)][number(to)] == 'X';
}

Result<void> check_move(TaskId task, TaskState from, TaskState to) {
  if (may_move(from, to)) return {};
  const std::string reason =
      is_open(from) ? fmt::format("from {} it can go to {}", name(from), moves_from(from))
                    : fmt::format("it is closed");
  return Error{
      Errc::illegal_move,
      fmt::format("task {} can not go from {} to {}; {}", task, name(from), name(to), reason),
      {}};
}

}  // namespace muster
