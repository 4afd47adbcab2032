#pragma once

#include <string>
#include <vector>

#include "muster/tags/predicate.hpp"

namespace muster {

/// Neighbouring values that all answer yes: from `first` to `last`, both included.
struct Span {
  Number first, last;
  Number before, behind;     ///< the neighbours that are left out, where there are any
  bool from_lowest = false;  ///< nothing is smaller
  bool to_highest = false;
};

/// The known values of a number or date predicate, ascending. REQUIRES: canonical.
std::vector<Span> spans_of(const Schema& schema, const Predicate& predicate);

/// The same values counted in the other direction: days since as days until.
void mirror(std::vector<Span>& spans);

/// Shortest decimal text of exactly this number.
std::string number_text(Number number);

}  // namespace muster
