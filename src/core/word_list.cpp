#include "core/word_list.hpp"

#include <fmt/format.h>

namespace muster {

std::string one_of(std::span<const std::string_view> words) {
  if (words.size() == 1) return std::string(words.front());
  const auto first = words.first(words.size() - 1);
  return fmt::format("{} or {}", fmt::join(first, ", "), words.back());
}

}  // namespace muster
