#include "customer.hpp"
#include "frame.hpp"
#include "pages.hpp"
#include "words.hpp"

namespace crm {
namespace {

using namespace muster;

Html row(const Office& office, const Task& task) {
  return html(
      R"(<tr data-task="{}"><td><a href="/outbound/call?task={}">{}</a></td><td>{}</td><td>{}</td></tr>)"
      "\n",
      task.id, task.id, task.user, policy_name(office.catalogue(), task.policy), word(task.state));
}

Result<Reply> show_list(Office& office, const Visit&) {
  const auto tasks = office.call_list();
  if (!tasks) return tasks.error();
  Html rows;
  for (const Task& task : *tasks) rows += row(office, task);
  return show(html(R"(<h1>外呼名单</h1><section>{}<table id="calls">
<tr><th>客户</th><th>政策</th><th>状态</th></tr>
{}</table></section>)",
                   form("/outbound/day", {}, "生成并派发今日名单"), rows));
}

Html result_form(const Task& task) {
  const Html results = html("{}{}{}{}", option("interested", "有意向"), option("declined", "拒绝"),
                            option("unreachable", "未接通"), option("deferred", "改约"));
  return form("/outbound/contact",
              html("{}{}{}", hidden("task", task.id), choice("outcome", "结果", results),
                   text_field("intent", "办理意向")),
              "记录通话");
}

Html hand_off_form(const Office& office, const Task& task) {
  Html areas;
  for (const Shop& shop : office.shops().shops()) areas += option(shop.area, shop.area);
  return form("/outbound/hand-off",
              html("{}{}{}", hidden("task", task.id), choice("area", "就近区域", areas),
                   text_field("note", "给门店的话")),
              "转门店办理");
}

/// What the agent can do with a task in its state.
Html forms(const Office& office, const Task& task) {
  if (task.state == TaskState::dispatched) return result_form(task);
  if (may_move(task.state, TaskState::handed_off)) return hand_off_form(office, task);
  return {};
}

Result<Reply> show_call(Office& office, const Visit& visit) {
  const auto task = office.ledger().task(visit.number("task"));
  if (!task) return task.error();
  const auto file = customer_file(office, task->user);
  if (!file) return file.error();
  const auto its = cards(office, task->user, outbound_channel, visit.now);
  if (!its) return its.error();
  Html script;
  for (const Card& card : *its) {
    if (card.task.id == task->id) script = script_text(card.script);
  }
  return show(html(R"(<h1>外呼 {}</h1><section data-task="{}"><h2>{}</h2>
<p>状态：<strong class="state">{}</strong></p>{}{}</section>{})",
                   task->user, task->id, policy_name(office.catalogue(), task->policy),
                   word(task->state), script, forms(office, *task), *file));
}

std::string call_page(TaskId task) { return "/outbound/call?task=" + std::to_string(task); }

Result<Reply> record(Office& office, const Visit& visit) {
  ContactReport report;
  report.task = visit.number("task");
  report.interested = visit.field("outcome") == "interested";
  report.outcome = find_outcome(visit.field("outcome")).value_or(Outcome::none);
  report.field = SharedField::intent;
  report.text = visit.field("intent");
  const auto done = office.ledger().contact({visit.key(), visit.now}, office.catalogue(), report);
  if (!done) return done.error();
  return go_on(call_page(report.task));
}

Result<Reply> hand_off(Office& office, const Visit& visit) {
  HandOffRequest request;
  request.task = visit.number("task");
  request.wish.area = visit.field("area");
  request.note = visit.field("note");
  const auto done = office.hand_offs().hand_off({visit.key(), visit.now}, request);
  if (!done) return done.error();
  return go_on(call_page(request.task));
}

Result<Reply> begin_day(Office& office, const Visit& visit) {
  const auto done = office.begin_day(visit.key(), visit.now);
  if (!done) return done.error();
  return go_on("/outbound");
}

}  // namespace

void add_outbound(Pages& pages, Office& office) {
  pages["GET /outbound"] = page(Audience::staff, office, show_list);
  pages["GET /outbound/call"] = page(Audience::staff, office, show_call);
  pages["POST /outbound/day"] = page(Audience::staff, office, begin_day);
  pages["POST /outbound/contact"] = page(Audience::staff, office, record);
  pages["POST /outbound/hand-off"] = page(Audience::staff, office, hand_off);
}

}  // namespace crm
