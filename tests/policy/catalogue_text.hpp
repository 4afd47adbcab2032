#pragma once

#include <string>
#include <vector>

#include "muster/policy/catalogue.hpp"

namespace muster {

/// A schema with a tag of every kind, and room for segments and policies.
inline std::string catalogue_json(const std::string& segments, const std::string& policies) {
  return R"({"schema": {"key": "id", "tags": [
  {"name": "fee", "type": "number"},
  {"name": "used_gb", "type": "number", "nullable": true},
  {"name": "plan_gb", "type": "number"},
  {"name": "ratio", "type": "number", "derived": "used_gb / plan_gb"},
  {"name": "complained", "type": "bool", "nullable": true},
  {"name": "brand", "type": "category", "values": ["Apple", "华为"]},
  {"name": "interests", "type": "set", "values": ["video", "game"]},
  {"name": "合约到期", "type": "date", "nullable": true}
]},
"segments": {)" +
         segments + "},\n\"policies\": [" + policies + "]}";
}

/// The first line of each finding as a person sees it: "3:14: error: …".
inline std::vector<std::string> first_lines(std::span<const Diagnostic> findings,
                                            std::string_view source) {
  std::vector<std::string> lines;
  for (const Diagnostic& finding : findings) {
    const std::string text = render(finding, source);
    lines.push_back(text.substr(0, text.find('\n')));
  }
  return lines;
}

/// A catalogue of further parts, which begin on its second line: "\"policies\": []".
inline std::string catalogue_of(const std::string& parts) {
  return R"({"schema": {"key": "id", "tags": [{"name": "fee", "type": "number"}, {"name": "ok", "type": "bool"}, {"name": "brand", "type": "category", "values": ["Apple", "华为"]}, {"name": "likes", "type": "set", "values": ["video", "game"]}, {"name": "ends", "type": "date", "nullable": true}]},
)" + parts +
         "}";
}

/// What is wrong with a catalogue of such parts, warnings left out; one line a finding.
inline std::vector<std::string> errors_in(const std::string& parts, const Limits& limits = {}) {
  const std::string json = catalogue_of(parts);
  const auto catalogue = Catalogue::from_json(json, limits);
  if (catalogue) return {"no error"};
  std::vector<Diagnostic> errors;
  for (const Diagnostic& finding : catalogue.error().diagnostics) {
    if (finding.severity == Severity::error) errors.push_back(finding);
  }
  return first_lines(errors, json);
}

inline Catalogue catalogue_from(const std::string& parts) {
  return Catalogue::from_json(catalogue_of(parts)).value();
}

}  // namespace muster
