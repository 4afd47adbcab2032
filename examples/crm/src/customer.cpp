#include "customer.hpp"

#include <algorithm>

#include "words.hpp"

namespace crm {
namespace {

using namespace muster;

/// What a channel shares of a contact; other entries keep texts that are not for people.
Html shared(const Event& event) {
  if (event.kind != EventKind::contact && event.kind != EventKind::answer) return {};
  return html("{} {}", word(event.field), event.text);
}

Html row(const Office& office, const Event& event) {
  const Catalogue& catalogue = office.catalogue();
  return html(
      "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
      clock_text(event.at, catalogue.time_zone()), word(event.kind),
      channel_name(catalogue, event.channel), policy_name(catalogue, event.policy),
      event.state ? word(*event.state) : "", word(event.outcome), shared(event));
}

Html taken(const Office& office, const Event& event) {
  const Catalogue& catalogue = office.catalogue();
  return html(R"(<p class="settled" data-policy="{}">已办理：{}（{}，{}）</p>)", event.policy,
              policy_name(catalogue, event.policy), channel_name(catalogue, event.channel),
              clock_text(event.at, catalogue.time_zone()));
}

std::string script_of(const PolicyView& view, std::string_view policy, std::string_view channel) {
  const Catalogue& catalogue = view.catalogue();
  const std::size_t its = catalogue.find_channel(channel);
  if (its == catalogue.channels().size()) return {};
  for (std::size_t i = 0; i < view.offers().size(); ++i) {
    if (catalogue.policies()[view.offers()[i].policy].id != policy) continue;
    return view.script(i, static_cast<ChannelId>(its));
  }
  return {};
}

}  // namespace

Result<Html> customer_file(Office& office, std::string_view customer) {
  auto events = office.ledger().timeline(customer);
  if (!events) return events.error();
  Html rows, settled;
  std::reverse(events->begin(), events->end());
  for (const Event& event : *events) {
    rows += row(office, event);
    if (event.outcome == Outcome::accepted) settled += taken(office, event);
  }
  return html(R"(<section><h2>客户 {} 在各渠道的记录</h2>{}
<table class="timeline"><tr><th>时间</th><th>事件</th><th>渠道</th><th>政策</th><th>状态</th><th>结果</th>
<th>共享内容</th></tr>
{}</table></section>)",
              customer, settled, rows);
}

Result<std::vector<Card>> cards(Office& office, std::string_view customer, std::string_view channel,
                                Moment now) {
  const auto view = office.view(customer, now);
  if (!view) return view.error();
  const auto tasks = office.ledger().open_tasks(customer);
  if (!tasks) return tasks.error();
  std::vector<Card> out;
  for (const Task& task : *tasks) {
    if (task.channel != channel) continue;
    out.push_back({task, policy_name(office.catalogue(), task.policy),
                   script_of(*view, task.policy, channel)});
  }
  return out;
}

Html script_text(std::string_view script) {
  if (script.empty()) return html(R"(<p class="faint">此刻不在推荐之列</p>)");
  return html(R"(<p class="script">{}</p>)", script);
}

}  // namespace crm
