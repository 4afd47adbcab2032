#include "policy/catalogue_context.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/utf8.hpp"
#include "muster/policy/script.hpp"

namespace muster {
std::string CatalogueIds::add(JsonObject& entry, CatalogueContext& context) {
  const auto position = static_cast<std::uint32_t>(ids_.size());
  const auto id = entry.require_string("id");
  ids_.push_back(id.value_or(""));
  if (!id) {
    set_incomplete();
    return {};
  }
  const ByteRange range = entry.find("id")->range();
  if (id->empty()) {
    context.note(Errc::bad_setting, range, fmt::format("a {}'s id is empty", noun_));
  } else if (has_control(*id)) {
    context.note(Errc::bad_setting, range,
                 fmt::format("a {}'s id holds a control character: {}", noun_, in_quotes(*id)));
  } else if (!positions_.emplace(*id, position).second) {
    context.note(Errc::duplicate_name, range,
                 fmt::format("another {} has the id {} already", noun_, in_quotes(*id)));
  }
  return std::string(*id);
}

std::optional<std::uint32_t> CatalogueIds::find(JsonNode reference,
                                                CatalogueContext& context) const {
  const auto id = read_string(reference, fmt::format("a {}'s id", noun_), context.findings);
  if (!id) return std::nullopt;
  if (const auto found = positions_.find(*id); found != positions_.end()) return found->second;
  if (!complete_) return std::nullopt;
  context.note(unknown_, reference.range(), fmt::format("unknown {} {}", noun_, in_quotes(*id)),
               context.meant(*id, ids_));
  return std::nullopt;
}

void CatalogueContext::note(Errc code, ByteRange range, std::string message,
                            std::string suggestion) {
  findings.push_back({Severity::error, code, range, std::move(message), std::move(suggestion)});
}

void CatalogueContext::note_twice(JsonNode entry, std::string_view noun) {
  note(Errc::duplicate_name, entry.range(), fmt::format("{} is named twice", noun));
}

void CatalogueContext::note_all(JsonNode node, std::span<const Diagnostic> about_text) {
  for (Diagnostic finding : about_text) {
    finding.range = node.source_range(finding.range);
    findings.push_back(std::move(finding));
  }
}

void CatalogueContext::note_error(JsonNode node, const Error& error) {
  note_all(node, error.diagnostics);
  if (error.diagnostics.empty()) note(error.code, node.range(), error.message);
}

bool CatalogueContext::within(JsonNode list, std::size_t most, std::string_view noun,
                              std::string_view limit) {
  if (list.size() <= most) return true;
  note(Errc::limit, list.range(),
       fmt::format("{} {} are more than {} ({})", list.size(), noun, limit, most));
  return false;
}

std::string CatalogueContext::rule(JsonObject& object, std::string_view key) {
  const auto node = object.find(key);
  const auto written = node ? read_string(*node, in_quotes(key), findings) : std::nullopt;
  if (!written) return {};
  rules.push_back(*node);
  return std::string(*written);
}

std::string CatalogueContext::required_rule(JsonObject& object, std::string_view key) {
  object.require(key);
  return rule(object, key);
}

void CatalogueContext::check_script(JsonNode node, std::string_view written, const Schema& schema) {
  const std::size_t tags = std::max<std::size_t>(schema.size(), 1);
  const std::size_t most = std::min(suggestions.left() / tags, most_script_suggestions);
  const auto parsed = Script::parse(written, schema, most);
  if (parsed) return;
  suggestions.spend(std::min(most, parsed.error().diagnostics.size()) * tags);
  note_error(node, parsed.error());
}

std::string CatalogueContext::script(JsonObject& object, std::string_view key) {
  const auto node = object.find(key);
  const auto written = node ? read_string(*node, in_quotes(key), findings) : std::nullopt;
  if (!written) return {};
  if (text.schema) check_script(*node, *written, *text.schema);
  return std::string(*written);
}

std::optional<TimeZone> CatalogueContext::zone(JsonNode node, std::string_view what) {
  const auto name = read_string(node, what, findings);
  if (!name) return std::nullopt;
  if (const auto known = zones.find(*name); known != zones.end()) return known->second;
  auto found = TimeZone::find(*name);
  if (found) {
    zones.emplace(*name, *found);
    return std::move(*found);
  }
  note(found.error().code, node.range(), found.error().message);
  return std::nullopt;
}

std::uint8_t read_mask(JsonNode list, std::string_view what, std::string_view noun,
                       std::span<const std::string_view> words, CatalogueContext& context) {
  const auto found = read_distinct<std::size_t>(list, what, noun, context, [&](JsonNode word) {
    return read_word(word, noun, words, context.findings);
  });
  unsigned mask = 0;
  for (const std::size_t word : found) mask |= 1U << word;
  return static_cast<std::uint8_t>(mask);
}

std::uint8_t read_classes(const JsonObject& object, CatalogueContext& context) {
  const auto node = object.find("classes");
  if (!node) return 0x3f;
  return read_mask(*node, "'classes'", "a service class", names_of<ServiceClass, service_classes>(),
                   context);
}

std::vector<ChannelId> read_channel_list(const JsonObject& object, CatalogueContext& context) {
  const auto node = object.find("channels");
  if (!node) return {};
  const auto read = [&](JsonNode entry) { return context.channels.find(entry, context); };
  const auto found = read_distinct<std::uint32_t>(*node, "'channels'", "a channel", context, read);
  std::vector<ChannelId> channels(found.begin(), found.end());
  std::sort(channels.begin(), channels.end());
  return channels;
}

std::vector<PolicyId> read_policy_list(const JsonObject& object, CatalogueContext& context) {
  const auto node = object.find("policies");
  if (!node) return {};
  const auto read = [&](JsonNode entry) { return context.policies.find(entry, context); };
  auto policies = read_distinct<PolicyId>(*node, "'policies'", "a policy", context, read);
  std::sort(policies.begin(), policies.end());
  return policies;
}

std::vector<std::string> read_names(JsonNode list, std::string_view what, std::string_view noun,
                                    CatalogueContext& context) {
  std::vector<std::string> names;
  if (!expect_array(list, what, context.findings)) return names;
  NameSet seen;
  for (const JsonNode entry : list.elements()) {
    const auto name = read_string(entry, noun, context.findings);
    if (!name) continue;
    if (name->empty()) {
      context.note(Errc::bad_setting, entry.range(), fmt::format("{} may not be empty", noun));
    } else if (!seen.insert(*name).second) {
      context.note_twice(entry, noun);
    }
    names.emplace_back(*name);
  }
  return names;
}

}  // namespace muster
