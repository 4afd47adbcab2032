#include "policy/catalogue_reader.hpp"

#include <algorithm>
#include <utility>

#include "core/diagnostics.hpp"
#include "core/json_document.hpp"
#include "policy/catalogue_parts.hpp"
#include "tags/schema_json.hpp"

namespace muster {
namespace {

constexpr std::string_view catalogue_keys[] = {
    "version",    "time_zone",      "currency", "schema",        "segments",
    "channels",   "class_channels", "policies", "contact_rules", "arbitration",
    "propensity", "holdout",        "monitors", "test_users"};
constexpr std::string_view holdout_keys[] = {"share", "key"};

/// A part that may be missing.
struct TopLevelPart {
  std::string_view key;
  void (*read)(JsonNode node, CatalogueContext& context);
};
constexpr TopLevelPart parts_before_policies[] = {
    {"segments", read_segments}, {"channels", read_channels}, {"class_channels", read_class_table}};
constexpr TopLevelPart parts_after_policies[] = {
    {"contact_rules", read_contact_rules}, {"arbitration", read_arbitration},
    {"propensity", read_propensities},     {"holdout", read_holdout},
    {"monitors", read_monitors},           {"test_users", read_test_users}};

void read_parts(std::span<const TopLevelPart> parts, const JsonObject& top,
                CatalogueContext& context) {
  for (const TopLevelPart& part : parts) {
    if (const auto node = top.find(part.key)) part.read(*node, context);
  }
}

void read_top(JsonObject& top, CatalogueContext& context) {
  CatalogueText& text = context.text;
  text.version = top.string_or("version", "");
  text.currency = top.string_or("currency", "");
  if (const auto zone = top.find("time_zone")) {
    text.time_zone = context.zone(*zone, "'time_zone'").value_or(text.time_zone);
  }
  if (const auto schema = top.require("schema")) {
    text.schema = read_schema(*schema, context.limits, context.findings);
  }
  read_parts(parts_before_policies, top, context);
  if (const auto policies = top.require("policies")) {
    read_policies(*policies, context);
  } else {
    context.policies.set_incomplete();
  }
  read_parts(parts_after_policies, top, context);
  if (text.schema) check_rules(context);
}

Result<CatalogueText> finish(CatalogueContext& context) {
  auto& findings = context.findings;
  std::stable_sort(findings.begin(), findings.end(),
                   [](const auto& a, const auto& b) { return a.range.begin < b.range.begin; });
  const bool failed = std::any_of(findings.begin(), findings.end(), [](const auto& finding) {
    return finding.severity == Severity::error;
  });
  if (failed) return to_error(std::move(findings));
  context.text.warnings = std::move(findings);
  return std::move(context.text);
}

}  // namespace

void read_holdout(JsonNode node, CatalogueContext& context) {
  JsonObject object(node, "'holdout'", holdout_keys, context.findings);
  Holdout& holdout = context.text.holdout;
  holdout.share = number_or(object, "share", {0, 1}, 0, context.findings);
  holdout.key = object.string_or("key", "");
}

void read_test_users(JsonNode node, CatalogueContext& context) {
  auto& users = context.text.test_users;
  users = read_names(node, "'test_users'", "a test user", context);
  std::sort(users.begin(), users.end());
}

Result<CatalogueText> read_catalogue(std::string_view json, const Limits& limits) {
  const auto document = JsonDocument::parse(json, limits.max_catalogue_bytes);
  if (!document) return document.error();
  CatalogueContext context(limits, document->problems());
  JsonObject top(document->root(), "a catalogue", catalogue_keys, context.findings);
  if (top) read_top(top, context);
  return finish(context);
}

}  // namespace muster
