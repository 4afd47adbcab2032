#include <fmt/core.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/json_document.hpp"
#include "core/suggest.hpp"

namespace muster {
namespace {

std::string_view kind_name(JsonNode node) {
  switch (node.kind()) {
    case JsonKind::null:
      return "null";
    case JsonKind::boolean:
      return node.boolean() ? "true" : "false";
    case JsonKind::number:
      return "a number";
    case JsonKind::string:
      return "a string";
    case JsonKind::array:
      return "an array";
    case JsonKind::object:
      return "an object";
  }
  return "nothing";
}

bool expect(JsonNode node, JsonKind kind, std::string_view what, std::string_view wanted,
            std::vector<Diagnostic>& errors) {
  if (node.kind() == kind) return true;
  errors.push_back({Severity::error,
                    Errc::json_type,
                    node.range(),
                    fmt::format("{} must be {}, not {}", what, wanted, kind_name(node)),
                    {}});
  return false;
}

}  // namespace

std::optional<std::string_view> read_string(JsonNode node, std::string_view what,
                                            std::vector<Diagnostic>& errors) {
  if (!expect(node, JsonKind::string, what, "a string", errors)) return std::nullopt;
  return node.string();
}

std::optional<bool> read_boolean(JsonNode node, std::string_view what,
                                 std::vector<Diagnostic>& errors) {
  if (!expect(node, JsonKind::boolean, what, "true or false", errors)) return std::nullopt;
  return node.boolean();
}

bool expect_number(JsonNode node, std::string_view what, std::vector<Diagnostic>& errors) {
  return expect(node, JsonKind::number, what, "a number", errors);
}

bool expect_array(JsonNode node, std::string_view what, std::vector<Diagnostic>& errors) {
  return expect(node, JsonKind::array, what, "an array", errors);
}

bool expect_object(JsonNode node, std::string_view what, std::vector<Diagnostic>& errors) {
  return expect(node, JsonKind::object, what, "an object", errors);
}

JsonObject::JsonObject(JsonNode node, std::string_view what, std::span<const std::string_view> keys,
                       std::vector<Diagnostic>& errors)
    : node_(node), what_(what), errors_(&errors) {
  if (!expect_object(node, what, errors)) return;
  for (const JsonMember member : node.members()) {
    if (std::find(keys.begin(), keys.end(), member.key) != keys.end()) continue;
    errors.push_back({Severity::error, Errc::json_unknown_key, member.key_range,
                      fmt::format("{} has no key {}", what, in_quotes(member.key)),
                      suggest(member.key, keys)});
  }
}

std::optional<JsonNode> JsonObject::require(std::string_view key) {
  const std::optional<JsonNode> value = find(key);
  if (!value && *this) {
    const std::size_t begin = node_.range().begin;
    errors_->push_back({Severity::error,
                        Errc::json_missing_key,
                        {begin, begin + 1},
                        fmt::format("{} needs the key {}", what_, in_quotes(key)),
                        {}});
  }
  return value;
}

std::optional<std::string_view> JsonObject::require_string(std::string_view key) {
  const std::optional<JsonNode> value = require(key);
  if (!value) return std::nullopt;
  return read_string(*value, in_quotes(key), *errors_);
}

std::string_view JsonObject::string_or(std::string_view key, std::string_view fallback) {
  const std::optional<JsonNode> value = find(key);
  return value ? read_string(*value, in_quotes(key), *errors_).value_or(fallback) : fallback;
}

bool JsonObject::boolean_or(std::string_view key, bool fallback) {
  const std::optional<JsonNode> value = find(key);
  return value ? read_boolean(*value, in_quotes(key), *errors_).value_or(fallback) : fallback;
}

}  // namespace muster
