#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace muster {

/// XXH3, 64 bits, seed 0.
std::uint64_t checksum(const void* bytes, std::size_t size) noexcept;
inline std::uint64_t checksum(std::string_view text) noexcept {
  return checksum(text.data(), text.size());
}

}  // namespace muster
