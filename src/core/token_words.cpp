#include "core/token.hpp"
#include "core/token_chars.hpp"
#include "core/utf8.hpp"

namespace muster {
namespace {

// Up to eight letters as one word, capitals folded. Setting bit 5 keeps digits and folds '_'
// to a byte that no letter has, so different words stay different.
constexpr std::uint64_t fold(const char* text, std::size_t size) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < size; ++i) {
    word |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[i]) | 0x20u) << (8 * i);
  }
  return word;
}
constexpr std::uint64_t fold(std::string_view text) { return fold(text.data(), text.size()); }

Keyword find_short_keyword(std::uint64_t folded) {
  switch (folded) {
    case fold("and"):
      return Keyword::and_;
    case fold("or"):
      return Keyword::or_;
    case fold("not"):
      return Keyword::not_;
    case fold("in"):
      return Keyword::in_;
    case fold("between"):
      return Keyword::between_;
    case fold("is"):
      return Keyword::is_;
    case fold("null"):
      return Keyword::null_;
    case fold("true"):
      return Keyword::true_;
    case fold("false"):
      return Keyword::false_;
    case fold("like"):
      return Keyword::like_;
    case fold("has"):
      return Keyword::has_;
    case fold("any"):
      return Keyword::any_;
    case fold("all"):
      return Keyword::all_;
    case fold("date"):
      return Keyword::date_;
    case fold("segment"):
      return Keyword::segment_;
    default:
      return Keyword::none;
  }
}

}  // namespace

bool may_be_in_name(char32_t c) noexcept {
  if (c < 0xc0) return c == 0xaa || c == 0xb5 || c == 0xba;
  if (c == 0xd7 || c == 0xf7) return false;
  if (c < 0x2000) return c != 0x1680 && c != 0x180e;
  if (c < 0x2c00) return c >= 0x2070 && c < 0x2190 && (c < 0x20a0 || c > 0x20cf);
  if (c < 0x3040) return c == 0x3005 || c == 0x3007 || (c < 0x2e00) || (c >= 0x2e80 && c < 0x3000);
  if (c >= 0xfe10 && c < 0xfe70) return false;
  if (c < 0xff00) return c < 0xd800 || (c >= 0xf900 && c != 0xfeff);
  if (c <= 0xff65) {
    return (c >= 0xff10 && c <= 0xff19) || (c >= 0xff21 && c <= 0xff3a) || c == 0xff3f ||
           (c >= 0xff41 && c <= 0xff5a);
  }
  return c < 0xffe0 || (c >= 0x10000 && (c < 0x1f000 || (c >= 0x20000 && c < 0xe0000)));
}

std::size_t name_end(std::string_view text, std::size_t at) noexcept {
  while (at < text.size()) {
    const CharacterClass c = class_of(text[at]);
    if (c == CharacterClass::letter || c == CharacterClass::digit) {
      ++at;
    } else if (c == CharacterClass::high) {
      const CodePoint character = decode_utf8(text, at);
      if (character.size == 0 || !may_be_in_name(character.value)) break;
      at += character.size;
    } else {
      break;
    }
  }
  return at;
}

Keyword find_keyword(std::string_view word) noexcept {
  if (word.size() <= 8) return find_short_keyword(fold(word));
  if (word.size() != 10 || word[4] != '_' || fold(word.substr(0, 4)) != fold("days")) {
    return Keyword::none;
  }
  const std::uint64_t rest = fold(word.substr(5));
  if (rest == fold("since")) return Keyword::days_since_;
  return rest == fold("until") ? Keyword::days_until_ : Keyword::none;
}

}  // namespace muster
