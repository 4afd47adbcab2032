#pragma once

#include <algorithm>
#include <vector>

#include "muster/tags/schema.hpp"
#include "tags/arithmetic.hpp"

namespace muster {

inline bool contains(const std::vector<TagId>& tags, TagId tag) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

/// Every tag that a derived tag is worked out from, at once or by way of other derived tags, each
/// once. Empty for a tag that is not derived.
inline std::vector<TagId> inputs_of(const Schema& schema, TagId derived) {
  std::vector<TagId> out;
  const auto append_inputs = [&](TagId tag) {
    const Arithmetic* arithmetic = schema.arithmetic(tag);
    if (!arithmetic) return;
    for (const TagId input : arithmetic->inputs()) {
      if (!contains(out, input)) out.push_back(input);
    }
  };
  append_inputs(derived);
  for (std::size_t i = 0; i < out.size(); ++i) append_inputs(out[i]);
  return out;
}

}  // namespace muster
