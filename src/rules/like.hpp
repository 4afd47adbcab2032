#pragma once

#include <optional>
#include <string_view>

namespace muster {

inline constexpr std::string_view bad_pattern_message =
    "a LIKE pattern is a prefix and one '%' at its end; '_' and other '%' are not supported";

/// What a text must begin with to be LIKE the pattern; nothing where the pattern is more than a
/// prefix and one '%' at its end.
inline std::optional<std::string_view> like_prefix(std::string_view pattern) {
  if (!pattern.ends_with('%') || pattern.find_first_of("%_") != pattern.size() - 1) return {};
  return pattern.substr(0, pattern.size() - 1);
}

}  // namespace muster
