#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "core/text_hash.hpp"

namespace muster {

/// Numbers names in the order they come.
class NameTable {
 public:
  std::uint32_t number(std::string_view name) {
    if (const auto found = numbers_.find(name); found != numbers_.end()) return found->second;
    const auto next = static_cast<std::uint32_t>(names_.size());
    names_.emplace_back(name);
    numbers_.emplace(names_.back(), next);
    return next;
  }
  const std::string& name(std::uint32_t number) const { return names_[number]; }
  std::size_t size() const noexcept { return names_.size(); }

 private:
  std::deque<std::string> names_;  // do not move when it grows
  NameMap<std::uint32_t> numbers_;
};

}  // namespace muster
