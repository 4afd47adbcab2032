#pragma once

#include <span>
#include <vector>

#include "muster/tags/predicate.hpp"

namespace muster {

/// One value of one tag, made up. A date is a day and, apart from it, a number of days from
/// today: today is any day.
struct TagValue {
  bool null = false;
  CategoryCode code{};
  Number number;  ///< numbers; dates as their day
  Number days;    ///< until a date
  std::vector<CategoryCode> set;
};

/// A value that answers yes to all of `parts`, which are about one tag; `choice` picks among
/// them. REQUIRES: there is one; parts that could be one predicate are one.
TagValue value_within(const Schema& schema, std::span<const Predicate> parts, std::uint64_t choice);

bool holds(const Schema& schema, const Predicate& predicate, const TagValue& value);

}  // namespace muster
