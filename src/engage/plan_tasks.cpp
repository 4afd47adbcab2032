#include <fmt/core.h>

#include <algorithm>

#include "core/json_builder.hpp"
#include "engage/command_check.hpp"
#include "engage/ledger_body.hpp"
#include "engage/lookup.hpp"

namespace muster {
namespace {

/// Makes tasks of one view.
class Planner {
 public:
  Planner(LedgerWriter& writer, const PolicyView& view, const PlanOptions& options)
      : writer_(writer), view_(view), options_(options) {}

  void plan() {
    if (!view_.offers().empty()) {
      settled_ = writer_.tables().settlements_of(view_.user());
    }
    append_decision();
    if (view_.holdout() || view_.offers().empty()) return;
    open_ = writer_.tables().open_tasks(view_.user());
    for (const Offer& offer : view_.offers()) plan(offer);
  }

 private:
  const Policy& policy_of(const Offer& offer) const {
    return view_.catalogue().policies()[offer.policy];
  }

  bool is_settled(const Policy& policy) const {
    return find_bar(settled_, view_.catalogue(), policy, writer_.now()) != nullptr;
  }

  void append_decision() {
    JsonBuilder json;
    json.object([&] {
      json.text("decision", fmt::format("{:016x}", view_.decision_id()));
      json.text("catalogue", view_.catalogue().version());
      json.flag("holdout", view_.holdout());
      if (view_.holdout()) write_missed(json);
    });
    Event decision;
    decision.kind = EventKind::decision;
    decision.user = view_.user();
    decision.text = std::move(json).take();
    writer_.append(std::move(decision));
  }

  /// What a user in the holdout goes without: no task would tell.
  void write_missed(JsonBuilder& json) const {
    json.array("offers", [&] {
      for (const Offer& offer : view_.offers()) {
        const Policy& policy = policy_of(offer);
        if (!is_settled(policy)) json.text(policy.id);
      }
    });
  }

  void plan(const Offer& offer) {
    const Policy& policy = policy_of(offer);
    if (is_settled(policy)) return;
    std::size_t active = 0;
    for (const RankedChannel& one : offer.channels) {
      const Channel& channel = view_.catalogue().channels()[one.channel];
      if (channel.active && active++ >= options_.active_channels) continue;
      plan(policy, channel, offer.score);
    }
  }

  void plan(const Policy& policy, const Channel& channel, double score) {
    const auto open = std::find_if(open_.begin(), open_.end(), [&](const KeptTask& task) {
      return task.policy == policy.id && task.channel == channel.id;
    });
    if (open != open_.end()) return go_on(*open, channel);
    KeptTask task;
    task.user = view_.user();
    task.policy = policy.id;
    task.channel = channel.id;
    task.score = score;
    task.due = std::min(options_.due.value_or(policy.valid.until), policy.valid.until);
    writer_.plan(std::move(task), channel.active ? Pushed::yes : Pushed::no);
  }

  /// The channel may have been a cooperative one when the task was planned.
  void go_on(const KeptTask& task, const Channel& channel) {
    if (channel.active && task.state == TaskState::planned) writer_.tables().make_pushed(task.id);
  }

  LedgerWriter& writer_;
  const PolicyView& view_;
  const PlanOptions& options_;
  std::vector<KeptSettlement> settled_;
  std::vector<KeptTask> open_;
};

Result<void> check_views(const Command& command, std::span<const PolicyView> views) {
  CommandCheck check(command);
  check.run(views.size());
  for (const PolicyView& view : views) check.id("a user", view.user());
  if (check.result() && views.empty()) {
    return Error{Errc::invalid_argument, "there is no view to plan tasks of", {}};
  }
  return check.result();
}

}  // namespace

Result<Receipt> Ledger::plan(const Command& command, std::span<const PolicyView> views,
                             const PlanOptions& options) {
  if (Result<void> good = check_views(command, views); !good) return good.error();
  ContentHash content("plan");
  content.add(options.active_channels);
  content.add(options.due ? 1 : 0);
  if (options.due) content.add(static_cast<std::uint64_t>(options.due->seconds));
  for (const PolicyView& view : views) content.add(view.user()).add(view.decision_id());
  return body_->write(command, content.value(), [&](LedgerWriter& writer) -> Result<void> {
    for (const PolicyView& view : views) Planner(writer, view, options).plan();
    return {};
  });
}

}  // namespace muster
