#include "tags/predicate_spans.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tags/number_order.hpp"
#include "tags/predicate_sets.hpp"

namespace muster {
namespace {

/// The values on both sides of a place between them.
struct Neighbours {
  Number below, above;
};

Neighbours neighbours(const Line& line, const Cut& cut) {
  if (line.whole) return {cut.at.to_double() - 1, cut.at};
  if (cut.after) return {cut.at, successor(cut.at)};
  return {predecessor(cut.at), cut.at};
}

}  // namespace

std::vector<Span> spans_of(const Schema& schema, const Predicate& predicate) {
  const Line line = line_of(schema.tag(predicate.tag).type, predicate.aspect);
  std::vector<Span> out;
  const auto& cuts = predicate.cuts;
  for (std::size_t i = 0; i < cuts.size(); i += 2) {
    Span span;
    span.from_lowest = cuts[i] == Cut{line.lowest, false};
    span.to_highest = i + 1 == cuts.size();
    const Neighbours low =
        span.from_lowest ? Neighbours{line.lowest, line.lowest} : neighbours(line, cuts[i]);
    const Neighbours high =
        span.to_highest ? Neighbours{line.highest, line.highest} : neighbours(line, cuts[i + 1]);
    span.before = low.below;
    span.first = low.above;
    span.last = high.below;
    span.behind = high.above;
    out.push_back(span);
  }
  return out;
}

void mirror(std::vector<Span>& spans) {
  std::reverse(spans.begin(), spans.end());
  for (Span& span : spans) {
    span = {negated(span.last),   negated(span.first), negated(span.behind),
            negated(span.before), span.to_highest,     span.from_lowest};
  }
}

std::string number_text(Number number) {
  if (const auto integer = as_int64(number)) return fmt::format("{}", *integer);
  return fmt::format("{}", number.to_double());
}

}  // namespace muster
