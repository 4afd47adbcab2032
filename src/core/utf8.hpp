#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace muster {

/// A decoded character; `size` is its length in bytes, 0 where the bytes are not UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::uint8_t size = 0;
};

/// The character at `at`, strictly: no overlong forms, no surrogates, nothing past U+10FFFF.
/// REQUIRES: at < text.size().
CodePoint decode_utf8(std::string_view text, std::size_t at) noexcept;

/// Offset of the first byte that is not UTF-8, or text.size().
std::size_t find_invalid_utf8(std::string_view text) noexcept;
inline bool is_utf8(std::string_view text) noexcept {
  return find_invalid_utf8(text) == text.size();
}

/// Cells of a terminal that a character takes: 0 for combining marks, 2 for East Asian wide and
/// full-width characters and emoji, otherwise 1.
int display_width(char32_t character) noexcept;

/// Control characters: C0, DEL and C1.
constexpr bool is_control(char32_t character) noexcept {
  return character < 0x20 || (character >= 0x7f && character < 0xa0);
}
bool has_control(std::string_view utf8) noexcept;

}  // namespace muster
