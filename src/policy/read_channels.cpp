#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "policy/catalogue_parts.hpp"

namespace muster {
namespace {

constexpr std::string_view channel_keys[] = {
    "id", "name", "kind", "mode", "cost", "daily_capacity", "hours", "classes", "preferred_when"};
constexpr std::string_view mode_words[] = {"cooperative", "active"};
constexpr NumberRange channel_cost{0, max_money};
constexpr NumberRange contact_count{0, max_count, true};

void check_prefix(const JsonObject& object, const Channel& channel, CatalogueContext& context) {
  for (const std::string_view prefix : {shop_desk_prefix, installer_desk_prefix}) {
    if (!channel.id.starts_with(prefix)) continue;
    context.note(Errc::bad_setting, object.find("id")->range(),
                 fmt::format("a channel's id must not begin with '{}', as desks do", prefix));
  }
}

void read_channel(JsonNode node, CatalogueContext& context) {
  JsonObject object(node, "a channel", channel_keys, context.findings);
  if (!object) return context.channels.set_incomplete();
  Channel channel;
  channel.id = context.channels.add(object, context);
  check_prefix(object, channel, context);
  channel.name = object.string_or("name", channel.id);
  const std::size_t before = context.findings.size();
  if (const auto kind = object.find("kind")) {
    channel.kind = read_enum<ChannelKind, channel_kinds>(*kind, "'kind'", context.findings)
                       .value_or(channel.kind);
  }
  channel.classes = read_classes(object, context);
  context.channel_sound.push_back(context.findings.size() == before);
  if (const auto mode = object.find("mode")) {
    channel.active = read_word(*mode, "'mode'", mode_words, context.findings).value_or(0) == 1;
  }
  channel.cost = number_or(object, "cost", channel_cost, 0, context.findings);
  channel.daily_capacity = static_cast<std::uint64_t>(
      number_or(object, "daily_capacity", contact_count, 0, context.findings));
  if (const auto hours = object.find("hours")) channel.hours = read_hours(*hours, context);
  channel.preferred_when = context.rule(object, "preferred_when");
  context.text.channels.push_back(std::move(channel));
}

}  // namespace

void read_channels(JsonNode node, CatalogueContext& context) {
  const std::size_t most = std::min<std::size_t>(context.limits.max_channels, any_channel);
  if (!expect_array(node, "'channels'", context.findings) ||
      !context.within(node, most, "channels", "max_channels")) {
    return context.channels.set_incomplete();
  }
  for (const JsonNode channel : node.elements()) read_channel(channel, context);
}

void read_class_table(JsonNode node, CatalogueContext& context) {
  const auto words = names_of<ServiceClass, service_classes>();
  const auto kinds = names_of<ChannelKind, channel_kinds>();
  const std::size_t before = context.findings.size();
  const JsonObject object(node, "'class_channels'", words, context.findings);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto row = object.find(words[i]);
    if (!row) continue;
    const bool none = row->kind() == JsonKind::array && row->size() == 0;
    const auto bits = none ? std::uint8_t{0}
                           : read_mask(*row, in_quotes(words[i]), "a channel kind", kinds, context);
    context.text.class_table.set(static_cast<ServiceClass>(i), bits);
  }
  context.table_sound = context.findings.size() == before;
}

}  // namespace muster
