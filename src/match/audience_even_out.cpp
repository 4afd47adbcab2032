#include "match/audience_even_out.hpp"

#include <algorithm>
#include <map>

namespace muster {
namespace {

LineShape operator+(LineShape a, LineShape b) {
  return {a.all + b.all, a.any + b.any, a.none + b.none};
}

bool is_at_most(std::uint32_t few, std::uint32_t many) {
  return few == 0 ? many == 0 : few <= many;
}

/// Whether repeating operands makes values of the one shape values of the other.
bool grows_to(LineShape small, LineShape large) {
  return is_at_most(small.all, large.all) && is_at_most(small.any, large.any) &&
         is_at_most(small.none, large.none);
}

void repeat_operand(PlacedValue& value, LineShape step) {
  const std::size_t at = step.all > 0 ? 0 : value.shape.all + (step.any > 0 ? 0 : value.shape.any);
  value.operands.insert(value.operands.begin() + static_cast<std::ptrdiff_t>(at),
                        value.operands[at]);
  value.shape = value.shape + step;
}

void grow(PlacedValue& value, LineShape shape) {
  while (value.shape.all < shape.all) repeat_operand(value, {1, 0, 0});
  while (value.shape.any < shape.any) repeat_operand(value, {0, 1, 0});
  while (value.shape.none < shape.none) repeat_operand(value, {0, 0, 1});
}

using ShapeMembers = std::map<LineShape, std::vector<PlacedValue*>>;

/// Operands of values that are computed twice to make up the number.
std::size_t padding(LineShape shape, std::size_t values) {
  return (values_together - values % values_together) % values_together * shape.operands();
}

/// The shape that `left` values of the one at `small` had best grow to, or the end where that
/// costs more operands than computing values twice.
ShapeMembers::iterator next_shape(ShapeMembers& members, ShapeMembers::iterator small,
                                  std::size_t left) {
  auto best = members.end();
  std::size_t least = padding(small->first, left);
  for (auto large = std::next(small); large != members.end(); ++large) {
    const auto& [shape, there] = *large;
    if (!grows_to(small->first, shape)) continue;
    const std::size_t cost =
        left * (shape.operands() - small->first.operands()) + padding(shape, there.size() + left);
    const std::size_t saved = padding(shape, there.size());
    if (cost >= least + saved) continue;
    least = cost - std::min(cost, saved);
    best = large;
  }
  return best;
}

}  // namespace

void even_out(std::vector<PlacedValue>& values) {
  ShapeMembers members;
  for (PlacedValue& value : values) members[value.shape].push_back(&value);
  for (auto at = members.begin(); at != members.end(); ++at) {  // growing goes to later ones
    auto& here = at->second;
    const std::size_t left = here.size() % values_together;
    if (left == 0) continue;
    const auto larger = next_shape(members, at, left);
    if (larger == members.end()) continue;
    for (std::size_t i = 0; i < left; ++i, here.pop_back()) {
      grow(*here.back(), larger->first);
      larger->second.push_back(here.back());
    }
  }
}

}  // namespace muster
