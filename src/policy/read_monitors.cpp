#include "core/diagnostics.hpp"
#include "policy/catalogue_parts.hpp"

namespace muster {
namespace {

constexpr std::string_view monitor_keys[] = {"id",     "rate",  "policies",  "channels",
                                             "target", "slack", "threshold", "least"};

void read_monitor(JsonNode node, CatalogueIds& ids, CatalogueContext& context) {
  auto& findings = context.findings;
  JsonObject object(node, "a monitor", monitor_keys, findings);
  if (!object) return;
  RateMonitor monitor;
  monitor.id = ids.add(object, context);
  if (const auto rate = object.require("rate")) {
    monitor.rate =
        read_enum<WatchedRate, watched_rates>(*rate, "'rate'", findings).value_or(monitor.rate);
  }
  monitor.policies = read_policy_list(object, context);
  monitor.channels = read_channel_list(object, context);
  monitor.target = require_number(object, "target", {least_target, 1 - least_target}, findings);
  monitor.slack = number_or(object, "slack", {0, max_deviation}, monitor.slack, findings);
  monitor.threshold =
      number_or(object, "threshold", {least_target, max_deviation}, monitor.threshold, findings);
  monitor.least = static_cast<std::uint32_t>(
      number_or(object, "least", {1, max_least_cases, true}, monitor.least, findings));
  context.text.monitors.push_back(std::move(monitor));
}

}  // namespace

void read_monitors(JsonNode node, CatalogueContext& context) {
  if (!expect_array(node, "'monitors'", context.findings)) return;
  if (!context.within(node, max_monitors, "monitors", "max_monitors")) return;
  CatalogueIds ids("monitor", Errc::bad_setting);
  for (const JsonNode monitor : node.elements()) read_monitor(monitor, ids, context);
}

}  // namespace muster
