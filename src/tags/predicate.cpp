#include "muster/tags/predicate.hpp"

#include <algorithm>
#include <boost/container_hash/hash.hpp>

#include "tags/predicate_sets.hpp"

namespace muster {
namespace {

using Codes = std::vector<CategoryCode>;

bool has_code(const Predicate& predicate, CategoryCode code) {
  return std::binary_search(predicate.codes.begin(), predicate.codes.end(), code);
}

bool has_number(const Predicate& predicate, Number number) {
  const auto behind = std::partition_point(
      predicate.cuts.begin(), predicate.cuts.end(),
      [&](const Cut& cut) { return cut.after ? cut.at < number : cut.at <= number; });
  return (behind - predicate.cuts.begin()) % 2 == 1;
}

bool shares_code(const Predicate& predicate, std::span<const CategoryCode> set) {
  return std::any_of(set.begin(), set.end(),
                     [&](CategoryCode code) { return has_code(predicate, code); });
}

/// Answers for one cell, by what the cell holds.
struct Holds {
  const Predicate& predicate;
  Date today;

  bool operator()(std::monostate) const { return predicate.null; }
  bool operator()(bool value) const { return has_code(predicate, CategoryCode{value}); }
  bool operator()(CategoryCode code) const { return has_code(predicate, code); }
  bool operator()(Number number) const { return has_number(predicate, number); }
  bool operator()(Date date) const {
    const std::int64_t from = predicate.aspect == Aspect::value ? 0 : today.days;
    return has_number(predicate, date.days - from);
  }
  bool operator()(std::span<const CategoryCode> set) const {
    return shares_code(predicate, set) != predicate.none_of;
  }
};

/// Cuts where `combine(in a, in b)` flips.
template <class Combine>
std::vector<Cut> merge(const std::vector<Cut>& a, const std::vector<Cut>& b, Combine combine) {
  std::vector<Cut> out;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    const Cut at = j == b.size() || (i < a.size() && a[i] <= b[j]) ? a[i] : b[j];
    if (i < a.size() && a[i] == at) ++i;
    if (j < b.size() && b[j] == at) ++j;
    if (combine(i % 2 == 1, j % 2 == 1) != (out.size() % 2 == 1)) out.push_back(at);
  }
  return out;
}

std::vector<Cut> complement(const Line& line, std::vector<Cut> cuts) {
  const Cut lowest{line.lowest, false};
  if (!cuts.empty() && cuts.front() == lowest) {
    cuts.erase(cuts.begin());
  } else {
    cuts.insert(cuts.begin(), lowest);
  }
  return cuts;
}

Codes without(const Codes& from, const Codes& what) {
  Codes out;
  std::set_difference(from.begin(), from.end(), what.begin(), what.end(), std::back_inserter(out));
  return out;
}

Codes common(const Codes& a, const Codes& b) {
  Codes out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

Codes together(const Codes& a, const Codes& b) {
  Codes out;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

bool within(const Codes& a, const Codes& b) {
  return std::includes(b.begin(), b.end(), a.begin(), a.end());
}

bool is_all(const Predicate& set) { return set.none_of && set.codes.empty(); }

/// What known sets two quantified questions have in common, where one question says it.
std::optional<Predicate> both_sets(const Predicate& a, const Predicate& b) {
  if (a.none_of && b.none_of) {
    Predicate out = a;
    out.codes = together(a.codes, b.codes);
    return out;
  }
  if (!a.none_of && !b.none_of) {
    if (within(a.codes, b.codes)) return a;
    if (within(b.codes, a.codes)) return b;
    return {};
  }
  const Predicate& any = a.none_of ? b : a;
  const Predicate& none = a.none_of ? a : b;
  if (none.codes.empty()) return any;
  if (within(any.codes, none.codes)) return known_none(a.tag);
  return {};
}

Predicate flipped(Predicate set) {
  set.none_of = !set.none_of;
  return set;
}

std::optional<Predicate> either_sets(const Predicate& a, const Predicate& b) {
  auto out = both_sets(flipped(a), flipped(b));
  if (out) out->none_of = !out->none_of;
  return out;
}

/// The two under one aspect, where they can be.
bool align(const Schema& schema, Predicate& a, Predicate& b) {
  if (a.aspect == b.aspect) return true;
  Predicate& by_value = a.aspect == Aspect::value ? a : b;
  if (by_value.cuts.empty()) {
    by_value.aspect = Aspect::days_until;
    return true;
  }
  if (by_value.cuts != known_all(schema, a.tag).cuts) return false;
  by_value.aspect = Aspect::days_until;
  by_value.cuts = {{line_of(TagType::date, Aspect::days_until).lowest, false}};
  return true;
}

}  // namespace

std::size_t hash_value(const Predicate& predicate) noexcept {
  std::size_t seed = static_cast<std::size_t>(predicate.tag) << 3 |
                     (predicate.aspect == Aspect::value ? 0u : 4u) | (predicate.null ? 2u : 0u) |
                     (predicate.none_of ? 1u : 0u);
  boost::hash_combine(seed, predicate.codes.size());
  for (const CategoryCode code : predicate.codes) {
    boost::hash_combine(seed, static_cast<std::uint16_t>(code));
  }
  for (const Cut& cut : predicate.cuts) {
    boost::hash_combine(seed, cut.at.to_double());
    boost::hash_combine(seed, cut.at.rest() * 2 + (cut.after ? 1 : 0));
  }
  return seed;
}

bool holds(const Predicate& predicate, const Cell& cell, Date today) {
  return std::visit(Holds{predicate, today}, cell);
}

Predicate negate(const Schema& schema, const Predicate& predicate) {
  const Tag& tag = schema.tag(predicate.tag);
  Predicate out = predicate;
  out.null = !predicate.null;
  switch (tag.type) {
    case TagType::boolean:
    case TagType::category:
      out.codes = without(known_all(schema, predicate.tag).codes, predicate.codes);
      break;
    case TagType::category_set:
      out.none_of = !predicate.none_of;
      break;
    case TagType::number:
    case TagType::date:
      out.cuts = complement(line_of(tag.type, predicate.aspect), predicate.cuts);
      break;
  }
  return canonical(schema, std::move(out));
}

std::optional<Predicate> both(const Schema& schema, const Predicate& a, const Predicate& b) {
  if (a.tag != b.tag) return {};
  std::optional<Predicate> out;
  if (schema.tag(a.tag).type == TagType::category_set) {
    out = both_sets(a, b);
  } else {
    Predicate left = a;
    Predicate right = b;
    if (!align(schema, left, right)) return {};
    out = left;
    out->codes = common(a.codes, b.codes);
    out->cuts = merge(left.cuts, right.cuts, [](bool x, bool y) { return x && y; });
  }
  if (!out) return {};
  out->null = a.null && b.null;
  return canonical(schema, *std::move(out));
}

std::optional<Predicate> either(const Schema& schema, const Predicate& a, const Predicate& b) {
  if (a.tag != b.tag) return {};
  std::optional<Predicate> out;
  if (schema.tag(a.tag).type == TagType::category_set) {
    out = either_sets(a, b);
  } else {
    Predicate left = a;
    Predicate right = b;
    if (!align(schema, left, right)) return {};
    out = left;
    out->codes = together(a.codes, b.codes);
    out->cuts = merge(left.cuts, right.cuts, [](bool x, bool y) { return x || y; });
  }
  if (!out) return {};
  out->null = a.null || b.null;
  return canonical(schema, *std::move(out));
}

bool is_never(const Schema& schema, const Predicate& predicate) {
  if (predicate.null && schema.tag(predicate.tag).nullable) return false;
  return predicate.codes.empty() && predicate.cuts.empty() && !is_all(predicate);
}

bool is_always(const Schema& schema, const Predicate& predicate) {
  const Tag& tag = schema.tag(predicate.tag);
  if (tag.nullable && !predicate.null) return false;
  switch (tag.type) {
    case TagType::boolean:
      return predicate.codes.size() == 2;
    case TagType::category:
      return predicate.codes.size() == tag.values.size();
    case TagType::category_set:
      return is_all(predicate);
    case TagType::number:
    case TagType::date:
      break;
  }
  const Line line = line_of(tag.type, predicate.aspect);
  return predicate.cuts.size() == 1 && predicate.cuts.front() == Cut{line.lowest, false};
}

}  // namespace muster
