#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace muster {

/// What a byte can begin.
enum class CharacterClass : std::uint8_t { other, space, letter, digit, quote, dot, high };

constexpr std::array<CharacterClass, 256> make_character_classes() {
  std::array<CharacterClass, 256> classes{};
  for (char c : {' ', '\t', '\n', '\v', '\f', '\r'}) {
    classes[static_cast<unsigned char>(c)] = CharacterClass::space;
  }
  for (std::size_t c = 'a'; c <= 'z'; ++c)
    classes[c] = classes[c - 'a' + 'A'] = CharacterClass::letter;
  for (std::size_t c = '0'; c <= '9'; ++c) classes[c] = CharacterClass::digit;
  for (std::size_t c = 0x80; c < 256; ++c) classes[c] = CharacterClass::high;
  classes['_'] = CharacterClass::letter;
  classes['\''] = classes['"'] = CharacterClass::quote;
  classes['.'] = CharacterClass::dot;
  return classes;
}
inline constexpr std::array<CharacterClass, 256> character_classes = make_character_classes();

inline CharacterClass class_of(char c) { return character_classes[static_cast<unsigned char>(c)]; }
inline bool is_digit(char c) { return class_of(c) == CharacterClass::digit; }

/// Whether a character past ASCII may stand in a bare name: spaces, punctuation, symbols and
/// invisible characters may not, because there they are nearly always slips of an input method.
bool may_be_in_name(char32_t character) noexcept;

/// Where the characters of a bare name that begin at `at` end.
std::size_t name_end(std::string_view text, std::size_t at) noexcept;

}  // namespace muster
