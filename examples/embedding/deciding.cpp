// What the customer on the line is offered: a decision, the gate, and why, for one who was asked
// once before.

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <muster/muster.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace muster;

// Mostly a file: Catalogue::read.
constexpr std::string_view catalogue_json = R"({
  "version": "2026-01",
  "time_zone": "Asia/Shanghai",
  "schema": {"key": "msisdn", "tags": [
    {"name": "plan_fee", "type": "number"},
    {"name": "tenure_months", "type": "number"},
    {"name": "terminal", "type": "category", "values": ["4G", "5G"], "nullable": true}]},
  "channels": [
    {"id": "hotline", "kind": "digital"},
    {"id": "shop", "kind": "partner_shop", "cost": 2}],
  "contact_rules": [
    {"id": "no means no", "kind": "cool_down", "after": "declined", "of": "policy",
     "within": {"rolling_days": 90}}],
  "propensity": {"constants": [{"probability": 0.2}, {"policy": "upgrade", "probability": 0.4}]},
  "policies": [
    {"id": "deposit96", "name": "存168得504", "segment": "plan_fee = 96 AND tenure_months >= 12",
     "value": 60, "script": "您的套餐{plan_fee}元，存168元得504元。"},
    {"id": "deposit126", "name": "存228得684", "segment": "plan_fee = 126", "value": 90},
    {"id": "upgrade", "name": "5G", "segment": "terminal = '5G' AND plan_fee < 100",
     "value": 40, "script": "您的手机支持5G。"}]
})";

/// Whatever can fail ends this program with its message; value() would throw it.
template <class Value>
Value must(Result<Value> result) {
  if (result) return *std::move(result);
  std::cerr << result.error().message << '\n';
  std::exit(1);
}
void must(const Result<void>& result) {
  if (!result) must(Result<int>(result.error()));
}

bool carries(const Offer& offer, ChannelId channel) {
  return std::any_of(offer.channels.begin(), offer.channels.end(),
                     [&](const RankedChannel& one) { return one.channel == channel; });
}

/// The view as one channel renders it.
void show(const PolicyView& view, std::string_view channel) {
  const auto id = static_cast<ChannelId>(view.catalogue().find_channel(channel));
  for (std::size_t i = 0; i < view.offers().size(); ++i) {
    const Offer& offer = view.offers()[i];
    if (!carries(offer, id)) continue;
    std::cout << (offer.primary ? "primary " : "secondary ")
              << view.catalogue().policies()[offer.policy].id << ": " << view.script(i, id) << '\n';
  }
}

}  // namespace

int main() {
  const Catalogue catalogue = must(Catalogue::from_json(catalogue_json));
  const auto history = std::make_shared<MemoryHistory>();  // or yours, over the CRM's own records
  EngineOptions options;
  options.history = history;
  Engine engine(options);
  must(engine.deploy(catalogue));

  User tags(catalogue.schema());  // tags that are not set are NULL
  must(tags.set("plan_fee", 96));
  must(tags.set("tenure_months", 40));
  must(tags.set("terminal", "5G"));
  const Subject customer{"13800000018", tags};
  const Moment now = *parse_moment("2026-01-05T10:30:00+08:00");

  std::vector<std::byte> record;
  DecideOptions recorded;
  recorded.record = &record;
  const PolicyView view = must(engine.decide(customer, now, recorded));
  show(view, "hotline");

  // The shop's counter asks before it fulfils.
  for (const char* policy : {"deposit96", "deposit126"}) {
    const GateAnswer answer = must(engine.check(customer, policy, "shop", now));
    std::cout << policy << ": " << (answer.allowed ? "allowed" : answer.text) << '\n';
  }

  // The customer says no. Every channel knows it from now on.
  history->add(customer.key, {now, "upgrade", "hotline", Outcome::declined});
  show(must(engine.decide(customer, Moment{now.seconds + 60})), "hotline");

  // Somebody asks later why: the record is enough.
  const bool same = must(engine.replay(record)).to_json() == view.to_json();
  std::cout << (same ? "replayed\n" : "another view\n");
  std::cout << to_text(must(engine.explain(record, "deposit126")), catalogue, Language::chinese);
}
