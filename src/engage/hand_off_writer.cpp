#include "engage/hand_off_writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engage/hand_off_text.hpp"
#include "engage/lookup.hpp"
#include "engage/record_contact.hpp"

namespace muster {
namespace {

Error no_shop(TaskId task) {
  return {Errc::no_shop,
          fmt::format("no shop takes task {}: none that it may go to is open in time and has "
                      "capacity left",
                      task),
          {}};
}

Error task_is_closed(std::uint64_t order, const KeptTask& task) {
  return {Errc::illegal_step,
          fmt::format("work order {} is at an end: its task {} is {}", order, task.id,
                      name(task.state)),
          {}};
}

bool leaves_shop(WorkOrderStep step) {
  return step == WorkOrderStep::refuse || step == WorkOrderStep::time_out ||
         step == WorkOrderStep::cancel;
}

ContactReport report_of(const WorkOrder& order) {
  ContactReport report;
  report.task = order.task;
  report.outcome = order.outcome;
  report.interested = order.outcome == Outcome::none;
  report.text = order.text;
  return report;
}

}  // namespace

Error unknown_work_order(std::uint64_t order) {
  return {Errc::unknown_work_order, fmt::format("the ledger has no work order {}", order), {}};
}

Result<void> HandOffWriter::begin(const HandOffRequest& request) {
  const auto task = writer_.tables().find_task(request.task);
  if (!task) return unknown_task(request.task);
  task_ = *task;
  if (auto legal = check_move(task_.id, task_.state, TaskState::handed_off); !legal) return legal;
  auto order = begin_work_order(task_.id, request.terms, writer_.now());
  if (!order) return order.error();
  its_ = {std::move(*order), request.wish, std::string(request.note), task_.state, {}};
  its_.order.id = writer_.next_sequence();
  its_.order.due = its_.order.finish_by = std::min(its_.order.finish_by, task_.due);
  const auto shop = next_shop();
  if (!shop) return no_shop(task_.id);
  const auto effect =
      follow({WorkOrderStep::offer, shops_->shops()[shop->shop].id, shop->opens, {}, {}});
  if (!effect) return effect.error();
  take_capacity(*shop);
  Event event;
  event.kind = EventKind::hand_off;
  event.text = to_text(its_);
  writer_.tables().push(shop_desk(its_.order.shop), writer_.next_sequence());
  if (auto moved = writer_.move(task_, TaskState::handed_off, std::move(event)); !moved) {
    return moved;
  }
  keep();
  return {};
}

Result<void> HandOffWriter::load(std::uint64_t order) {
  const auto paper = papers_.find(PaperKind::work_order, order);
  if (!paper) return unknown_work_order(order);
  auto kept = read_hand_off(paper->body);
  if (!kept) return kept.error();
  its_ = std::move(*kept);
  const auto task = writer_.tables().find_task(its_.order.task);
  if (!task) return unknown_task(its_.order.task);
  task_ = *task;
  return {};
}

Result<void> HandOffWriter::step(std::uint64_t order, const WorkOrderEvent& event) {
  if (auto loaded = load(order); !loaded) return loaded;
  if (ended_with_task() && event.step != WorkOrderStep::cancel) return task_is_closed(order, task_);
  const auto effect = follow(event);
  if (!effect) return effect.error();
  return write(*effect, event.step == WorkOrderStep::cancel);
}

Result<void> HandOffWriter::tick(std::uint64_t order) {
  if (auto loaded = load(order); !loaded) return loaded;
  if (!is_open(its_.order.state)) return {};
  const bool task_ended = task_.state != TaskState::handed_off;
  const auto due = task_ended ? WorkOrderStep::cancel : due_step(its_.order, writer_.now());
  if (!due) return {};
  const auto effect = follow({*due, {}, {}, {}, {}});
  if (!effect) return effect.error();
  return write(*effect, false);
}

// Whether the order is at an end because its task is, written down or not.
bool HandOffWriter::ended_with_task() const {
  if (is_open(its_.order.state)) return task_.state != TaskState::handed_off;
  return its_.order.state == WorkOrderState::cancelled && !is_open(task_.state);
}

// Takes a step, and those that follow from it: from a shop to the next one, or back.
Result<WorkOrderEffect> HandOffWriter::follow(const WorkOrderEvent& event) {
  const std::string shop = its_.order.shop;
  auto change = take_step(std::move(its_.order), event, writer_.now());
  if (!change) return change.error();
  its_.order = std::move(change->order);
  if (leaves_shop(event.step)) release_capacity(shop);
  if (change->effect != WorkOrderEffect::find_shop) return change->effect;
  const auto next = next_shop();
  if (!next) return follow({WorkOrderStep::give_up, {}, {}, {}, {}});
  const auto effect =
      follow({WorkOrderStep::offer, shops_->shops()[next->shop].id, next->opens, {}, {}});
  if (effect) take_capacity(*next);
  return effect;
}

std::optional<ShopChoice> HandOffWriter::next_shop() {
  const auto used = [&](const Shop& shop, Date day) {
    return writer_.tables().capacity_used(shop_desk(shop.id), day);
  };
  return shops_->next_best(its_.wish, its_.order.tried,
                           {writer_.now(), its_.order.finish_by, used});
}

void HandOffWriter::take_capacity(const ShopChoice& choice) {
  its_.day = choice.day;
  writer_.tables().add_capacity(shop_desk(its_.order.shop), choice.day, 1);
}

void HandOffWriter::release_capacity(std::string_view shop) {
  if (its_.day) writer_.tables().add_capacity(shop_desk(shop), *its_.day, -1);
  its_.day.reset();
}

// The entry that tells of all this, who is told of it, and what becomes of the task.
Result<void> HandOffWriter::write(WorkOrderEffect effect, bool take_back) {
  Event event;
  event.kind = EventKind::hand_off;
  event.text = to_text(its_);
  const std::uint64_t sequence = writer_.next_sequence();
  const bool back = effect == WorkOrderEffect::give_back || take_back;
  if (back && task_.state == TaskState::handed_off) {
    if (auto moved = writer_.move(task_, its_.before, std::move(event)); !moved) return moved;
  } else {
    describe(task_, event);
    writer_.append(std::move(event));
  }
  const bool is_for_shop = effect == WorkOrderEffect::tell_shop ||
                           effect == WorkOrderEffect::remind_shop ||
                           its_.order.state == WorkOrderState::cancelled;
  if (is_for_shop) {
    writer_.tables().push(shop_desk(its_.order.shop), sequence);
  } else if (effect != WorkOrderEffect::none) {
    writer_.tables().push(task_.channel, sequence);
  }
  keep();
  if (effect != WorkOrderEffect::give_result) return {};
  return record_report(writer_, *catalogue_, report_of(its_.order));
}

void HandOffWriter::keep() {
  Paper paper;
  paper.kind = PaperKind::work_order;
  paper.id = its_.order.id;
  const bool at_shop = is_open(its_.order.state) && its_.order.state != WorkOrderState::seeking;
  if (at_shop) paper.owner = its_.order.shop;
  paper.due = next_due(its_.order);
  paper.body = to_text(its_);
  papers_.put(paper);
}

}  // namespace muster
