#include "core/diagnostics.hpp"
#include "policy/catalogue_parts.hpp"

namespace muster {
namespace {

constexpr std::string_view arbitration_keys[] = {"primary", "secondary", "context",
                                                 "channel_choice"};
constexpr std::string_view context_keys[] = {"when", "weight", "policies", "classes"};
constexpr std::string_view choice_keys[] = {"high_value_when", "high_value", "others"};
constexpr std::string_view weight_keys[] = {"preference", "response", "cost"};

constexpr NumberRange weight_range{0, max_weight};

std::uint32_t shown_or(const JsonObject& object, std::string_view key, double least,
                       std::uint32_t fallback, CatalogueContext& context) {
  return static_cast<std::uint32_t>(
      number_or(object, key, {least, max_shown, true}, fallback, context.findings));
}

void read_context_weight(JsonNode node, CatalogueContext& context) {
  JsonObject object(node, "a context weight", context_keys, context.findings);
  if (!object) return;
  ContextWeight weight;
  weight.when = context.required_rule(object, "when");
  weight.weight = require_number(object, "weight", weight_range, context.findings);
  weight.policies = read_policy_list(object, context);
  weight.classes = read_classes(object, context);
  context.text.arbitration.context.push_back(std::move(weight));
}

void read_context(JsonNode weights, CatalogueContext& context) {
  if (!expect_array(weights, "'context'", context.findings)) return;
  const std::size_t most = context.limits.max_context_weights;
  if (!context.within(weights, most, "context weights", "max_context_weights")) return;
  for (const JsonNode weight : weights.elements()) read_context_weight(weight, context);
}

void read_weights(const JsonObject& choice, std::string_view key, ChannelWeights& weights,
                  CatalogueContext& context) {
  const auto node = choice.find(key);
  if (!node) return;
  const std::string what = in_quotes(key);
  const JsonObject object(*node, what, weight_keys, context.findings);
  const auto weight = [&](std::string_view name, double fallback) {
    return number_or(object, name, weight_range, fallback, context.findings);
  };
  weights = {weight("preference", weights.preference), weight("response", weights.response),
             weight("cost", weights.cost)};
}

void read_channel_choice(JsonNode node, CatalogueContext& context) {
  JsonObject object(node, "'channel_choice'", choice_keys, context.findings);
  Arbitration& arbitration = context.text.arbitration;
  arbitration.high_value_when = context.rule(object, "high_value_when");
  read_weights(object, "high_value", arbitration.high_value, context);
  read_weights(object, "others", arbitration.others, context);
}

}  // namespace

void read_arbitration(JsonNode node, CatalogueContext& context) {
  const JsonObject object(node, "'arbitration'", arbitration_keys, context.findings);
  if (!object) return;
  Arbitration& arbitration = context.text.arbitration;
  arbitration.primary = shown_or(object, "primary", 1, arbitration.primary, context);
  arbitration.secondary = shown_or(object, "secondary", 0, arbitration.secondary, context);
  if (const auto weights = object.find("context")) read_context(*weights, context);
  if (const auto choice = object.find("channel_choice")) read_channel_choice(*choice, context);
}

}  // namespace muster
