#include "tags/predicate_sets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tags/number_order.hpp"

namespace muster {
namespace {

constexpr double first_day = -719162;  // 0001-01-01
constexpr double last_day = 2932896;   // 9999-12-31
constexpr double infinity = std::numeric_limits<double>::infinity();

/// The one name of a cut's place, or nothing where no value lies behind it.
std::optional<Cut> whole_place(const Line& line, const Cut& cut) {
  const double at = cut.at.to_double();
  if (at < line.lowest.to_double()) return Cut{line.lowest, false};
  if (at > line.highest.to_double()) return {};
  const double first = cut.after ? std::floor(at) + 1 : std::ceil(at);
  if (first > line.highest.to_double()) return {};
  return Cut{Number(first), false};
}

std::optional<Cut> number_place(const Line& line, const Cut& cut) {
  if (cut.after && cut.at == line.highest) return {};
  if (is_even(cut.at)) return cut;
  return cut.after ? Cut{successor(cut.at), false} : Cut{predecessor(cut.at), true};
}

std::optional<Cut> place(const Line& line, const Cut& cut) {
  return line.whole ? whole_place(line, cut) : number_place(line, cut);
}

void make_canonical(std::vector<CategoryCode>& codes) {
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
}

bool has_cuts(TagType type) { return type == TagType::number || type == TagType::date; }

bool all_known(const Line& line, const std::vector<Cut>& cuts) {
  return cuts.size() == 1 && cuts.front() == Cut{line.lowest, false};
}

bool share_code(const std::vector<CategoryCode>& a, const std::vector<CategoryCode>& b) {
  auto i = a.begin();
  auto j = b.begin();
  while (i != a.end() && j != b.end()) {
    if (*i == *j) return true;
    *i < *j ? ++i : ++j;
  }
  return false;
}

bool share_value(const std::vector<Cut>& a, const std::vector<Cut>& b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const bool a_first = a[i] <= b[j];
    const bool b_first = b[j] <= a[i];
    i += a_first ? 1 : 0;
    j += b_first ? 1 : 0;
    if (i % 2 == 1 && j % 2 == 1) return true;
  }
  return (i % 2 == 1 && j < b.size()) || (j % 2 == 1 && i < a.size());
}

}  // namespace

Line line_of(TagType type, Aspect aspect) noexcept {
  if (type != TagType::date) return {Number(-infinity), Number(infinity), false};
  if (aspect == Aspect::value) return {Number(first_day), Number(last_day), true};
  return {Number(first_day - last_day), Number(last_day - first_day), true};
}

void make_canonical(const Line& line, std::vector<Cut>& cuts) {
  std::size_t size = 0;
  for (const Cut& cut : cuts) {
    const auto at = place(line, cut);
    if (!at) continue;
    if (size > 0 && cuts[size - 1] == *at) {
      --size;  // two flips at one place
    } else {
      cuts[size++] = *at;
    }
  }
  cuts.resize(size);
}

Predicate known_none(TagId tag, Aspect aspect) {
  Predicate predicate;
  predicate.tag = tag;
  predicate.aspect = aspect;
  return predicate;
}

Predicate known_all(const Schema& schema, TagId tag) {
  const Tag& declared = schema.tag(tag);
  Predicate all = known_none(tag);
  switch (declared.type) {
    case TagType::number:
    case TagType::date:
      all.cuts = {{line_of(declared.type, Aspect::value).lowest, false}};
      break;
    case TagType::category_set:
      all.none_of = true;
      break;
    case TagType::boolean:
    case TagType::category: {
      const std::size_t size = declared.type == TagType::boolean ? 2 : declared.values.size();
      for (std::size_t code = 0; code < size; ++code) all.codes.push_back(CategoryCode(code));
      break;
    }
  }
  return all;
}

Predicate canonical(const Schema& schema, Predicate predicate) {
  const Tag& tag = schema.tag(predicate.tag);
  if (!tag.nullable) predicate.null = false;
  make_canonical(predicate.codes);
  if (!has_cuts(tag.type)) return predicate;
  const Line line = line_of(tag.type, predicate.aspect);
  make_canonical(line, predicate.cuts);
  if (predicate.aspect == Aspect::value) return predicate;
  // Whether a date is known does not depend on today.
  if (all_known(line, predicate.cuts)) {
    predicate.cuts = {{line_of(tag.type, Aspect::value).lowest, false}};
    predicate.aspect = Aspect::value;
  } else if (predicate.cuts.empty()) {
    predicate.aspect = Aspect::value;
  }
  return predicate;
}

bool overlap(const Schema& schema, const Predicate& a, const Predicate& b) {
  if (a.null && b.null) return true;
  if (a.aspect == b.aspect) return share_code(a.codes, b.codes) || share_value(a.cuts, b.cuts);
  // The questions are independent as long as today is open.
  const bool dates = has_cuts(schema.tag(a.tag).type);
  return dates && !a.cuts.empty() && !b.cuts.empty();
}

Predicate with_aspect(const Schema& schema, const Predicate& predicate, Aspect aspect, Date today) {
  if (predicate.aspect == aspect) return predicate;
  Predicate shifted = predicate;
  shifted.aspect = aspect;
  const double by = aspect == Aspect::value ? today.days : -double{1} * today.days;
  const TagType type = schema.tag(predicate.tag).type;
  const Cut beginning{line_of(type, predicate.aspect).lowest, false};
  for (Cut& cut : shifted.cuts) {  // what has no lower end gets none
    cut.at = cut == beginning ? line_of(type, aspect).lowest : Number(cut.at.to_double() + by);
  }
  return canonical(schema, std::move(shifted));
}

}  // namespace muster
