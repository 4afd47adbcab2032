#include "decide/id_table.hpp"

#include <bit>

namespace muster {

IdTable::IdTable(const std::vector<std::string_view>& ids) {
  if (ids.empty()) return;
  for (const std::string_view id : ids) {
    begins_.push_back(text_.size());
    text_ += id;
  }
  begins_.push_back(text_.size());
  places_.resize(std::bit_ceil(ids.size() * 2));
  mask_ = places_.size() - 1;
  for (std::uint32_t number = 0; number < ids.size(); ++number) {
    const IdKey key(ids[number]);
    if (find(ids[number], key, key.hash()) != none) continue;
    std::size_t at = key.hash() & mask_;
    while (places_[at].number != none) at = (at + 1) & mask_;
    places_[at] = {key, number};
  }
}

// Apart, as it is rare and find is short without it.
bool IdTable::is(std::uint32_t number, std::string_view id) const noexcept {
  const std::size_t begin = begins_[number];
  return std::string_view(text_).substr(begin, begins_[number + 1] - begin) == id;
}

}  // namespace muster
