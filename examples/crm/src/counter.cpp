#include "customer.hpp"
#include "frame.hpp"
#include "pages.hpp"
#include "words.hpp"

namespace crm {
namespace {

using namespace muster;

/// Where all pages of one shop are; the shop stays in the address, as there may be several.
std::string counter_page(std::string_view shop) { return "/shop/counter?shop=" + in_url(shop); }
std::string customer_page(std::string_view shop, std::string_view customer) {
  return "/shop/customer?shop=" + in_url(shop) + "&user=" + in_url(customer);
}

Result<Reply> list_shops(Office& office, const Visit&) {
  Html rows;
  for (const Shop& shop : office.shops().shops()) {
    rows += html(R"(<p><a href="{}">{}</a> <small>{}</small></p>)", counter_page(shop.id),
                 shop.name, shop.area);
  }
  return show(html("<h1>门店</h1><section>{}</section>", rows));
}

Result<const Shop*> find_shop(const Office& office, const Visit& visit) {
  const std::size_t at = office.shops().find(visit.field("shop"));
  if (at < office.shops().shops().size()) return &office.shops().shops()[at];
  return Error{Errc::unknown_shop, "there is no shop " + std::string(visit.field("shop")), {}};
}

std::string_view word(WorkOrderState state) {
  return state == WorkOrderState::offered ? "待接单" : "已接单";
}

Html about(const HandOff& its) {
  return html("{}{}", hidden("shop", its.order.shop), hidden("order", its.order.id));
}

Result<Html> order_row(Office& office, const HandOff& its) {
  const auto task = office.ledger().task(its.order.task);
  if (!task) return task.error();
  Html forms;
  if (its.order.state == WorkOrderState::offered) {
    forms = html("{}{}", form("/shop/accept", about(its), "接单"),
                 form("/shop/refuse", about(its), "退回"));
  }
  return html(
      R"(<tr data-order="{}"><td><a href="{}">{}</a></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>)"
      "\n",
      its.order.id, customer_page(its.order.shop, task->user), task->user,
      policy_name(office.catalogue(), task->policy), its.note, word(its.order.state),
      clock_text(its.order.due, office.shops().time_zone()), forms);
}

Result<Reply> show_counter(Office& office, const Visit& visit) {
  const auto shop = find_shop(office, visit);
  if (!shop) return shop.error();
  const auto orders = office.hand_offs().orders_of((*shop)->id);
  if (!orders) return orders.error();
  Html rows;
  for (const HandOff& its : *orders) {
    const auto row = order_row(office, its);
    if (!row) return row.error();
    rows += *row;
  }
  const Html visitor = html("{}{}", hidden("shop", (*shop)->id), text_field("user", "客户号码"));
  return show(html(R"(<h1>{}</h1><section><h2>到店客户</h2>{}</section>
<section><h2>工单</h2><table id="orders"><tr><th>客户</th><th>政策</th><th>留言</th><th>状态</th><th>时限</th>
<th></th></tr>
{}</table></section>)",
                   (*shop)->name, form("/shop/visit", visitor, "接待"), rows));
}

Result<Reply> receive(Office& office, const Visit& visit) {
  const auto done = office.receive({visit.key(), visit.now}, visit.field("user"));
  if (!done) return done.error();
  return go_on(customer_page(visit.field("shop"), visit.field("user")));
}

Html results() {
  return choice("outcome", "结果",
                html("{}{}{}", option("accepted", "办理"), option("declined", "拒绝"),
                     option("none", "再考虑")));
}

Html words_field() { return text_field("text", "推荐"); }

/// The customer's work orders at this shop, with what can be reported of them.
Result<Html> order_cards(Office& office, std::string_view shop, std::string_view customer) {
  const auto orders = office.hand_offs().orders_of(shop);
  if (!orders) return orders.error();
  Html out;
  for (const HandOff& its : *orders) {
    const auto task = office.ledger().task(its.order.task);
    if (!task) return task.error();
    if (task->user != customer) continue;
    out += html(
        R"(<section class="order" data-order="{}"><h2>工单：{}</h2><p>{}</p>{}</section>
)",
        its.order.id, policy_name(office.catalogue(), task->policy), its.note,
        form("/shop/report", html("{}{}{}", about(its), results(), words_field()), "回复结果"));
  }
  return out;
}

Html offer(std::string_view shop, const Card& card) {
  const Html fields =
      html("{}{}{}", hidden("shop", shop), hidden("task", card.task.id), words_field());
  return html(R"(<section class="offer" data-policy="{}"><h2>{}</h2>{}{}</section>
)",
              card.task.policy, card.policy, script_text(card.script),
              form("/shop/settle", fields, "办理"));
}

