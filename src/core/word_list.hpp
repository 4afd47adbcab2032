#pragma once

#include <span>
#include <string>
#include <string_view>

namespace muster {

/// "a", "a or b", "a, b or c". REQUIRES: at least one word.
std::string one_of(std::span<const std::string_view> words);

}  // namespace muster
