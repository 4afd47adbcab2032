#include "task_board.hpp"

namespace crm {
namespace {

constexpr std::size_t entries_at_once = 1'000;

}  // namespace

muster::Result<void> TaskBoard::update(muster::Ledger& ledger) {
  const std::lock_guard lock(mutex_);
  for (;;) {
    const auto events = ledger.events(last_, entries_at_once);
    if (!events) return events.error();
    for (const muster::Event& event : *events) take(event);
    if (events->size() < entries_at_once) return {};
  }
}

void TaskBoard::take(const muster::Event& event) {
  last_ = event.sequence;
  if (event.task == 0 || !event.state) return;
  if (!is_open(*event.state)) {
    open_.erase(event.task);
    return;
  }
  muster::Task& task = open_[event.task];
  if (task.id == 0) task = {event.task, event.user, event.policy, event.channel, {}, 0, {}};
  task.state = *event.state;
}

std::vector<muster::Task> TaskBoard::pushed(std::string_view channel) const {
  const std::lock_guard lock(mutex_);
  std::vector<muster::Task> out;
  for (const auto& [id, task] : open_) {
    if (task.channel == channel && task.state != muster::TaskState::planned) out.push_back(task);
  }
  return out;
}

}  // namespace crm
