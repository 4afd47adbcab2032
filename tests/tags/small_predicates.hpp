#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "tags/predicate_sets.hpp"

/// A small schema with every type, nullable ("_n") and not, and predicates over it.
namespace muster::small_predicates {

inline constexpr double inf = std::numeric_limits<double>::infinity();
inline constexpr double biggest = std::numeric_limits<double>::max();
inline constexpr std::int64_t two_to_53 = std::int64_t{1} << 53;
inline constexpr std::int64_t max_int = std::numeric_limits<std::int64_t>::max();
inline constexpr std::int64_t min_int = std::numeric_limits<std::int64_t>::min();

inline Tag make_tag(std::string name, TagType type, bool nullable,
                    std::vector<std::string> values = {}) {
  Tag tag;
  tag.name = std::move(name);
  tag.type = type;
  tag.nullable = nullable;
  tag.values = std::move(values);
  return tag;
}

inline Schema small_schema() {
  std::vector<Tag> tags;
  for (const bool nullable : {false, true}) {
    const std::string suffix = nullable ? "_n" : "";
    tags.push_back(make_tag("flag" + suffix, TagType::boolean, nullable));
    tags.push_back(make_tag("plan" + suffix, TagType::category, nullable, {"a", "b", "it's", "d"}));
    tags.push_back(make_tag("likes" + suffix, TagType::category_set, nullable, {"x", "y", "z"}));
    tags.push_back(make_tag("fee" + suffix, TagType::number, nullable));
    tags.push_back(make_tag("end" + suffix, TagType::date, nullable));
  }
  return *Schema::make(std::move(tags));
}

inline const Schema schema = small_schema();
inline TagId id(std::string_view name) { return *schema.find(name); }

inline Predicate codes(std::string_view tag, std::vector<int> values, bool null = false) {
  Predicate out = known_none(id(tag));
  for (const int value : values) out.codes.push_back(CategoryCode(value));
  out.null = null;
  return canonical(schema, out);
}

inline Predicate none_of(std::string_view tag, std::vector<int> values, bool null = false) {
  Predicate out = codes(tag, std::move(values), null);
  out.none_of = true;
  return out;
}

inline Predicate cuts(std::string_view tag, std::vector<Cut> at, bool null = false,
                      Aspect aspect = Aspect::value) {
  Predicate out = known_none(id(tag), aspect);
  out.cuts = std::move(at);
  out.null = null;
  return canonical(schema, out);
}

inline Cut before(Number at) { return {at, false}; }
inline Cut after(Number at) { return {at, true}; }

}  // namespace muster::small_predicates
