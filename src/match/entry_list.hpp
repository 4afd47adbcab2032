#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "match/clausal_form.hpp"

namespace muster {

/// Alternatives of many rules, stored flat.
class EntryList {
 public:
  struct Entry {
    std::uint32_t rule;
    std::uint32_t first;
    std::uint16_t literals;
    std::uint8_t groups;
    bool unsure;
  };

  void add(std::uint32_t rule, const Alternative& alternative);
  /// Copies an entry of another list.
  void add(const EntryList& from, std::size_t entry);
  /// The same for each literal of one of its groups, which that literal replaces.
  void add_split(const EntryList& from, std::size_t entry, unsigned group);
  void clear();

  std::size_t size() const noexcept { return entries_.size(); }
  const Entry& operator[](std::size_t index) const noexcept { return entries_[index]; }
  std::span<const Literal> literals(const Entry& entry) const noexcept {
    return std::span(pool_).subspan(entry.first, entry.literals);
  }
  /// Each group: its size, then its literals.
  std::span<const Literal> groups(const Entry& entry) const noexcept {
    const std::size_t begin = entry.first + entry.literals;
    return std::span(pool_).subspan(begin, groups_end(entry, begin) - begin);
  }

 private:
  std::size_t groups_end(const Entry& entry, std::size_t at) const noexcept {
    for (unsigned g = 0; g < entry.groups; ++g) at += 1 + pool_[at];
    return at;
  }

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> pool_;
};

}  // namespace muster
