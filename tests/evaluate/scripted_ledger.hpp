#pragma once

#include <gtest/gtest.h>

#include "market.hpp"
#include "muster/engage/hand_off.hpp"

namespace muster::testing {

/// A ledger of some days, written by one channel after another. The catalogue's clocks are those
/// of Shanghai: `noon` is 20:00 of a Monday there. Half of all users are in the holdout.
class ScriptedLedger : public ::testing::Test {
 public:
  static constexpr std::string_view catalogue_json = R"json({
    "version": "1", "time_zone": "Asia/Shanghai",
    "schema": {"key": "id", "tags": [{"name": "fee", "type": "number"}]},
    "channels": [{"id": "call", "kind": "digital", "mode": "active", "daily_capacity": 3},
                 {"id": "shop", "name": "营业厅", "kind": "digital"}],
    "policies": [{"id": "P1", "name": "存168得504", "segment": "fee >= 0", "value": 10}],
    "propensity": {"constants": [{"probability": 0.5}]},
    "holdout": {"share": 0.5, "key": "2026"},
    "monitors": [{"id": "wins", "rate": "success", "target": 0.9, "least": 1, "threshold": 1},
                 {"id": "shops", "rate": "lateness", "channels": ["call"], "target": 0.1, "least": 9}]
  })json";

 protected:
  ScriptedLedger()
      : catalogue(Catalogue::from_json(catalogue_json).value()),
        ledger(place.open({.durability = Durability::normal})) {}

  Command command(Moment now) { return {keys.next(), now}; }
  /// The next user that is held out, or is not.
  std::string user(bool held_out) {
    while (true) {
      std::string key = fmt::format("u{}", next_user_++);
      if (view_of(catalogue, key).holdout() == held_out) return key;
    }
  }
  /// A user who is not held out, with tasks.
  std::string planned(Moment now = noon) {
    std::string key = user(false);
    plan_for(ledger, catalogue, key, now);
    return key;
  }
  void dispatch(Moment now = noon) {
    ASSERT_TRUE(ledger.dispatch(command(now), catalogue, "call", 100));
  }
  void tell(std::string_view who, std::string_view channel, Outcome outcome, Moment now = noon,
            bool interested = false) {
    ContactReport report;
    report.task = task_of(ledger, who, "P1", channel).id;
    report.outcome = outcome;
    report.interested = interested;
    const auto done = outcome == Outcome::accepted
                          ? ledger.settle(command(now), catalogue, report)
                          : ledger.contact(command(now), catalogue, report);
    ASSERT_TRUE(done) << done.error().message;
  }
  /// The user asks for the policy at a shop, where no task is known.
  void accept_unasked(std::string_view who, Moment now = noon) {
    const ContactReport report{0, who, "P1", "shop", {}, false, {}, {}};
    const auto done = ledger.settle(command(now), catalogue, report);
    ASSERT_TRUE(done) << done.error().message;
  }

  TemporaryPlace place{StoreKind::sqlite};
  Catalogue catalogue;
  Ledger ledger;
  Keys keys;

 private:
  int next_user_ = 1;
};

}  // namespace muster::testing
