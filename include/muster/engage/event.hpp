#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "muster/engage/task.hpp"
#include "muster/policy/contact_rule.hpp"

namespace muster {

/// What an entry of the ledger records. Stable: ledgers keep the numbers.
enum class EventKind : std::uint8_t {
  decision = 0,  ///< a policy view became tasks; `text` names decision and catalogue, and the
                 ///< policies that a user in the holdout goes without, as JSON
  task = 1,      ///< a task is in `state` from now on, without a contact
  contact = 2,   ///< a channel met the user
  answer = 3,    ///< what the user said of an earlier contact of the task; no contact of its own
  dispatch = 4,  ///< a run of dispatches; `text` says what was left out, as JSON
  expiry = 5,    ///< a run of expiries
  placement =
      6,         ///< the user belongs to an account and a household; `text` holds both, a line each
  hand_off = 7,  ///< of a task to another channel or shop; `text` as its writer likes
  sheet = 8,     ///< a communication sheet (沟通单); `text` as its writer likes
  token = 9,     ///< a link was given out or used; `text` as its writer likes
  note = 10      ///< anything else
};
inline constexpr std::size_t event_kinds = 11;

/// The key field that a channel shares of a contact; each kind of channel has its own. Stable.
enum class SharedField : std::uint8_t {
  none = 0,
  intent = 1,          ///< 办理意向: what the user means to do; from calls
  recommendation = 2,  ///< 推荐: what a shop suggests
  trail = 3,           ///< 轨迹: what the user came for and where they went; from the hotline
  order = 4            ///< an order's number; from online
};
inline constexpr std::size_t shared_fields = 5;

MUSTER_EXPORT std::string_view name(EventKind kind) noexcept;
MUSTER_EXPORT std::string_view name(SharedField field) noexcept;
MUSTER_EXPORT std::optional<SharedField> find_shared_field(std::string_view name) noexcept;

/// One entry of the ledger; never changed. The order of entries is that of their sequence, never
/// that of their moments: clocks differ from host to host.
struct Event {
  std::uint64_t sequence = 0;  ///< from 1, ascending
  std::uint64_t cause = 0;     ///< the first entry of the same command; its own for that one
  Moment at;
  EventKind kind = EventKind::note;
  std::string user;     ///< empty where it concerns none
  std::string policy;   ///< empty likewise
  std::string channel;  ///< empty likewise
  TaskId task = 0;
  std::optional<TaskState> state;   ///< of the task, from now on
  Outcome outcome = Outcome::none;  ///< of a contact or an answer
  SharedField field = SharedField::none;
  double cost = 0;   ///< drawn from the policy's budget
  std::string text;  ///< the shared field's, or what the kind says
  friend bool operator==(const Event&, const Event&) = default;
};

}  // namespace muster
