#include "rules/tag_value.hpp"

#include <algorithm>

#include "tags/predicate_spans.hpp"

namespace muster {
namespace {

/// A number from the spans: their ends, which is where predicates differ.
Number number_within(const Schema& schema, const Predicate& part, std::uint64_t choice) {
  const std::vector<Span> spans = spans_of(schema, part);
  const Span& span = spans[choice / 2 % spans.size()];
  if (span.from_lowest && span.to_highest) return Number(0);
  if (span.from_lowest) return span.last;
  return span.to_highest || choice % 2 == 0 ? span.first : span.last;
}

/// One member for each share that is asked for.
std::vector<CategoryCode> set_within(std::span<const Predicate> parts, std::uint64_t choice) {
  std::vector<CategoryCode> ruled_out;
  for (const Predicate& part : parts) {
    if (part.none_of) ruled_out = part.codes;
  }
  std::vector<CategoryCode> set;
  for (const Predicate& part : parts) {
    if (part.none_of) continue;
    std::vector<CategoryCode> left;
    std::set_difference(part.codes.begin(), part.codes.end(), ruled_out.begin(), ruled_out.end(),
                        std::back_inserter(left));
    if (!left.empty()) set.push_back(left[choice % left.size()]);
  }
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

bool has_known(const Schema& schema, const Predicate& part) {
  Predicate known = part;
  known.null = false;
  return !is_never(schema, known);
}

}  // namespace

TagValue value_within(const Schema& schema, std::span<const Predicate> parts,
                      std::uint64_t choice) {
  TagValue out;
  const TagType type = schema.tag(parts.front().tag).type;
  out.null = !std::all_of(parts.begin(), parts.end(),
                          [&](const Predicate& part) { return has_known(schema, part); });
  if (type == TagType::category_set) out.set = set_within(parts, choice);
  for (const Predicate& part : parts) {
    if (out.null || type == TagType::category_set) break;
    if (!part.codes.empty()) out.code = part.codes[choice % part.codes.size()];
    if (part.cuts.empty()) continue;
    (part.aspect == Aspect::value ? out.number : out.days) = number_within(schema, part, choice);
  }
  return out;
}

bool holds(const Schema& schema, const Predicate& predicate, const TagValue& value) {
  if (value.null) return predicate.null;
  switch (schema.tag(predicate.tag).type) {
    case TagType::boolean:
    case TagType::category:
      return holds(predicate, Cell(value.code), Date{});
    case TagType::category_set:
      return holds(predicate, Cell(std::span<const CategoryCode>(value.set)), Date{});
    case TagType::number:
    case TagType::date:
      break;
  }
  return holds(predicate, Cell(predicate.aspect == Aspect::value ? value.number : value.days),
               Date{});
}

}  // namespace muster
