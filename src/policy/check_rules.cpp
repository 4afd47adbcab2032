#include <fmt/format.h>

#include "core/diagnostics.hpp"
#include "policy/catalogue_parts.hpp"

namespace muster {
namespace {

void define_segments(Checker& checker, CatalogueContext& context) {
  for (std::size_t i = 0; i < context.text.segments.size(); ++i) {
    const auto& [name, rule] = context.text.segments[i];
    if (auto defined = checker.define(name, rule); !defined) {
      context.note_error(context.segment_rules[i], defined.error());
    }
  }
  const auto findings = checker.check_segments();
  for (std::size_t i = 0; i < findings.size(); ++i) {
    context.note_all(context.segment_rules[i], findings[i]);
  }
}

/// Errors or warnings of a rule.
std::vector<Diagnostic> findings_of(Checker& checker, std::string_view rule) {
  auto checked = checker.check(rule);
  if (checked) return std::move(checked->warnings);
  Error error = checked.error();
  if (error.diagnostics.empty()) {
    error.diagnostics.push_back(
        {Severity::error, error.code, {0, rule.size()}, std::move(error.message), {}});
  }
  return std::move(error.diagnostics);
}

}  // namespace

void read_segments(JsonNode node, CatalogueContext& context) {
  if (!expect_object(node, "'segments'", context.findings)) return;
  if (!context.within(node, context.limits.max_segments, "segments", "max_segments")) return;
  NameSet names;
  for (const JsonMember member : node.members()) {
    if (!names.insert(member.key).second) continue;  // the document has noted it
    const auto rule =
        read_string(member.value, "segment " + in_quotes(member.key), context.findings);
    if (member.key.empty()) {
      context.note(Errc::bad_setting, member.key_range, "a segment's name is empty");
    }
    if (!rule || member.key.empty()) continue;
    context.text.segments.push_back({std::string(member.key), std::string(*rule)});
    context.segment_rules.push_back(member.value);
  }
}

void check_rules(CatalogueContext& context) {
  Checker checker(*context.text.schema, context.limits);
  define_segments(checker, context);
  // Many policies say the same: each text is checked once.
  std::vector<std::vector<Diagnostic>> found(1);  // the first is that of all which are right
  NameMap<std::uint32_t> checked;
  for (const JsonNode rule : context.rules) {
    const auto [known, fresh] = checked.try_emplace(rule.string(), 0);
    if (fresh) {
      if (auto findings = findings_of(checker, rule.string()); !findings.empty()) {
        known->second = static_cast<std::uint32_t>(found.size());
        found.push_back(std::move(findings));
      }
    }
    context.note_all(rule, found[known->second]);
  }
}

}  // namespace muster
