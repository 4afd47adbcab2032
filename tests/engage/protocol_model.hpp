#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "muster/engage/task.hpp"
#include "muster/policy/contact_rule.hpp"

namespace muster::testing {

/// What the ledger promises, without a ledger: two users, one policy of quota 1, a task each on
/// call, sms and shop; one contact a user by call and sms together; one call a day.
struct ProtocolModel {
  static constexpr std::size_t users = 2, channels = 3, tasks = users * channels;
  static constexpr std::size_t call = 0, sms = 1, shop = 2;
  static constexpr int quota = 1, cap = 1, capacity = 1;

  struct Action {
    enum class Kind : std::uint8_t { dispatch, contact, settle, withdraw };
    Kind kind = Kind::dispatch;
    std::size_t at = 0;  ///< of dispatch the channel, else the task
    Outcome outcome = Outcome::none;
  };
  static std::vector<Action> all_actions();

  /// Done, or refused without any effect.
  enum class Answer : std::uint8_t { done, illegal_move, already_settled, used_up };
  Answer act(const Action& action);

  /// What is broken, or null.
  const char* broken() const;

  int reserved() const;
  int waiting(std::size_t user) const;

  std::array<TaskState, tasks> state{};
  std::array<bool, tasks> holds{};  ///< a reservation of the quota
  std::array<int, users> approached{};
  int calls = 0;
  int accepted = 0;
  friend auto operator<=>(const ProtocolModel&, const ProtocolModel&) = default;

 private:
  bool settled(std::size_t user) const;
  void dispatch(std::size_t channel);
  Answer contact(std::size_t task, Outcome outcome);
  Answer settle(std::size_t task);
  void enter(std::size_t task, TaskState to, bool met);
};

}  // namespace muster::testing
