#include "muster/evaluate/prometheus.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

LedgerFigures some_figures() {
  LedgerFigures figures;
  figures.sequence = 42;
  FunnelCell monday{"P1", "call", Date{10}, {}, {3, 2, 1, 90}};
  monday.counts.tasks = {9, 8, 7, 6, 5, 4, 3, 2, 1};
  FunnelCell tuesday{"P1", "call", Date{11}, {}, {}};
  tuesday.counts.tasks = {1, 0, 0, 0, 0, 0, 0, 0, 0};
  figures.funnel = {monday, tuesday};
  figures.policies = {{"", {3, 4}, {{16, 100}, {8, 90}}}};
  figures.capacity = {{"call", Date{10}, 8}, {"call", Date{11}, 2}};
  return figures;
}

TEST(Prometheus, IsTheTextFormat) {
  WatchedState state;
  state.monitor.id = "wins";
  state.days = {{Date{11}, {1, 2}, 0, 5.5}};
  state.alarm = RateAlarm{false, Date{11}, Date{10}};
  EXPECT_EQ(to_prometheus(some_figures(), {&state, 1}),
            R"(# HELP muster_ledger_sequence The last entry of the ledger that is counted.
# TYPE muster_ledger_sequence gauge
muster_ledger_sequence 42
# HELP muster_tasks_total Tasks that got to a step.
# TYPE muster_tasks_total counter
muster_tasks_total{policy="P1",channel="call",step="targeted"} 10
muster_tasks_total{policy="P1",channel="call",step="dispatched"} 8
muster_tasks_total{policy="P1",channel="call",step="contacted"} 7
muster_tasks_total{policy="P1",channel="call",step="interested"} 6
muster_tasks_total{policy="P1",channel="call",step="accepted"} 5
muster_tasks_total{policy="P1",channel="call",step="declined"} 4
muster_tasks_total{policy="P1",channel="call",step="unreachable"} 3
muster_tasks_total{policy="P1",channel="call",step="expired"} 2
muster_tasks_total{policy="P1",channel="call",step="cancelled"} 1
# HELP muster_hand_offs_total Hand-offs to shops that began.
# TYPE muster_hand_offs_total counter
muster_hand_offs_total{policy="P1",channel="call"} 3
# HELP muster_hand_offs_ended_total Hand-offs that ended.
# TYPE muster_hand_offs_ended_total counter
muster_hand_offs_ended_total{policy="P1",channel="call"} 2
# HELP muster_hand_offs_late_total Hand-offs that ended and missed a deadline.
# TYPE muster_hand_offs_late_total counter
muster_hand_offs_late_total{policy="P1",channel="call"} 1
# HELP muster_hand_offs_late_seconds_total Seconds past the first deadline missed.
# TYPE muster_hand_offs_late_seconds_total counter
muster_hand_offs_late_seconds_total{policy="P1",channel="call"} 90
# HELP muster_users Users that a policy was meant for, by group; policy "": any.
# TYPE muster_users gauge
muster_users{policy="",group="treated"} 100
muster_users{policy="",group="held_out"} 90
# HELP muster_users_accepted Those of them that accepted it.
# TYPE muster_users_accepted gauge
muster_users_accepted{policy="",group="treated"} 16
muster_users_accepted{policy="",group="held_out"} 8
# HELP muster_users_met Treated users that were met about it.
# TYPE muster_users_met gauge
muster_users_met{policy=""} 3
# HELP muster_capacity_used Contacts taken on the channel's last day.
# TYPE muster_capacity_used gauge
muster_capacity_used{channel="call"} 2
# HELP muster_monitor_sum A monitor's CUSUM, in standard deviations.
# TYPE muster_monitor_sum gauge
muster_monitor_sum{monitor="wins",side="high"} 0
muster_monitor_sum{monitor="wins",side="low"} 5.5
# HELP muster_monitor_alarm 1: the rate is too high; -1: too low; 0: within its band.
# TYPE muster_monitor_alarm gauge
muster_monitor_alarm{monitor="wins"} -1
)");
}

TEST(Prometheus, EscapesLabels) {
  LedgerFigures figures;
  figures.capacity = {{"a\\b\"c\nd电话{}", Date{1}, 1}};
  EXPECT_NE(to_prometheus(figures, {})
                .find("\nmuster_capacity_used{channel=\"a\\\\b\\\"c\\nd电话{}\"} 1\n"),
            std::string::npos);
}

TEST(Prometheus, KnowsTheCataloguesCapacity) {
  const Catalogue catalogue = Catalogue::from_json(R"({
    "schema": {"key": "id", "tags": [{"name": "fee", "type": "number"}]}, "policies": [],
    "channels": [{"id": "call", "mode": "active", "daily_capacity": 500}, {"id": "shop"}]})")
                                  .value();
  const std::string text = to_prometheus({}, {}, &catalogue);
  EXPECT_NE(text.find("\nmuster_capacity{channel=\"call\"} 500\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("channel=\"shop\""), std::string::npos);
}

}  // namespace
}  // namespace muster
