#include "match/entry_list.hpp"

#include <utility>

namespace muster {

void EntryList::add(std::uint32_t rule, const Alternative& alternative) {
  const auto first = static_cast<std::uint32_t>(pool_.size());
  const auto literals = static_cast<std::uint16_t>(alternative.literals.size());
  const auto groups = static_cast<std::uint8_t>(alternative.groups.size());
  entries_.push_back({rule, first, literals, groups, alternative.unsure});
  pool_.insert(pool_.end(), alternative.literals.begin(), alternative.literals.end());
  for (const auto& group : alternative.groups) {
    pool_.push_back(static_cast<std::uint32_t>(group.size()));
    pool_.insert(pool_.end(), group.begin(), group.end());
  }
}

void EntryList::add(const EntryList& from, std::size_t entry) {
  Entry copy = from[entry];
  const std::size_t end = from.groups_end(copy, copy.first + copy.literals);
  const std::size_t begin = std::exchange(copy.first, static_cast<std::uint32_t>(pool_.size()));
  pool_.insert(pool_.end(), from.pool_.begin() + static_cast<std::ptrdiff_t>(begin),
               from.pool_.begin() + static_cast<std::ptrdiff_t>(end));
  entries_.push_back(copy);
}

void EntryList::add_split(const EntryList& from, std::size_t entry, unsigned group) {
  const Entry& whole = from[entry];
  const auto groups = from.groups(whole);
  std::size_t at = 0;
  for (unsigned g = 0; g < group; ++g) at += 1 + groups[at];
  const auto chosen = groups.subspan(at + 1, groups[at]);
  for (Literal literal : chosen) {
    entries_.push_back({whole.rule, static_cast<std::uint32_t>(pool_.size()),
                        static_cast<std::uint16_t>(whole.literals + 1),
                        static_cast<std::uint8_t>(whole.groups - 1), whole.unsure});
    const auto append = [&](std::span<const Literal> part) {
      pool_.insert(pool_.end(), part.begin(), part.end());
    };
    append(from.literals(whole));
    pool_.push_back(literal);
    append(groups.first(at));
    append(groups.subspan(at + 1 + chosen.size()));
  }
}

void EntryList::clear() {
  entries_.clear();
  pool_.clear();
}

}  // namespace muster
