// What a promotion gives, and what a MusterPromotion says besides.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/diagnostics.hpp"
#include "core/json_values.hpp"
#include "core/suggest.hpp"
#include "policy/policy_ranges.hpp"
#include "policy/tmf671_reader.hpp"
#include "policy/tmf671_words.hpp"

namespace muster::tmf671 {
namespace {

constexpr std::string_view action_keys[] = {"id", "actionType", "actionValue", "actionEntityRef"};
constexpr std::string_view reference_keys[] = {"id", "href", "name"};
constexpr std::string_view channel_keys[] = {"id", "script", "lever"};

double read_amount(JsonObject& action, Reading& reading) {
  const auto text = action.require_string("actionValue");
  if (!text) return 0;
  double amount = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), amount);
  if (error == std::errc() && end == text->data() + text->size() && amount >= 0 &&
      amount <= max_money) {
    return amount;
  }
  reading.note(Errc::bad_number, action.find("actionValue")->range(),
               fmt::format("'actionValue' must be a number from 0 to {}, not {}", max_money,
                           in_quotes(*text)));
  return 0;
}

void read_reference(JsonNode node, bool award, Policy& policy, Reading& reading) {
  JsonObject reference = open_object(node, "'actionEntityRef'", reference_keys, reading);
  const auto id = reference.require_string("id");
  const std::string_view type = reference.string_or("@referredType", award ? "" : offering_type);
  if (!id || type != offering_type) return;
  if (policy.offering.empty()) {
    policy.offering = *id;
  } else if (policy.offering != *id) {
    reading.note(Errc::bad_setting, node.range(),
                 fmt::format("a policy is for one product offering; an action before is on {}",
                             in_quotes(policy.offering)));
  }
}

void read_groups(JsonNode list, Policy& policy, Reading& reading) {
  if (!expect_array(list, "'exclusionGroup'", reading.findings)) return;
  NameSet seen;
  for (const JsonNode entry : list.elements()) {
    const auto group = read_string(entry, "an exclusion group", reading.findings);
    if (!group) continue;
    if (group->empty()) {
      reading.note(Errc::bad_setting, entry.range(), "an exclusion group may not be empty");
    } else if (!seen.insert(*group).second) {
      reading.note(Errc::duplicate_name, entry.range(), "an exclusion group is named twice");
    }
    policy.groups.emplace_back(*group);
  }
}

std::optional<ChannelId> find_channel(JsonNode node, std::string_view id, Reading& reading) {
  const auto found = reading.channel_ids.find(id);
  if (found != reading.channel_ids.end()) return found->second;
  Suggestion meant(id);
  if (reading.suggestions.spend(reading.channels.size())) {
    for (const Channel& channel : reading.channels) meant.offer(channel.id);
  }
  reading.note(Errc::unknown_channel, node.range(),
               fmt::format("unknown channel {}", in_quotes(id)), meant.best());
  return std::nullopt;
}

void read_channel(JsonNode node, NameSet& seen, Policy& policy, Reading& reading) {
  JsonObject object = open_object(node, "a channel", channel_keys, reading);
  PolicyChannel channel;
  channel.script = object.string_or("script", "");
  channel.lever = number_or(object, "lever", lever_range, 1, reading.findings);
  const auto id = object.require_string("id");
  if (!id) return;
  const JsonNode id_node = *object.find("id");
  const auto found = find_channel(id_node, *id, reading);
  if (!found) return;
  if (!seen.insert(*id).second) {
    return reading.note(Errc::duplicate_name, id_node.range(), "a channel is named twice");
  }
  channel.channel = *found;
  policy.channels.push_back(std::move(channel));
}

void read_channels(JsonNode list, Policy& policy, Reading& reading) {
  if (!expect_entries(list, "'channel'", reading.findings)) return;
  NameSet seen;
  for (const JsonNode entry : list.elements()) read_channel(entry, seen, policy, reading);
  std::sort(policy.channels.begin(), policy.channels.end(),
            [](const auto& a, const auto& b) { return a.channel < b.channel; });
}

}  // namespace

void read_actions(JsonNode actions, bool award, Policy& policy, Reading& reading) {
  if (!expect_entries(actions, "'action'", reading.findings)) return;
  for (const JsonNode node : actions.elements()) {
    JsonObject action = open_object(node, "an action", action_keys, reading);
    const auto type = action.require_string("actionType");
    if (type && *type == money_action) policy.cost += read_amount(action, reading);
    if (const auto entity = action.find("actionEntityRef")) {
      read_reference(*entity, award, policy, reading);
    }
  }
  if (policy.cost > max_money) {
    reading.note(Errc::bad_setting, actions.range(),
                 fmt::format("the actions give more than {}", max_money));
  }
}

void read_extension(JsonObject& promotion, Policy& policy, Reading& reading) {
  const auto number = [&](std::string_view key, NumberRange range, double usual) {
    return number_or(promotion, key, range, usual, reading.findings);
  };
  policy.value = number("value", value_range, 0);
  policy.lever = number("lever", lever_range, 1);
  policy.quota = static_cast<std::uint64_t>(number("quota", quota_range, 0));
  policy.budget = number("budget", money_range, 0);
  policy.script = promotion.string_or("script", "");
  if (const auto groups = promotion.find("exclusionGroup")) read_groups(*groups, policy, reading);
  if (const auto channels = promotion.find("channel")) read_channels(*channels, policy, reading);
}

}  // namespace muster::tmf671
