#include <fmt/format.h>

#include "core/diagnostics.hpp"
#include "policy/catalogue_parts.hpp"

namespace muster {
namespace {

constexpr std::string_view span_units[] = {"rolling_days", "days", "weeks", "months"};
constexpr NumberRange span_count{1, max_span_count, true};

}  // namespace

ContactSpan read_span(JsonNode node, CatalogueContext& context) {
  if (node.kind() == JsonKind::string) {
    constexpr std::string_view ever[] = {"ever"};
    read_word(node, "'within'", ever, context.findings);
    return {ContactSpan::Unit::ever, 1};
  }
  ContactSpan span;
  const JsonObject object(node, "'within'", span_units, context.findings);
  if (!object) return span;
  if (node.size() != 1) {
    context.note(Errc::bad_setting, node.range(),
                 fmt::format("'within' must have one key, not {}", node.size()));
    return span;
  }
  for (std::size_t i = 0; i < std::size(span_units); ++i) {
    const auto count = object.find(span_units[i]);
    if (!count) continue;
    span.unit = static_cast<ContactSpan::Unit>(i);
    span.count = static_cast<std::uint32_t>(
        read_number(*count, in_quotes(span_units[i]), span_count, context.findings).value_or(1));
  }
  return span;
}

}  // namespace muster
