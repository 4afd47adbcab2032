#include "muster/engage/work_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "core/diagnostics.hpp"
#include "core/utf8.hpp"
#include "core/word_list.hpp"

namespace muster {
namespace {

using OrderState = WorkOrderState;
using OrderStep = WorkOrderStep;

constexpr std::array<std::string_view, work_order_states> order_state_names{
    "seeking", "offered", "accepted", "reported", "returned", "cancelled"};
constexpr std::array<std::string_view, work_order_steps> order_step_names{
    "offer", "accept", "refuse", "remind", "time_out", "report", "give_up", "cancel"};
constexpr std::array<std::string_view, work_order_steps> order_step_done{
    "offered", "accepted", "refused", "reminded", "timed out", "reported", "given up", "cancelled"};
constexpr std::array<std::string_view, 6> order_effect_names{
    "none", "tell_shop", "remind_shop", "find_shop", "give_back", "give_result"};

Moment later(Moment moment, std::int64_t seconds) {
  constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
  return {moment.seconds > last - seconds ? last : moment.seconds + seconds};
}

Moment reminder_of(const WorkOrder& order) {
  constexpr std::int64_t first = std::numeric_limits<std::int64_t>::min();
  const std::int64_t before = order.terms.remind_before;
  return {order.due.seconds < first + before ? first : order.due.seconds - before};
}

bool may_be_reminded(const WorkOrder& order) {
  return order.state != OrderState::seeking && !order.reminded && order.terms.remind_before > 0;
}

std::string_view done(OrderStep step) { return order_step_done[static_cast<std::size_t>(step)]; }

Error illegal(std::string message) { return {Errc::illegal_step, std::move(message), {}}; }
Error wrong(std::string message) { return {Errc::invalid_argument, std::move(message), {}}; }

std::string steps_from(OrderState state) {
  std::vector<std::string_view> steps;
  for (const WorkOrderMove& move : work_order_moves) {
    if (move.from == state) steps.push_back(done(move.step));
  }
  return steps.empty() ? "it is closed" : "it can be " + one_of(steps);
}

bool is_by_shop(OrderStep step) {
  return step == OrderStep::accept || step == OrderStep::refuse || step == OrderStep::report;
}

Result<void> check_shop(const WorkOrder& order, const WorkOrderEvent& event) {
  if (is_by_shop(event.step) && event.shop != order.shop) {
    return illegal(fmt::format("work order {} is with shop {}, not with {}", order.id,
                               in_quotes(order.shop), in_quotes(event.shop)));
  }
  if (event.step != OrderStep::offer) return {};
  if (event.shop.empty()) return wrong("an offer needs a shop");
  if (std::find(order.tried.begin(), order.tried.end(), event.shop) == order.tried.end()) return {};
  return wrong(
      fmt::format("work order {} was offered to shop {} before", order.id, in_quotes(event.shop)));
}

Result<void> check_time(const WorkOrder& order, OrderStep step, Moment now) {
  const bool early = (step == OrderStep::time_out && now < order.due) ||
                     (step == OrderStep::remind && now < reminder_of(order));
  if (early) {
    return illegal(fmt::format("work order {} can not be {} yet: it is due at {}", order.id,
                               done(step), to_string(order.due)));
  }
  if (step != OrderStep::remind || may_be_reminded(order)) return {};
  return illegal(fmt::format("work order {} needs no reminder more", order.id));
}

Result<void> check_words(std::string_view text) {
  if (text.size() > max_work_order_text_bytes) {
    return Error{Errc::limit,
                 fmt::format("a text of {} bytes is more than max_work_order_text_bytes ({})",
                             text.size(), max_work_order_text_bytes),
                 {}};
  }
  if (find_invalid_utf8(text) != text.size()) return wrong("a shop's words must be UTF-8");
  return {};
}

Result<void> check_event(const WorkOrder& order, const WorkOrderEvent& event, Moment now) {
  if (auto checked = check_shop(order, event); !checked) return checked;
  if (auto checked = check_time(order, event.step, now); !checked) return checked;
  return check_words(event.text);
}

void offer(WorkOrder& order, const WorkOrderEvent& event, Moment now) {
  order.shop = event.shop;
  order.tried.push_back(event.shop);
  const Moment begins = std::max(now, event.opens.value_or(now));
  order.due = std::min(later(begins, order.terms.accept_within), order.finish_by);
  order.reminded = false;
}

// From one shop to the next, or back where no time or no offer is left.
WorkOrderEffect seek(WorkOrder& order, Moment now) {
  const bool over = now >= order.finish_by || order.tried.size() >= order.terms.offers;
  order.state = over ? OrderState::returned : OrderState::seeking;
  order.due = order.finish_by;
  return over ? WorkOrderEffect::give_back : WorkOrderEffect::find_shop;
}

WorkOrderEffect apply(WorkOrder& order, const WorkOrderEvent& event, Moment now) {
  switch (event.step) {
    case OrderStep::offer:
      offer(order, event, now);
      return WorkOrderEffect::tell_shop;
    case OrderStep::accept:
      order.due = order.finish_by;
      order.reminded = false;
      return WorkOrderEffect::none;
    case OrderStep::remind:
      order.reminded = true;
      return WorkOrderEffect::remind_shop;
    case OrderStep::refuse:
      order.text = event.text;
      return seek(order, now);
    case OrderStep::time_out:
      return seek(order, now);
    case OrderStep::report:
      order.outcome = event.outcome;
      order.text = event.text;
      return WorkOrderEffect::give_result;
    case OrderStep::give_up:
      return WorkOrderEffect::give_back;
    case OrderStep::cancel:
      break;
  }
  return WorkOrderEffect::none;
}

}  // namespace

std::string_view name(WorkOrderState state) noexcept {
  return order_state_names[static_cast<std::size_t>(state)];
}
std::string_view name(WorkOrderStep step) noexcept {
  return order_step_names[static_cast<std::size_t>(step)];
}
std::string_view name(WorkOrderEffect effect) noexcept {
  return order_effect_names[static_cast<std::size_t>(effect)];
}

Result<void> check_terms(const WorkOrderTerms& terms) {
  struct Term {
    std::string_view name;
    std::int64_t value, least, most;
  };
  const Term all[] = {{"accept_within", terms.accept_within, 1, max_work_order_span},
                      {"finish_within", terms.finish_within, 1, max_work_order_span},
                      {"remind_before", terms.remind_before, 0, max_work_order_span},
                      {"offers", terms.offers, 1, max_offers}};
  for (const Term& term : all) {
    if (term.value >= term.least && term.value <= term.most) continue;
    return Error{Errc::bad_setting,
                 fmt::format("{} of a work order must be from {} to {}, not {}", term.name,
                             term.least, term.most, term.value),
                 {}};
  }
  return {};
}

Result<WorkOrder> begin_work_order(std::uint64_t task, const WorkOrderTerms& terms, Moment now) {
  if (auto checked = check_terms(terms); !checked) return checked.error();
  WorkOrder order;
  order.task = task;
  order.terms = terms;
  order.due = order.finish_by = later(now, terms.finish_within);
  return order;
}

Result<WorkOrderChange> take_step(WorkOrder order, const WorkOrderEvent& event, Moment now) {
  const auto to = next_state(order.state, event.step);
  if (!to) {
    return illegal(fmt::format("work order {} is {} and can not be {}; {}", order.id,
                               name(order.state), done(event.step), steps_from(order.state)));
  }
  if (auto checked = check_event(order, event, now); !checked) return checked.error();
  order.state = *to;
  const WorkOrderEffect effect = apply(order, event, now);
  return WorkOrderChange{std::move(order), effect};
}

std::optional<WorkOrderStep> due_step(const WorkOrder& order, Moment now) noexcept {
  if (!is_open(order.state)) return std::nullopt;
  if (now >= order.due)
    return order.state == OrderState::seeking ? OrderStep::give_up : OrderStep::time_out;
  if (may_be_reminded(order) && now >= reminder_of(order)) return OrderStep::remind;
  return std::nullopt;
}

std::optional<Moment> next_due(const WorkOrder& order) noexcept {
  if (!is_open(order.state)) return std::nullopt;
  return may_be_reminded(order) ? reminder_of(order) : order.due;
}

}  // namespace muster
