#include "structs.hpp"

#include <fmt/format.h>

#include "muster/core/version.hpp"

namespace muster::c {

void check_struct_size(std::size_t size, const char* name) {
  if (size >= sizeof(std::size_t) && size <= largest_struct) return;
  refuse_argument(name, fmt::format("has size {}: set it to sizeof of the struct", size));
}

void check_unknown_members(std::span<const std::byte> members, const char* name) {
  const auto is_set = [](std::byte byte) { return byte != std::byte{0}; };
  if (std::none_of(members.begin(), members.end(), is_set)) return;
  refuse_argument(name, fmt::format("has members set that version {} does not know", version()));
}

}  // namespace muster::c
