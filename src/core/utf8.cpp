#include "core/utf8.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace muster {
namespace {

struct Range {
  char32_t first, last;
};

// Blocks of Unicode 15 that terminals show two cells wide, neighbouring blocks joined.
constexpr Range wide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},
    {0x25fd, 0x25fe},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x26a1, 0x26a1},
    {0x26bd, 0x26be},   {0x26c4, 0x26c5},   {0x26d4, 0x26d4},   {0x26fd, 0x26fd},
    {0x2705, 0x2705},   {0x270a, 0x270b},   {0x2728, 0x2728},   {0x274c, 0x274c},
    {0x2753, 0x2755},   {0x2795, 0x2797},   {0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},
    {0x2e80, 0x303e},   {0x3041, 0x4dbf},   {0x4e00, 0xa4cf},   {0xa960, 0xa97f},
    {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe10, 0xfe19},   {0xfe30, 0xfe6f},
    {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x16fe0, 0x1b2ff}, {0x1f004, 0x1f004},
    {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e}, {0x1f191, 0x1f19a}, {0x1f200, 0x1f320},
    {0x1f32d, 0x1f335}, {0x1f337, 0x1f37c}, {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca},
    {0x1f3e0, 0x1f3f0}, {0x1f400, 0x1f64f}, {0x1f680, 0x1f6fc}, {0x1f7e0, 0x1f7eb},
    {0x1f90c, 0x1f9ff}, {0x1fa70, 0x1faff}, {0x20000, 0x3fffd},
};

// Marks drawn over the character before them, and characters that are not drawn at all.
constexpr Range zero[] = {
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x0610, 0x061a},   {0x064b, 0x065f},
    {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},   {0x200b, 0x200f},
    {0x202a, 0x202e}, {0x2060, 0x2064}, {0x20d0, 0x20ff}, {0x302a, 0x302d},   {0x3099, 0x309a},
    {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}, {0xe0100, 0xe01ef},
};

template <std::size_t Size>
bool contains(const Range (&ranges)[Size], char32_t character) {
  const auto* range = std::lower_bound(std::begin(ranges), std::end(ranges), character,
                                       [](const Range& r, char32_t c) { return r.last < c; });
  return range != std::end(ranges) && range->first <= character;
}

bool is_continuation(unsigned char byte) { return (byte & 0xc0) == 0x80; }

// Length by the first byte; 0: no character begins so.
std::uint8_t sequence_size(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

bool is_scalar(char32_t value, std::uint8_t size) {
  if (size == 3) return value >= 0x800 && (value < 0xd800 || value > 0xdfff);
  return size != 4 || (value >= 0x10000 && value <= 0x10ffff);
}

}  // namespace

CodePoint decode_utf8(std::string_view text, std::size_t at) noexcept {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::uint8_t size = sequence_size(lead);
  if (size == 1) return {lead, 1};
  if (size == 0 || text.size() - at < size) return {};
  char32_t value = lead & (0x7fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + i]);
    if (!is_continuation(byte)) return {};
    value = value << 6 | (byte & 0x3fu);
  }
  return is_scalar(value, size) ? CodePoint{value, size} : CodePoint{};
}

std::size_t find_invalid_utf8(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t eight = 0;
    if (text.size() - at >= 8 &&
        (std::memcpy(&eight, text.data() + at, 8), (eight & 0x8080'8080'8080'8080u) == 0)) {
      at += 8;
      continue;
    }
    const CodePoint character = decode_utf8(text, at);
    if (character.size == 0) return at;
    at += character.size;
  }
  return at;
}

int display_width(char32_t character) noexcept {
  if (character < 0x300) return 1;
  if (contains(zero, character)) return 0;
  return contains(wide, character) ? 2 : 1;
}

bool has_control(std::string_view utf8) noexcept {
  for (std::size_t at = 0; at < utf8.size();) {
    const CodePoint character = decode_utf8(utf8, at);
    if (character.size != 0 && is_control(character.value)) return true;
    at += character.size == 0 ? 1 : character.size;
  }
  return false;
}

}  // namespace muster
