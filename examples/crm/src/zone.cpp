#include "customer.hpp"
#include "frame.hpp"
#include "pages.hpp"
#include "words.hpp"

namespace crm {
namespace {

using namespace muster;

/// Staff begin a session for a customer where the operator's portal would, after its own sign-on.
Reply sign_on_page() {
  return show(html(R"(<h1>特惠专区</h1><section><p>代替门户登录，以客户身份进入：</p>{}</section>)",
                   form("/zone/sign-on", text_field("user", "客户号码"), "进入")));
}

Result<Reply> sign_on(Office& office, const Visit& visit) {
  const auto done = office.receive({visit.key(), visit.now}, visit.field("user"));
  if (!done) return done.error();
  Reply reply = go_on("/zone");
  reply.customer = visit.field("user");
  return reply;
}

Html offer(const Card& card) {
  return html(R"(<section class="offer" data-policy="{}"><h2>{}</h2>{}{}</section>
)",
              card.task.policy, card.policy, script_text(card.script),
              form("/zone/order", hidden("task", card.task.id), "立即办理"));
}

/// What this customer has taken, wherever it was.
Result<Html> taken(Office& office, std::string_view customer) {
  const auto events = office.ledger().timeline(customer);
  if (!events) return events.error();
  Html out;
  for (const Event& event : *events) {
    if (event.outcome != Outcome::accepted) continue;
    out += html(R"(<section class="settled" data-policy="{}"><h2>{}</h2><p>已办理 {}</p></section>
)",
                event.policy, policy_name(office.catalogue(), event.policy), event.text);
  }
  return out;
}

Result<Reply> show_zone(Office& office, const Visit& visit) {
  const std::string& customer = visit.visitor.customer;
  if (customer.empty()) return sign_on_page();
  const auto its = cards(office, customer, zone_channel, visit.now);
  if (!its) return its.error();
  const auto settled = taken(office, customer);
  if (!settled) return settled.error();
  Html offers;
  for (const Card& card : *its) offers += offer(card);
  return show(html("<h1>{} 的专属优惠</h1>{}{}", customer, offers, *settled));
}

/// The customer's own tasks only: a task's number is no secret.
Result<Task> own_task(Office& office, const Visit& visit) {
  auto task = office.ledger().task(visit.number("task"));
  if (task && (task->user != visit.visitor.customer || task->channel != zone_channel)) {
    return Error{Errc::unknown_task, "the customer has no such task here", {}};
  }
  return task;
}

Result<Reply> order(Office& office, const Visit& visit) {
  const auto task = own_task(office, visit);
  if (!task) return task.error();
  const auto may = office.may_have(task->user, task->policy, zone_channel, visit.now);
  if (!may) return may.error();
  // An order's number must come out the same when the form comes twice.
  const std::string number = "WT" + std::string(visit.key().substr(0, 10));
  ContactReport report;
  report.task = task->id;
  report.field = SharedField::order;
  report.text = number;
  const auto done = office.ledger().settle({visit.key(), visit.now}, office.catalogue(), report);
  if (!done) return done.error();
  return go_on("/zone");
}

/// Opening a link shows who it is for and uses nothing: programs that look at links in messages
/// open them too. The button uses it.
Result<Reply> show_link(Office& office, const Visit& visit) {
  const auto link = office.link_signer().verify(visit.field("link"), visit.now);
  if (!link) return link.error();
  return show(html(R"(<section class="still"><h1>您的专属优惠</h1>{}</section>)",
                   form("/link/" + in_url(visit.field("link")), {}, "进入特惠专区")));
}

/// Who has the link is the customer it was sent to: a session begins. What is offered there was
/// planned when the customer called.
Result<Reply> use_link(Office& office, const Visit& visit) {
  const auto task = office.links().redeem({visit.key(), visit.now}, visit.field("link"));
  if (!task) return task.error();
  Reply reply = go_on("/zone");
  reply.customer = task->user;
  return reply;
}

}  // namespace

void add_zone(Pages& pages, Office& office) {
  pages["GET /zone"] = page(Audience::either, office, show_zone);
  pages["POST /zone/sign-on"] = page(Audience::staff, office, sign_on);
  pages["POST /zone/order"] = page(Audience::customer, office, order);
  pages["GET /link/"] = page(Audience::link, office, show_link);
  pages["POST /link/"] = page(Audience::link, office, use_link);
}

}  // namespace crm
