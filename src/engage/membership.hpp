#pragma once

#include <string>
#include <string_view>

namespace muster {

/// Whom a user's contacts count together with; either may be empty.
struct Membership {
  std::string account;
  std::string household;
};

/// As placements keep it: account and household, a line each; neither holds a line's end.
inline std::string to_text(const Membership& its) { return its.account + "\n" + its.household; }
inline Membership read_membership(std::string_view text) {
  const std::size_t end = text.find('\n');
  if (end == text.npos) return {};
  return {std::string(text.substr(0, end)), std::string(text.substr(end + 1))};
}

}  // namespace muster
