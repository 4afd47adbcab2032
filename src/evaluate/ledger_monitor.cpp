#include "muster/evaluate/ledger_monitor.hpp"

#include "engage/kept_text.hpp"
#include "evaluate/effect_tally.hpp"
#include "evaluate/funnel_tally.hpp"

namespace muster {
namespace {

constexpr std::size_t events_of_a_step = 10'000;

}  // namespace

struct LedgerMonitor::Body {
  void take(const Event& event) {
    sequence = event.sequence;
    funnel.take(event, zone.local(event.at).day);
    if (event.kind == EventKind::decision) return take_decision(event);
    if (event.policy.empty()) return;
    if (event.task == event.sequence) effects.treat(event.user, event.policy);
    if (is_met(event)) effects.meet(event.user, event.policy);
    if (event.outcome == Outcome::accepted) effects.accept(event.user, event.policy);
  }

  void take_decision(const Event& event) {
    KeptText text(event.text);
    if (!text.flag("holdout") || !text.has("offers")) return;
    for (const std::string& policy : text.texts("offers")) effects.hold_out(event.user, policy);
  }

  TimeZone zone;
  std::uint64_t sequence = 0;
  FunnelTally funnel;
  EffectTally effects;
};

LedgerMonitor::LedgerMonitor(TimeZone zone) : body_(std::make_unique<Body>()) {
  body_->zone = std::move(zone);
}
LedgerMonitor::LedgerMonitor(LedgerMonitor&&) noexcept = default;
LedgerMonitor& LedgerMonitor::operator=(LedgerMonitor&&) noexcept = default;
LedgerMonitor::~LedgerMonitor() = default;

Result<void> LedgerMonitor::update(Ledger& ledger) {
  while (true) {
    const auto events = ledger.events(body_->sequence, events_of_a_step);
    if (!events) return events.error();
    for (const Event& event : *events) body_->take(event);
    if (events->size() < events_of_a_step) return {};
  }
}

LedgerFigures LedgerMonitor::figures() const {
  return {body_->sequence, body_->funnel.funnel(), body_->effects.figures(),
          body_->funnel.capacity()};
}

}  // namespace muster
