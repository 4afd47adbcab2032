#include <fmt/core.h>

#include "core/diagnostics.hpp"
#include "core/token.hpp"
#include "core/utf8.hpp"

namespace muster {
namespace {

struct Mistaken {
  std::string_view typed, meant;
};

// What other languages and Chinese input methods give for the signs of a rule.
constexpr Mistaken mistaken[] = {
    {"==", "="}, {"=>", ">="}, {"=<", "<="},  {"&&", "AND"}, {"||", "OR"},      {"&", "AND"},
    {"|", "OR"}, {"!", "NOT"}, {"`", "'"},    {"（", "("},   {"）", ")"},       {"，", ","},
    {"、", ","}, {"＝", "="},  {"＜", "<"},   {"＞", ">"},   {"≤", "<="},       {"≥", ">="},
    {"≠", "<>"}, {"＋", "+"},  {"－", "-"},   {"×", "*"},    {"÷", "/"},        {"＊", "*"},
    {"／", "/"}, {"％", "%"},  {"‘", "'"},    {"’", "'"},    {"＇", "'"},       {"“", "'"},
    {"”", "'"},  {"＂", "\""}, {"！", "NOT"}, {"　", " "},   {"\xc2\xa0", " "},
};

std::string_view meant_by(std::string_view typed) {
  for (const Mistaken& pair : mistaken) {
    if (pair.typed == typed) return pair.meant;
  }
  return {};
}

std::string stray_message(std::string_view typed) {
  const CodePoint character = decode_utf8(typed, 0);
  const bool printable = !is_control(character.value) && display_width(character.value) > 0;
  if (printable) return fmt::format("'{}' has no meaning here", typed);
  return fmt::format("the character U+{:04X} has no meaning here",
                     static_cast<std::uint32_t>(character.value));
}

std::string message_of(std::string_view typed, TokenError error) {
  switch (error) {
    case TokenError::unterminated_string:
      return "the string is not closed with a single quote";
    case TokenError::unterminated_name:
      return "the name is not closed with a double quote";
    case TokenError::unterminated_comment:
      return "the comment is not closed with '*/'";
    case TokenError::empty_name:
      return "a name can not be empty";
    case TokenError::bad_number:
      return fmt::format("{} is not a number", in_quotes(typed));
    case TokenError::number_range:
      return fmt::format("the number {} is too large", in_quotes(typed));
    case TokenError::bad_utf8:
      return fmt::format("the byte 0x{:02x} is not UTF-8 here",
                         static_cast<unsigned char>(typed.front()));
    default:
      return stray_message(typed);
  }
}

void append_quoted(std::string& out, std::string_view text, char quote) {
  out += quote;
  for (const char c : text) {
    out += c;
    if (c == quote) out += c;
  }
  out += quote;
}

bool is_bare_name(std::string_view name) {
  const Token token = Tokenizer(name).next();
  return token.kind == TokenKind::name && token.keyword == Keyword::none &&
         token.range == ByteRange{0, name.size()};
}

}  // namespace

std::string_view token_text(std::string_view text, const Token& token, std::string& buffer) {
  text = text.substr(token.range.begin, token.range.end - token.range.begin);
  if (token.kind != TokenKind::quoted_name && token.kind != TokenKind::string) return text;
  const char quote = text.front();
  text = text.substr(1, text.size() - 2);
  if (!token.doubled) return text;
  buffer.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    buffer += text[i];
    if (text[i] == quote) ++i;
  }
  return buffer;
}

Diagnostic diagnose(std::string_view text, const Token& token) {
  const std::string_view typed =
      text.substr(token.range.begin, token.range.end - token.range.begin);
  const bool number =
      token.error == TokenError::bad_number || token.error == TokenError::number_range;
  const bool stray = token.error == TokenError::stray_character;
  return {Severity::error, number ? Errc::bad_number : Errc::syntax, token.range,
          message_of(typed, token.error), std::string(stray ? meant_by(typed) : "")};
}

std::string describe(std::string_view text, const Token& token) {
  if (token.kind == TokenKind::end) return "the end of the text";
  return in_quotes(text.substr(token.range.begin, token.range.end - token.range.begin));
}

void append_name(std::string& out, std::string_view name) {
  if (is_bare_name(name)) {
    out += name;
  } else {
    append_quoted(out, name, '"');
  }
}

void append_string(std::string& out, std::string_view text) { append_quoted(out, text, '\''); }

}  // namespace muster
