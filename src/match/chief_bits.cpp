#include "match/chief_bits.hpp"

#include "tags/predicate_sets.hpp"

namespace muster {
namespace {

bool holds_lowest(const Schema& schema, const Predicate& predicate) {
  const Cut lowest{line_of(schema.tag(predicate.tag).type, predicate.aspect).lowest, false};
  return !predicate.cuts.empty() && predicate.cuts[0] == lowest;
}

bool holds_half_or_more(const Schema& schema, const Predicate& predicate) {
  const Tag& tag = schema.tag(predicate.tag);
  const std::size_t values = tag.type == TagType::boolean ? 2 : tag.values.size();
  const std::size_t twice = predicate.codes.size() * 2;
  if (twice != values) return twice > values;
  return !predicate.codes.empty() && predicate.codes[0] == CategoryCode{};
}

// Exactly one of a predicate and its opposite is the chief one, whose bit serves both.
bool is_chief(const Schema& schema, const Predicate& predicate) {
  const Tag& tag = schema.tag(predicate.tag);
  if (tag.nullable) return !predicate.null;
  switch (tag.type) {
    case TagType::number:
    case TagType::date:
      return !holds_lowest(schema, predicate);
    case TagType::category_set:
      return !predicate.none_of;
    case TagType::boolean:
    case TagType::category:
      break;
  }
  return !holds_half_or_more(schema, predicate);
}

}  // namespace

Literal ChiefBits::literal_of(Predicate predicate) {
  const bool chief = is_chief(schema(), predicate);
  if (!chief) predicate = negate(schema(), predicate);
  return make_literal(static_cast<std::uint32_t>(chiefs_.intern(std::move(predicate))), !chief);
}

std::vector<Predicate> ChiefBits::predicates() const {
  std::vector<Predicate> out;
  out.reserve(chiefs_.size());
  for (std::uint32_t i = 0; i < chiefs_.size(); ++i) out.push_back(chiefs_[PredicateId{i}]);
  return out;
}

}  // namespace muster
