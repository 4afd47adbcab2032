// Any bytes as a decision record, as they are and behind a head and before a checksum that are
// right: refused, or replayed to the same bytes each time, and explained.
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/checksum.hpp"
#include "decide/record_bytes.hpp"
#include "decide/record_format.hpp"
#include "muster/decide/engine.hpp"
#include "muster/decide/tmf680.hpp"
#include "require.hpp"

namespace {

constexpr const char* catalogue_json = R"json({
  "version": "1", "time_zone": "Europe/Berlin",
  "schema": {"key": "id", "tags": [
    {"name": "fee", "type": "number"},
    {"name": "arpu", "type": "number", "nullable": true},
    {"name": "vip", "type": "bool", "nullable": true},
    {"name": "brand", "type": "category", "nullable": true, "values": ["Apple", "华为"]},
    {"name": "likes", "type": "set", "nullable": true, "values": ["sms", "app"]},
    {"name": "ends", "type": "date", "nullable": true},
    {"name": "ratio", "type": "number", "derived": "arpu / fee"}]},
  "channels": [
    {"id": "sms", "mode": "active", "cost": 1, "hours": [{"from": "21:00", "until": "09:00"}]},
    {"id": "shop", "kind": "own_shop", "cost": 4, "preferred_when": "likes HAS ANY ('app')"}],
  "policies": [
    {"id": "A", "name": "a", "segment": "fee >= 96 AND NOT vip", "value": 100, "quota": 5,
     "groups": ["g"], "script": "{fee} {brand} {likes} {ends} {ratio}"},
    {"id": "B", "name": "b", "segment": "days_until(ends) <= 60 OR ratio > 1", "value": 50,
     "class": "retention", "budget": 10, "cost": 3, "groups": ["g"]},
    {"id": "C", "name": "c", "segment": "brand = '华为'", "state": "test",
     "valid": {"from": "2026-01-01"}}],
  "contact_rules": [
    {"id": "cap", "kind": "cap", "most": 2, "within": {"weeks": 1}, "per": "household"},
    {"id": "cool", "kind": "cool_down", "after": "declined", "of": "group",
     "within": {"rolling_days": 90}}],
  "propensity": {
    "constants": [{"probability": 0.1}],
    "logistic": [{"policy": "A", "intercept": -1, "terms": [{"tag": "arpu", "coefficient": 0.01}]}]},
  "holdout": {"share": 0.5, "key": "k"}, "test_users": ["c1"]})json";

struct World {
  World() { engine.deploy(catalogue).value(); }

  std::vector<std::byte> completed(std::span<const std::byte> rest) const {
    muster::RecordWriter out;
    out.put_raw(muster::record_magic);
    out.put(1);
    out.put_text(catalogue.version());
    out.put_whole(catalogue.content_hash());
    out.put_whole(catalogue.schema().fingerprint());
    out.bytes().insert(out.bytes().end(), rest.begin(), rest.end());
    out.put_whole(muster::checksum(out.bytes().data(), out.bytes().size()));
    return out.bytes();
  }

  muster::Catalogue catalogue = muster::Catalogue::from_json(catalogue_json).value();
  muster::Engine engine;
};

void judge(const World& world, std::span<const std::byte> record) {
  const auto view = world.engine.replay(record);
  if (!view) require(!view.error().message.empty(), "a refusal says why");
  for (const muster::Policy& policy : world.catalogue.policies()) {
    const auto reason = world.engine.explain(record, policy.id);
    require(reason.has_value() == view.has_value(), "what is replayed is explained");
    if (!reason) continue;
    for (const auto language : {muster::Language::english, muster::Language::chinese}) {
      require(!to_text(*reason, world.catalogue, language).empty(), "a reason can be told");
    }
  }
  if (!view) return;
  require(world.engine.replay(record)->to_json() == view->to_json(), "a replay repeats itself");
  require(!muster::to_tmf680(*view).empty(), "a view becomes a recommendation");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const World world;
  const auto bytes = std::as_bytes(std::span(data, size));
  judge(world, bytes);
  judge(world, world.completed(bytes));
  return 0;
}
