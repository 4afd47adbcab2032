#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/text_hash.hpp"
#include "muster/decide/contact_history.hpp"

namespace muster {

/// Gives each id that it meets a number, in order of arrival.
class IdNumbers {
 public:
  /// Amortised O(1).
  std::uint32_t number(std::string_view id) {
    if (const auto found = numbers_.find(id); found != numbers_.end()) return found->second;
    const auto number = static_cast<std::uint32_t>(ids_.size());
    ids_.push_back(texts_.emplace_back(id));
    numbers_.emplace(ids_.back(), number);
    return number;
  }

  /// By number; until the next new id.
  std::span<const std::string_view> ids() const noexcept { return ids_; }

 private:
  std::deque<std::string> texts_;  // which stay where they are
  std::vector<std::string_view> ids_;
  NameMap<std::uint32_t> numbers_;
};

/// The id of a number; empty where there is none.
inline std::string_view id_at(std::uint32_t number,
                              std::span<const std::string_view> ids) noexcept {
  return number < ids.size() ? ids[number] : std::string_view();
}

/// A contact with its ids.
inline Contact named(const NumberedContact& contact, std::span<const std::string_view> ids) {
  return {contact.at,
          std::string(id_at(contact.policy, ids)),
          std::string(id_at(contact.channel, ids)),
          contact.outcome,
          contact.scope,
          contact.answer};
}

}  // namespace muster
