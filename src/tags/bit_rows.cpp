#include "tags/bit_rows.hpp"

#include <algorithm>

namespace muster {

BitRows::BitRows(std::size_t classes, std::vector<Member> members) {
  std::sort(members.begin(), members.end());
  first_.clear();
  first_.reserve(classes + 1);
  auto member = members.begin();
  for (std::uint32_t row = 0; row < classes; ++row) {
    first_.push_back(static_cast<std::uint32_t>(words_.size()));
    for (; member != members.end() && member->first == row; ++member) {
      const std::uint32_t word = member->second / 64;
      if (words_.size() == first_.back() || words_.back() != word) {
        words_.push_back(word);
        masks_.push_back(0);
      }
      masks_.back() |= std::uint64_t{1} << (member->second % 64);
    }
  }
  first_.push_back(static_cast<std::uint32_t>(words_.size()));
}

void BitRows::append(std::span<const std::uint32_t> words, std::span<const std::uint64_t> masks) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (masks[i] == 0) continue;
    words_.push_back(words[i]);
    masks_.push_back(masks[i]);
  }
  first_.push_back(static_cast<std::uint32_t>(words_.size()));
}

}  // namespace muster
