#pragma once

#include "muster/plan/catalogue_analysis.hpp"
#include "plan_world.hpp"

namespace muster::testing {

using Kind = CatalogueFinding::Kind;
using Of = CatalogueFinding::Of;
using Question = CatalogueFinding::Question;

inline std::string name_of(const Catalogue& catalogue, Of of, std::uint32_t position) {
  if (of == Of::segment) return "SEGMENT(" + catalogue.segments()[position].name + ")";
  if (of == Of::tag) return catalogue.schema().tags()[position].name;
  return catalogue.policies()[position].id;
}

inline std::string open_question(Question question) {
  constexpr std::string_view names[] = {"nothing", "never or always", "contained",
                                        "overlap", "all overlaps",    "too long"};
  return std::string(names[static_cast<std::size_t>(question)]);
}

inline std::string to_text(const Catalogue& catalogue, const CatalogueFinding& finding) {
  const std::string one = name_of(catalogue, finding.of, finding.one);
  const auto other = [&] { return name_of(catalogue, finding.of, finding.other); };
  switch (finding.kind) {
    case Kind::never_true:
      return one + " never";
    case Kind::always_true:
      return one + " always";
    case Kind::equal:
      return one + " = " + other();
    case Kind::contained:
      return one + " in " + other();
    case Kind::never_wins:
      return one + " < " + other() + " @" + finding.group;
    case Kind::exclusive_overlap:
      return one + " & " + other() + " @" + finding.group + ": " + finding.example +
             (finding.certain ? "" : "?");
    case Kind::no_channel:
      return one + " no channel";
    case Kind::unused_category: {
      std::string out = one + " unused";
      for (const CategoryCode code : finding.categories) {
        out += " " + catalogue.schema().tags()[finding.one].values[static_cast<std::size_t>(code)];
      }
      return out;
    }
    case Kind::unused_tag:
      return one + " unused";
    case Kind::gave_up:
      break;
  }
  return one + ", " + other() + "? " + open_question(finding.question);
}

inline std::string all(const Catalogue& catalogue, const AnalysisOptions& options = {}) {
  std::string out;
  const auto findings = analyse(catalogue, options);
  for (const CatalogueFinding& finding : findings.value()) {
    out += (out.empty() ? "" : "; ") + to_text(catalogue, finding);
  }
  return out;
}

/// Only those of one kind.
inline std::string only(Kind kind, const Catalogue& catalogue) {
  std::string out;
  const auto findings = analyse(catalogue);
  for (const CatalogueFinding& finding : findings.value()) {
    if (finding.kind != kind) continue;
    out += (out.empty() ? "" : "; ") + to_text(catalogue, finding);
  }
  return out;
}

/// A policy of group g, for everybody with a fee unless `more` says otherwise.
inline std::string in_group(const std::string& id, const std::string& more,
                            const std::string& segment = "fee > 10") {
  return R"({"id": ")" + id + R"(", "name": "n", "segment": ")" + segment + "\"" +
         (more.find("\"groups\"") == std::string::npos ? R"(, "groups": ["g"])" : "") +
         (more.empty() ? "" : ", ") + more + "}";
}

}  // namespace muster::testing
