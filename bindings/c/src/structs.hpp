#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>

#include "guard.hpp"

/// Structs that begin with their size, of older and newer programs.
namespace muster::c {

inline constexpr std::size_t largest_struct = 4096;  ///< whatever later versions add

void check_struct_size(std::size_t size, const char* name);
/// What a newer program says with members that this library does not know must not be lost.
void check_unknown_members(std::span<const std::byte> members, const char* name);

/// Options as this library knows them; all 0 where `given` is null.
template <class T>
T read_struct(const T* given, const char* name) {
  T out{};
  if (given == nullptr) return out;
  check_struct_size(given->size, name);
  const auto* bytes = reinterpret_cast<const std::byte*>(given);
  std::memcpy(&out, bytes, std::min(given->size, sizeof out));
  if (given->size > sizeof out) {
    check_unknown_members({bytes + sizeof out, given->size - sizeof out}, name);
  }
  return out;
}

/// Fills as much of a result as its caller knows; what is beyond this library's knowledge is 0.
template <class T>
void write_struct(T* out, T value) {
  value.size = need(out, "out").size;
  check_struct_size(value.size, "out");
  auto* bytes = reinterpret_cast<std::byte*>(out);
  const std::size_t known = std::min(value.size, sizeof value);
  std::memcpy(bytes, &value, known);
  std::fill(bytes + known, bytes + value.size, std::byte{0});
}

}  // namespace muster::c
