#include "muster/engage/task.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace muster::testing {
namespace {

using State = TaskState;

TEST(Task, StatesHaveNames) {
  for (std::size_t i = 0; i < task_states; ++i) {
    const auto state = static_cast<State>(i);
    EXPECT_EQ(find_task_state(name(state)), state);
  }
  EXPECT_EQ(name(State::handed_off), "handed_off");
  EXPECT_EQ(find_task_state("lost"), std::nullopt);
}

TEST(Task, MovesAreThese) {
  constexpr std::array<std::string_view, task_states> legal{
      "planned: dispatched contacted interested accepted declined unreachable expired cancelled",
      "dispatched: planned contacted interested accepted declined unreachable expired cancelled",
      "contacted: planned contacted interested handed_off accepted declined unreachable expired "
      "cancelled",
      "interested: planned interested handed_off accepted declined unreachable expired cancelled",
      "handed_off: planned contacted interested accepted declined unreachable expired cancelled",
      "accepted:",
      "declined:",
      "unreachable:",
      "expired:",
      "cancelled:"};
  for (std::size_t from = 0; from < task_states; ++from) {
    std::string row(name(static_cast<State>(from)));
    row += ':';
    for (std::size_t to = 0; to < task_states; ++to) {
      if (!may_move(static_cast<State>(from), static_cast<State>(to))) continue;
      row.append(" ").append(name(static_cast<State>(to)));
    }
    EXPECT_EQ(row, legal[from]);
  }
}

TEST(Task, ClosedTasksStayClosed) {
  for (std::size_t from = 0; from < task_states; ++from) {
    for (std::size_t to = 0; to < task_states; ++to) {
      const bool legal = may_move(static_cast<State>(from), static_cast<State>(to));
      if (!is_open(static_cast<State>(from))) {
        EXPECT_FALSE(legal) << from << " to " << to;
      }
      EXPECT_EQ(legal, check_move(1, static_cast<State>(from), static_cast<State>(to)).has_value());
    }
  }
}

TEST(Task, EveryOpenTaskCanEndInEveryWay) {
  for (std::size_t from = 0; is_open(static_cast<State>(from)); ++from) {
    for (std::size_t to = 0; to < task_states; ++to) {
      if (is_open(static_cast<State>(to))) continue;
      EXPECT_TRUE(may_move(static_cast<State>(from), static_cast<State>(to)));
    }
  }
}

TEST(Task, RefusedMovesSayWhatIsLegal) {
  const auto text = [](State from, State to) { return check_move(7, from, to).error().message; };
  EXPECT_EQ(text(State::planned, State::handed_off),
            "task 7 can not go from planned to handed_off; from planned it can go to dispatched, "
            "contacted, interested, accepted, declined, unreachable, expired, cancelled");
  EXPECT_EQ(text(State::declined, State::accepted),
            "task 7 can not go from declined to accepted; it is closed");
  EXPECT_EQ(check_move(7, State::declined, State::accepted).error().code, Errc::illegal_move);
}

}  // namespace
}  // namespace muster::testing
