#include "cli/finding_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/report.hpp"

namespace muster::cli {
namespace {

using Kind = CatalogueFinding::Kind;
using Of = CatalogueFinding::Of;

class Sentences {
 public:
  explicit Sentences(const Catalogue& catalogue) : catalogue_(catalogue) {}

  std::string sentence(const CatalogueFinding& finding) const {
    if (finding.of == Of::tag) return about_categories(finding);
    const std::string one = name(finding.of, finding.one);
    const std::string other = name(finding.of, finding.other);
    switch (finding.kind) {
      case Kind::never_true:
        return fmt::format("never true   {} fits nobody", one);
      case Kind::always_true:
        return fmt::format("always true  {} fits everybody", one);
      case Kind::equal:
        return fmt::format("equal        {} and {}", other, one);
      case Kind::contained:
        return fmt::format("contained    {} in {}", one, other);
      case Kind::never_wins:
        return fmt::format("never wins   {}: {}, of group {} too, comes first for all it fits", one,
                           other, finding.group);
      case Kind::exclusive_overlap:
        return fmt::format("exclusive    {} and {}, of group {}, {} fit users where {}", one, other,
                           finding.group, finding.certain ? "both" : "may both", finding.example);
      case Kind::no_channel:
        return fmt::format("no channel   none may carry {}", one);
      default:
        return "gave up      " + open_question(finding, one, other);
    }
  }

 private:
  std::string name(Of of, std::uint32_t position) const {
    if (of == Of::policy) return catalogue_.policies()[position].id;
    return fmt::format("SEGMENT({})", catalogue_.segments()[position].name);
  }

  std::string about_categories(const CatalogueFinding& finding) const {
    const Tag& tag = catalogue_.schema().tags()[finding.one];
    std::vector<std::string> names;
    for (const CategoryCode code : finding.categories) {
      names.push_back("'" + tag.values[static_cast<std::size_t>(code)] + "'");
    }
    return fmt::format("unused       no rule names {} of {}", fmt::join(names, ", "), tag.name);
  }

  static std::string open_question(const CatalogueFinding& finding, const std::string& one,
                                   const std::string& other) {
    using Question = CatalogueFinding::Question;
    switch (finding.question) {
      case Question::contained:
        return fmt::format("{} in {}: too tangled to tell", one, other);
      case Question::overlap:
        return fmt::format("{} and {}, of group {}: too tangled to tell whether both fit some", one,
                           other, finding.group);
      case Question::all_overlaps:
        return fmt::format("{}: not compared with all of group {}, {} pairs were before", one,
                           finding.group, grouped(max_overlap_questions));
      case Question::too_long:
        return fmt::format("{}: too long to compare", one);
      default:
        return fmt::format("{}: too tangled to tell", one);
    }
  }

  const Catalogue& catalogue_;
};

}  // namespace

std::vector<std::string> sentences(std::span<const CatalogueFinding> findings,
                                   const Catalogue& catalogue) {
  const Sentences all(catalogue);
  std::vector<std::string> lines;
  std::vector<std::string_view> unused;
  for (const CatalogueFinding& finding : findings) {
    if (finding.kind == CatalogueFinding::Kind::unused_tag) {
      unused.push_back(catalogue.schema().tags()[finding.one].name);
    } else {
      lines.push_back(all.sentence(finding));
    }
  }
  if (!unused.empty()) {
    lines.push_back(fmt::format("unused       no rule, script or propensity names {}",
                                fmt::join(unused, ", ")));
  }
  return lines;
}

}  // namespace muster::cli
