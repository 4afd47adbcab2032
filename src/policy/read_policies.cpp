#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "policy/catalogue_parts.hpp"
#include "policy/policy_ranges.hpp"

namespace muster {
namespace {

constexpr std::string_view policy_keys[] = {
    "id",    "name",   "description", "segment",  "eligibility", "applicability", "suitability",
    "state", "tier",   "class",       "value",    "cost",        "lever",         "valid",
    "quota", "budget", "groups",      "channels", "script",      "offering"};
constexpr std::string_view policy_channel_keys[] = {"id", "script", "lever"};

/// Reads one policy.
class PolicyReader {
 public:
  PolicyReader(JsonNode node, CatalogueContext& context)
      : context_(context),
        findings_(context.findings),
        object_(node, "a policy", policy_keys, context.findings) {}

  void read() {
    if (!object_) return context_.policies.set_incomplete();
    policy_.id = context_.policies.add(object_, context_);
    read_texts();
    read_worth();
    read_limits();
    read_class();
    if (const auto channels = object_.find("channels")) read_channels_of(*channels);
    context_.text.policies.push_back(std::move(policy_));
  }

 private:
  void read_texts() {
    policy_.name = object_.require_string("name").value_or("");
    policy_.description = object_.string_or("description", "");
    policy_.segment = context_.required_rule(object_, "segment");
    policy_.eligibility = context_.rule(object_, "eligibility");
    policy_.applicability = context_.rule(object_, "applicability");
    policy_.suitability = context_.rule(object_, "suitability");
    policy_.script = context_.script(object_, "script");
    policy_.offering = object_.string_or("offering", "");
  }

  void read_worth() {
    if (const auto state = object_.find("state")) {
      policy_.state = read_enum<PolicyState, policy_states>(*state, "'state'", findings_)
                          .value_or(policy_.state);
    }
    policy_.tier = static_cast<std::int32_t>(number("tier", tier_range, 1));
    policy_.value = number("value", value_range, 0);
    policy_.cost = number("cost", money_range, 0);
    policy_.lever = number("lever", lever_range, 1);
  }

  void read_limits() {
    if (const auto valid = object_.find("valid")) policy_.valid = read_validity(*valid, context_);
    policy_.quota = static_cast<std::uint64_t>(number("quota", quota_range, 0));
    policy_.budget = number("budget", money_range, 0);
    if (const auto groups = object_.find("groups")) {
      policy_.groups = read_names(*groups, "'groups'", "a group", context_);
    }
  }

  void read_class() {
    const auto node = object_.find("class");
    if (!node) return;
    const auto found = read_enum<ServiceClass, service_classes>(*node, "'class'", findings_);
    class_known_ = found.has_value();
    policy_.service_class = found.value_or(policy_.service_class);
  }

  void read_channels_of(JsonNode list) {
    if (!expect_entries(list, "'channels'", findings_)) return;
    for (const JsonNode entry : list.elements()) read_channel_of(entry);
    auto& channels = policy_.channels;
    std::sort(channels.begin(), channels.end(),
              [](const auto& a, const auto& b) { return a.channel < b.channel; });
  }

  void read_channel_of(JsonNode entry) {
    if (entry.kind() != JsonKind::object) return add_channel(entry, {});
    JsonObject object(entry, "a policy's channel", policy_channel_keys, findings_);
    PolicyChannel channel;
    channel.script = context_.script(object, "script");
    channel.lever = number_or(object, "lever", lever_range, 1, findings_);
    if (const auto id = object.require("id")) add_channel(*id, std::move(channel));
  }

  void add_channel(JsonNode id, PolicyChannel channel) {
    const auto found = context_.channels.find(id, context_);
    if (!found) return;
    channel.channel = static_cast<ChannelId>(*found);
    const bool again =
        std::any_of(policy_.channels.begin(), policy_.channels.end(),
                    [&](const PolicyChannel& other) { return other.channel == channel.channel; });
    if (again) return context_.note_twice(id, "a channel");
    check_channel(id, channel.channel);
    policy_.channels.push_back(std::move(channel));
  }

  /// A policy may narrow what its class allows, never widen it.
  void check_channel(JsonNode id, ChannelId position) {
    if (!class_known_ || !context_.channel_sound[position]) return;
    const Channel& channel = context_.text.channels[position];
    const std::string_view of_class = name(policy_.service_class);
    const auto bit = static_cast<unsigned>(policy_.service_class);
    if (context_.table_sound &&
        !context_.text.class_table.may_carry(channel.kind, policy_.service_class)) {
      context_.note(Errc::bad_setting, id.range(),
                    fmt::format("a policy of class {} may not use channel {}, of kind {}", of_class,
                                in_quotes(channel.id), name(channel.kind)));
    } else if ((channel.classes >> bit & 1) == 0) {
      context_.note(Errc::bad_setting, id.range(),
                    fmt::format("channel {}, of kind {}, does not carry policies of class {}",
                                in_quotes(channel.id), name(channel.kind), of_class));
    }
  }

  double number(std::string_view key, NumberRange range, double fallback) {
    return number_or(object_, key, range, fallback, findings_);
  }

  CatalogueContext& context_;
  std::vector<Diagnostic>& findings_;
  JsonObject object_;
  Policy policy_;
  bool class_known_ = true;
};

}  // namespace

void read_policies(JsonNode node, CatalogueContext& context) {
  if (!expect_array(node, "'policies'", context.findings) ||
      !context.within(node, context.limits.max_rules, "policies", "max_rules")) {
    return context.policies.set_incomplete();
  }
  for (const JsonNode policy : node.elements()) PolicyReader(policy, context).read();
}

}  // namespace muster
