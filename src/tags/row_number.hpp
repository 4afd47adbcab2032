#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace muster {

/// The user, from 0, whom a row number means where users have no keys: digits alone, from 1 to
/// `users`.
inline std::optional<std::uint64_t> read_row_number(std::string_view key, std::size_t users) {
  std::uint64_t row = 0;
  const char* const last = key.data() + key.size();
  const auto [end, error] = std::from_chars(key.data(), last, row);
  const bool canonical = error == std::errc() && end == last && key[0] != '0';
  return canonical && row <= users ? std::optional(row - 1) : std::nullopt;
}

}  // namespace muster
