#pragma once

#include <vector>

#include "muster/tags/predicate.hpp"

namespace muster {

/// The values that a number, a date or the days until a date can have, in order.
struct Line {
  Number lowest;
  Number highest;
  bool whole = false;  ///< integers only
};
Line line_of(TagType type, Aspect aspect) noexcept;

/// Sorted cuts, made canonical: one name for each place between neighbouring values, none that
/// cut nothing off.
void make_canonical(const Line& line, std::vector<Cut>& cuts);

/// A predicate over values that are known: yes for none of them, and no for NULL.
Predicate known_none(TagId tag, Aspect aspect = Aspect::value);
/// Yes for every known value, no for NULL.
Predicate known_all(const Schema& schema, TagId tag);

/// Predicates made from parts in any shape: codes are sorted, cuts (sorted by the caller) made
/// canonical, the NULL flag dropped where the tag has no NULL.
Predicate canonical(const Schema& schema, Predicate predicate);

/// Whether some cell answers yes to both. As `!is_never(both(a, b))`, without making it.
/// REQUIRES: same tag, not a set.
bool overlap(const Schema& schema, const Predicate& a, const Predicate& b);

/// A date question about the value as one about the days until it, or the other way round.
/// REQUIRES: a date tag.
Predicate with_aspect(const Schema& schema, const Predicate& predicate, Aspect aspect, Date today);

}  // namespace muster
