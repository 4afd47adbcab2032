#include "policy/catalogue_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/diagnostics.hpp"
#include "core/json_document.hpp"
#include "core/text_hash.hpp"
#include "tags/schema_json.hpp"

namespace muster {
namespace {

constexpr std::array<std::string_view, 3> kTopKeys{"schema", "segments", "policies"};
constexpr std::array<std::string_view, 4> kPolicyKeys{"id", "name", "segment", "description"};

/// Reads one file, noting every finding on the way.
class Reader {
 public:
  Reader(const JsonDocument& document, const Limits& limits)
      : document_(document), limits_(limits) {
    findings_.assign(document.problems().begin(), document.problems().end());
  }

  Result<CatalogueText> read() {
    JsonObject top(document_.root(), "a catalogue", kTopKeys, findings_);
    if (top) read_parts(top);
    return finish();
  }

 private:
  void read_parts(JsonObject& top) {
    if (const auto node = top.require("schema")) {
      text_.schema = read_schema(*node, limits_, findings_);
    }
    if (const auto node = top.find("segments")) read_segments(*node);
    if (const auto node = top.require("policies")) read_policies(*node);
    if (text_.schema) check_rules();
  }

  void read_segments(JsonNode node) {
    if (!expect_object(node, "'segments'", findings_)) return;
    if (node.size() > limits_.max_segments) {
      return note(Errc::limit, node.range(),
                  fmt::format("{} segments are more than max_segments ({})", node.size(),
                              limits_.max_segments));
    }
    NameSet names;
    for (const JsonMember member : node.members()) {
      if (!names.insert(member.key).second) continue;  // the document has noted it
      const auto rule = read_string(member.value, "segment " + in_quotes(member.key), findings_);
      if (member.key.empty()) note(Errc::bad_tag, member.key_range, "a segment's name is empty");
      if (!rule || member.key.empty()) continue;
      text_.segments.push_back({std::string(member.key), std::string(*rule)});
      segment_nodes_.push_back(member.value);
    }
  }

  void read_policies(JsonNode node) {
    if (!expect_array(node, "'policies'", findings_)) return;
    if (node.size() > limits_.max_rules) {
      return note(
          Errc::limit, node.range(),
          fmt::format("{} policies are more than max_rules ({})", node.size(), limits_.max_rules));
    }
    NameSet ids;
    for (const JsonNode policy : node.elements()) read_policy(policy, ids);
  }

  void read_policy(JsonNode node, NameSet& ids) {
    JsonObject object(node, "a policy", kPolicyKeys, findings_);
    if (!object) return;
    Policy policy;
    policy.id = object.require_string("id").value_or("");
    policy.name = object.require_string("name").value_or("");
    policy.description = object.string_or("description", "");
    const auto segment = object.require_string("segment");
    note_id(object, ids);
    if (!segment) return;
    policy.segment = *segment;
    text_.policies.push_back(std::move(policy));
    policy_nodes_.push_back(*object.find("segment"));
  }

  void note_id(const JsonObject& policy, NameSet& ids) {
    const auto node = policy.find("id");
    if (!node || node->kind() != JsonKind::string) return;  // noted already
    if (node->string().empty()) return note(Errc::bad_tag, node->range(), "a policy's id is empty");
    if (ids.insert(node->string()).second) return;
    note(Errc::duplicate_name, node->range(),
         fmt::format("another policy has the id {} already", in_quotes(node->string())));
  }

  void check_rules() {
    Checker checker(*text_.schema, limits_);
    for (std::size_t i = 0; i < text_.segments.size(); ++i) define(checker, i);
    const auto of_segments = checker.check_segments();
    for (std::size_t i = 0; i < of_segments.size(); ++i) {
      note_all(segment_nodes_[i], of_segments[i]);
    }
    Formula formula;
    for (std::size_t i = 0; i < text_.policies.size(); ++i) check_policy(checker, i);
  }

  void define(Checker& checker, std::size_t segment) {
    const auto& [name, rule] = text_.segments[segment];
    if (auto defined = checker.define(name, rule); !defined) {
      note_error(segment_nodes_[segment], defined.error());
    }
  }

  void check_policy(Checker& checker, std::size_t policy) {
    const JsonNode node = policy_nodes_[policy];
    auto checked = checker.check(text_.policies[policy].segment);
    if (checked) {
      note_all(node, checked->warnings);
    } else {
      note_error(node, checked.error());
    }
  }

  void note(Errc code, ByteRange range, std::string message) {
    findings_.push_back({Severity::error, code, range, std::move(message), {}});
  }

  /// Findings about a rule, moved from its text to where that stands in the file.
  void note_all(JsonNode rule, std::span<const Diagnostic> findings) {
    for (Diagnostic finding : findings) {
      finding.range = rule.source_range(finding.range);
      findings_.push_back(std::move(finding));
    }
  }

  void note_error(JsonNode rule, const Error& error) {
    note_all(rule, error.diagnostics);
    if (error.diagnostics.empty()) note(error.code, rule.range(), error.message);
  }

  Result<CatalogueText> finish() {
    std::stable_sort(findings_.begin(), findings_.end(),
                     [](const auto& a, const auto& b) { return a.range.begin < b.range.begin; });
    const bool failed = std::any_of(findings_.begin(), findings_.end(), [](const auto& finding) {
      return finding.severity == Severity::error;
    });
    if (failed) return to_error(std::move(findings_));
    text_.warnings = std::move(findings_);
    return std::move(text_);
  }

  const JsonDocument& document_;
  const Limits& limits_;
  CatalogueText text_;
  std::vector<JsonNode> segment_nodes_;
  std::vector<JsonNode> policy_nodes_;
  std::vector<Diagnostic> findings_;
};

}  // namespace

Result<CatalogueText> read_catalogue(std::string_view json, const Limits& limits) {
  auto document = JsonDocument::parse(json, limits.max_catalogue_bytes);
  if (!document) return document.error();
  return Reader(*document, limits).read();
}

}  // namespace muster
