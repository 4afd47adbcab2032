#pragma once

#include <string>

namespace muster {

/// A catalogue with every key there is, none of them at its default.
inline std::string whole_catalogue() {
  return R"json({
"version": "2026-11.1", "time_zone": "Asia/Shanghai", "currency": "CNY",
"schema": {"key": "id", "tags": [
  {"name": "fee", "type": "number", "description": "套餐月费"},
  {"name": "brand", "type": "category", "values": ["Apple", "华为"], "kind": "portrait"},
  {"name": "ok", "type": "bool"}]},
"segments": {"dear": "fee >= 96", "cheap": "fee < 30"},
"channels": [
  {"id": "shop", "name": "营业厅", "kind": "own_shop", "mode": "active", "cost": 8, "daily_capacity": 500,
   "hours": [{"days": ["mon", "tue"], "from": "09:00", "until": "18:00"}], "classes": ["sales", "retention"],
   "preferred_when": "brand = 'Apple'"},
  {"id": "app", "kind": "digital"}],
"class_channels": {"sales": ["own_shop", "digital"], "service": []},
"policies": [
  {"id": "P2", "name": "two", "description": "second", "segment": "SEGMENT(dear)", "eligibility": "ok",
   "applicability": "fee > 1", "suitability": "fee > 2", "state": "test", "class": "retention", "tier": 2,
   "value": 120, "cost": 30, "lever": 1.2,
   "valid": {"from": "2026-11-01", "until": "2026-12-31", "time_zone": "Europe/Berlin"},
   "quota": 1000, "budget": 50000, "groups": ["deposit", "plan"],
   "channels": [{"id": "shop", "script": "{fee}元", "lever": 1.1}], "script": "hello"},
  {"id": "P1", "name": "one", "segment": "ok", "channels": ["app", "shop"]}],
"contact_rules": [
  {"id": "weekly", "kind": "cap", "most": 2, "per": "account", "of": "channel", "within": {"weeks": 1},
   "channels": ["shop"]},
  {"id": "declined", "kind": "cool_down", "after": "declined", "of": "policy", "within": {"rolling_days": 90}},
  {"id": "night", "kind": "quiet_hours", "hours": [{"from": "21:00", "until": "08:30"}]},
  {"id": "dnc", "kind": "do_not_contact", "when": "NOT ok"}],
"arbitration": {"primary": 4, "secondary": 5,
  "context": [{"when": "fee > 3", "weight": 1.5, "policies": ["P1"], "classes": ["sales"]}],
  "channel_choice": {"high_value_when": "fee > 200",
    "high_value": {"preference": 6, "response": 7, "cost": 8.5},
    "others": {"preference": 9, "response": 10, "cost": 11}}},
"propensity": {
  "constants": [{"policy": "P1", "channel": "app", "probability": 0.25}],
  "logistic": [{"policy": "P2", "channel": "shop", "intercept": -2.5, "terms": [
    {"tag": "brand", "category": "华为", "coefficient": 0.5, "missing": 0.125},
    {"tag": "fee", "coefficient": 0.0625}]}]},
"holdout": {"share": 0.02, "key": "2026"},
"monitors": [{"id": "wins", "rate": "success", "policies": ["P2"], "channels": ["app"], "target": 0.16,
  "slack": 0.75, "threshold": 4.5, "least": 33}],
"test_users": ["c2", "c1"]
})json";
}

}  // namespace muster
