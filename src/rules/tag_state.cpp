#include "rules/tag_state.hpp"

#include <algorithm>

#include "tags/predicate_sets.hpp"

namespace muster {

bool TagState::add(const Schema& schema, const Predicate& predicate) {
  Predicate added = predicate;
  for (std::size_t i = 0; i < parts_.size();) {
    auto one = both(schema, parts_[i], added);
    if (!one) {
      ++i;
      continue;
    }
    added = *std::move(one);
    parts_.erase(parts_.begin() + static_cast<std::ptrdiff_t>(i));
    i = 0;  // what was apart may now be one with it
  }
  parts_.push_back(std::move(added));
  return is_possible(schema);
}

bool TagState::allows(const Schema& schema, const Predicate& predicate) const {
  if (parts_.empty()) return !is_never(schema, predicate);
  const bool set = schema.tag(predicate.tag).type == TagType::category_set;
  if (!set && parts_.size() == 1 && parts_.front().aspect == predicate.aspect) {
    return overlap(schema, parts_.front(), predicate);
  }
  TagState with = *this;
  return with.add(schema, predicate);
}

bool TagState::is_possible(const Schema& schema) const {
  if (parts_.size() == 1) return !is_never(schema, parts_.front());
  const bool null =
      std::all_of(parts_.begin(), parts_.end(), [](const Predicate& part) { return part.null; });
  return null || known_is_possible();
}

/// Of several parts each has known values of its own. For sets, those shares asked for must be
/// possible without what is ruled out.
bool TagState::known_is_possible() const {
  std::vector<CategoryCode> ruled_out;
  for (const Predicate& part : parts_) {
    if (part.none_of) ruled_out = part.codes;  // parts that rule out are one part
  }
  return std::all_of(parts_.begin(), parts_.end(), [&](const Predicate& part) {
    if (part.none_of || !part.cuts.empty()) return true;
    return !std::includes(ruled_out.begin(), ruled_out.end(), part.codes.begin(), part.codes.end());
  });
}

}  // namespace muster
