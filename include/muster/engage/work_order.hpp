#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/error.hpp"
#include "muster/core/export.hpp"
#include "muster/core/moment.hpp"
#include "muster/policy/contact_rule.hpp"

namespace muster {

inline constexpr std::size_t max_work_order_text_bytes = 4'000;    ///< of a shop's words
inline constexpr std::uint32_t max_offers = 20;                    ///< shops that one is offered to
inline constexpr std::int64_t max_work_order_span = 366 * 86'400;  ///< seconds of any deadline

/// Where a work order stands: a task that was handed off to a shop. Stable: ledgers keep the
/// numbers.
enum class WorkOrderState : std::uint8_t {
  seeking = 0,   ///< of no shop: the next best one is to be found
  offered = 1,   ///< a shop is to take it up
  accepted = 2,  ///< a shop is at it
  reported = 3,  ///< the shop's result went back to the sender's task
  returned = 4,  ///< back with the sender, without a result
  cancelled = 5  ///< called off by the sender, or the task was closed
};
inline constexpr std::size_t work_order_states = 6;

/// What happens to a work order. Stable.
enum class WorkOrderStep : std::uint8_t {
  offer = 0,     ///< to a shop
  accept = 1,    ///< by the shop
  refuse = 2,    ///< by the shop, also of what it had accepted
  remind = 3,    ///< the shop is reminded of a deadline that comes near
  time_out = 4,  ///< a deadline passes
  report = 5,    ///< the shop's result
  give_up = 6,   ///< there is no shop for it
  cancel = 7
};
inline constexpr std::size_t work_order_steps = 8;

MUSTER_EXPORT std::string_view name(WorkOrderState state) noexcept;
MUSTER_EXPORT std::string_view name(WorkOrderStep step) noexcept;

struct WorkOrderMove {
  WorkOrderState from;
  WorkOrderStep step;
  WorkOrderState to;
};

/// All legal moves. Where a shop is to be sought but no time or no offer is left, the order is
/// returned instead.
inline constexpr WorkOrderMove work_order_moves[] = {
    {WorkOrderState::seeking, WorkOrderStep::offer, WorkOrderState::offered},
    {WorkOrderState::seeking, WorkOrderStep::give_up, WorkOrderState::returned},
    {WorkOrderState::seeking, WorkOrderStep::cancel, WorkOrderState::cancelled},
    {WorkOrderState::offered, WorkOrderStep::accept, WorkOrderState::accepted},
    {WorkOrderState::offered, WorkOrderStep::refuse, WorkOrderState::seeking},
    {WorkOrderState::offered, WorkOrderStep::remind, WorkOrderState::offered},
    {WorkOrderState::offered, WorkOrderStep::time_out, WorkOrderState::seeking},
    {WorkOrderState::offered, WorkOrderStep::report, WorkOrderState::reported},
    {WorkOrderState::offered, WorkOrderStep::cancel, WorkOrderState::cancelled},
    {WorkOrderState::accepted, WorkOrderStep::refuse, WorkOrderState::seeking},
    {WorkOrderState::accepted, WorkOrderStep::remind, WorkOrderState::accepted},
    {WorkOrderState::accepted, WorkOrderStep::time_out, WorkOrderState::seeking},
    {WorkOrderState::accepted, WorkOrderStep::report, WorkOrderState::reported},
    {WorkOrderState::accepted, WorkOrderStep::cancel, WorkOrderState::cancelled},
};

/// Where a step leads from a state; nothing where it is not legal.
constexpr std::optional<WorkOrderState> next_state(WorkOrderState from,
                                                   WorkOrderStep step) noexcept {
  for (const WorkOrderMove& move : work_order_moves) {
    if (move.from == from && move.step == step) return move.to;
  }
  return std::nullopt;
}

constexpr bool is_open(WorkOrderState state) noexcept { return state < WorkOrderState::reported; }

/// Deadlines, in seconds.
struct WorkOrderTerms {
  std::int64_t accept_within = 4 * 3'600;   ///< of an offer, or of when the shop opens after it
  std::int64_t finish_within = 48 * 3'600;  ///< of the hand-off, whoever is at it
  std::int64_t remind_before = 3'600;       ///< a deadline; 0: never
  std::uint32_t offers = 3;                 ///< shops in all; 1 to max_offers
  friend bool operator==(const WorkOrderTerms&, const WorkOrderTerms&) = default;
};

/// Fails with bad_setting, naming the term.
MUSTER_EXPORT Result<void> check_terms(const WorkOrderTerms& terms);

/// A task at a shop. `terms` are those it began with.
struct WorkOrder {
  std::uint64_t id = 0;  ///< in a ledger: the sequence of the entry that began it
  std::uint64_t task = 0;
  WorkOrderTerms terms;
  WorkOrderState state = WorkOrderState::seeking;
  std::string shop;                ///< that has it, or had it last
  std::vector<std::string> tried;  ///< all it was offered to, in order
  Moment due;                      ///< when it must be taken up (offered), or be finished
  Moment finish_by;
  bool reminded = false;            ///< of `due`
  Outcome outcome = Outcome::none;  ///< reported
  std::string text;                 ///< the shop's words of its last step
  friend bool operator==(const WorkOrder&, const WorkOrder&) = default;
};

/// A work order that begins: seeking, to be finished within its terms. Fails as check_terms does.
MUSTER_EXPORT Result<WorkOrder> begin_work_order(std::uint64_t task, const WorkOrderTerms& terms,
                                                 Moment now);

struct WorkOrderEvent {
  WorkOrderStep step = WorkOrderStep::accept;
  std::string shop;                 ///< offer: to whom; accept, refuse, report: by whom
  std::optional<Moment> opens;      ///< offer: when the shop opens, where it is closed now
  Outcome outcome = Outcome::none;  ///< report; none: the customer goes on thinking
  std::string text;                 ///< refuse, report: the shop's words; UTF-8
};

/// What is to be done because of a step.
enum class WorkOrderEffect : std::uint8_t {
  none,
  tell_shop,    ///< there is work for it
  remind_shop,  ///< the deadline comes near
  find_shop,    ///< the next best one, for `offer`, or else `give_up`
  give_back,    ///< the task goes back to the sender, without a result
  give_result   ///< the task goes back with the shop's
};
MUSTER_EXPORT std::string_view name(WorkOrderEffect effect) noexcept;

struct WorkOrderChange {
  WorkOrder order;
  WorkOrderEffect effect = WorkOrderEffect::none;
};

/// The order after a step. Fails with illegal_step (not from its state; not by this shop, which may
/// have had it before; before its time), invalid_argument (no shop, a shop tried before, text that
/// is not UTF-8) and limit (max_work_order_text_bytes).
MUSTER_EXPORT Result<WorkOrderChange> take_step(WorkOrder order, const WorkOrderEvent& event,
                                                Moment now);

/// What the clock has in store for an order now: time_out, remind, for one that seeks give_up, or
/// nothing.
MUSTER_EXPORT std::optional<WorkOrderStep> due_step(const WorkOrder& order, Moment now) noexcept;
/// When due_step has something next, if nothing happens until then; nothing for closed ones.
MUSTER_EXPORT std::optional<Moment> next_due(const WorkOrder& order) noexcept;

}  // namespace muster