/// For what a customer asks for of their own accord: nobody had to make a task of it.
Html unasked(const Office& office, std::string_view shop, std::string_view customer) {
  Html policies;
  for (const Policy& policy : office.catalogue().policies()) {
    policies += option(policy.id, policy.name);
  }
  return html(R"(<section><h2>客户主动要求</h2>{}</section>)",
              form("/shop/unasked",
                   html("{}{}{}", hidden("shop", shop), hidden("user", customer),
                        choice("policy", "政策", policies)),
                   "核验并办理"));
}

Result<Reply> show_customer(Office& office, const Visit& visit) {
  const std::string_view shop = visit.field("shop"), customer = visit.field("user");
  const auto orders = order_cards(office, shop, customer);
  if (!orders) return orders.error();
  const auto its = cards(office, customer, counter_channel, visit.now);
  if (!its) return its.error();
  const auto file = customer_file(office, customer);
  if (!file) return file.error();
  Html offers;
  for (const Card& card : *its) offers += offer(shop, card);
  return show(html(R"(<h1>客户 {}</h1><p><a href="{}">返回柜台</a></p>{}{}{}{})", customer,
                   counter_page(shop), *orders, offers, unasked(office, shop, customer), *file));
}

Result<Reply> accept(Office& office, const Visit& visit) {
  const auto done = office.hand_offs().accept({visit.key(), visit.now}, visit.number("order"),
                                              visit.field("shop"));
  if (!done) return done.error();
  return go_on(counter_page(visit.field("shop")));
}

Result<Reply> refuse(Office& office, const Visit& visit) {
  const auto done = office.hand_offs().refuse({visit.key(), visit.now}, visit.number("order"),
                                              visit.field("shop"), "门店退回");
  if (!done) return done.error();
  return go_on(counter_page(visit.field("shop")));
}

/// The result of a work order goes to the task of whoever handed it off.
Result<Reply> report(Office& office, const Visit& visit) {
  const auto its = office.hand_offs().find(visit.number("order"));
  if (!its) return its.error();
  const auto task = office.ledger().task(its->order.task);
  if (!task) return task.error();
  const Outcome outcome = find_outcome(visit.field("outcome")).value_or(Outcome::none);
  if (outcome == Outcome::accepted) {
    const auto may = office.may_have(task->user, task->policy, counter_channel, visit.now);
    if (!may) return may.error();
  }
  const auto done =
      office.hand_offs().report({visit.key(), visit.now}, office.catalogue(), its->order.id,
                                {visit.field("shop"), outcome, visit.field("text")});
  if (!done) return done.error();
  return go_on(customer_page(visit.field("shop"), task->user));
}

Result<Reply> settle(Office& office, const Visit& visit, const ContactReport& report) {
  const auto may = office.may_have(report.user, report.policy, counter_channel, visit.now);
  if (!may) return may.error();
  const auto done = office.ledger().settle({visit.key(), visit.now}, office.catalogue(), report);
  if (!done) return done.error();
  return go_on(customer_page(visit.field("shop"), report.user));
}

Result<Reply> settle_task(Office& office, const Visit& visit) {
  const auto task = office.ledger().task(visit.number("task"));
  if (!task) return task.error();
  ContactReport report;
  report.task = task->id;
  report.user = task->user;
  report.policy = task->policy;
  report.field = SharedField::recommendation;
  report.text = visit.field("text");
  return settle(office, visit, report);
}

Result<Reply> settle_unasked(Office& office, const Visit& visit) {
  ContactReport report;
  report.user = visit.field("user");
  report.policy = visit.field("policy");
  report.channel = counter_channel;
  return settle(office, visit, report);
}

}  // namespace

void add_counter(Pages& pages, Office& office) {
  pages["GET /shop"] = page(Audience::staff, office, list_shops);
  pages["GET /shop/counter"] = page(Audience::staff, office, show_counter);
  pages["GET /shop/customer"] = page(Audience::staff, office, show_customer);
  pages["POST /shop/visit"] = page(Audience::staff, office, receive);
  pages["POST /shop/accept"] = page(Audience::staff, office, accept);
  pages["POST /shop/refuse"] = page(Audience::staff, office, refuse);
  pages["POST /shop/report"] = page(Audience::staff, office, report);
  pages["POST /shop/settle"] = page(Audience::staff, office, settle_task);
  pages["POST /shop/unasked"] = page(Audience::staff, office, settle_unasked);
}

}  // namespace crm
