#include "customer.hpp"
#include "frame.hpp"
#include "pages.hpp"
#include "secrets.hpp"
#include "words.hpp"

namespace crm {
namespace {

using namespace muster;

std::string popup_page(std::string_view customer) {
  return "/hotline/popup?user=" + in_url(customer);
}

Result<Reply> show_desk(Office&, const Visit&) {
  return show(html(R"(<h1>热线</h1><section>{}</section>)",
                   form("/hotline/call", text_field("user", "来电号码"), "接听")));
}

/// A customer calls: from now on there are tasks to be shown to them.
Result<Reply> answer_call(Office& office, const Visit& visit) {
  const auto done = office.receive({visit.key(), visit.now}, visit.field("user"));
  if (!done) return done.error();
  return go_on(popup_page(visit.field("user")));
}

Html trail_form(const Task& task) {
  return form("/hotline/contact",
              html("{}{}", hidden("task", task.id), text_field("trail", "轨迹")),
              "有意向，记录轨迹");
}

/// What the agent can do: first what was said, then the link.
Html forms(const Task& task) {
  if (task.state == TaskState::planned) return trail_form(task);
  if (!may_move(task.state, TaskState::handed_off)) {
    return html(R"(<p class="faint">客户已打开链接，正在专区办理</p>)");
  }
  return form("/hotline/link", hidden("task", task.id), "发送专区链接");
}

Html popup(const Card& card) {
  return html(R"(<section class="popup" data-policy="{}"><h2>{}</h2>
<p>状态：<strong class="state">{}</strong></p>{}{}</section>
)",
              card.task.policy, card.policy, word(card.task.state), script_text(card.script),
              forms(card.task));
}

Result<Reply> show_popup(Office& office, const Visit& visit) {
  const std::string_view customer = visit.field("user");
  const auto its = cards(office, customer, hotline_channel, visit.now);
  if (!its) return its.error();
  const auto file = customer_file(office, customer);
  if (!file) return file.error();
  Html popups;
  for (const Card& card : *its) popups += popup(card);
  if (popups.empty()) popups = html(R"(<section class="none"><p>没有可推荐的政策</p></section>)");
  return show(html("<h1>来电 {}</h1>{}{}", customer, popups, *file));
}

Result<Reply> record(Office& office, const Visit& visit) {
  const auto task = office.ledger().task(visit.number("task"));
  if (!task) return task.error();
  ContactReport report;
  report.task = task->id;
  report.interested = true;
  report.field = SharedField::trail;
  report.text = visit.field("trail");
  const auto done = office.ledger().contact({visit.key(), visit.now}, office.catalogue(), report);
  if (!done) return done.error();
  return go_on(popup_page(task->user));
}

/// Links are good until the day ends. Not for so many minutes from now: the command is then the
/// same when the form comes again a moment later, and gets the same link.
Moment end_of_day(const Office& office, Moment now) {
  const TimeZone& zone = office.catalogue().time_zone();
  return zone.begin_of({zone.local(now).day.days + 1});
}

/// Stands in for the text message that the customer would get; shown once and kept nowhere.
Result<Reply> send_link(Office& office, const Visit& visit) {
  const auto task = office.ledger().task(visit.number("task"));
  if (!task) return task.error();
  const auto token = office.links().open({visit.key(), visit.now},
                                         {task->id, end_of_day(office, visit.now), random_nonce()});
  if (!token) return token.error();
  const std::string link = visit.origin + "/link/" + *token;
  return show(html(R"(<section class="still"><h1>链接已发送给 {}</h1>
<p>当日有效，只能打开一次：</p><p class="link"><a href="{}">{}</a></p>
<p><a href="{}">返回弹屏</a></p></section>)",
                   task->user, link, link, popup_page(task->user)));
}

}  // namespace

void add_hotline(Pages& pages, Office& office) {
  pages["GET /hotline"] = page(Audience::staff, office, show_desk);
  pages["GET /hotline/popup"] = page(Audience::staff, office, show_popup);
  pages["POST /hotline/call"] = page(Audience::staff, office, answer_call);
  pages["POST /hotline/contact"] = page(Audience::staff, office, record);
  pages["POST /hotline/link"] = page(Audience::staff, office, send_link);
}

}  // namespace crm
