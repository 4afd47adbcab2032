#include "core/token.hpp"

#include <algorithm>

#include "core/token_chars.hpp"
#include "core/utf8.hpp"

namespace muster {

Tokenizer::Tokenizer(std::string_view text) noexcept : text_(text) {
  if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
}

Token Tokenizer::next() noexcept {
  Token token;
  if (!skip_space(token)) return token;
  token.range.begin = at_;
  if (at_ == text_.size()) {
    token.range.end = at_;
    return token;
  }
  switch (class_of(text_[at_])) {
    case CharacterClass::letter:
    case CharacterClass::high:
      read_name(token);
      break;
    case CharacterClass::digit:
      read_number(token);
      break;
    case CharacterClass::quote:
      read_quoted(token, text_[at_]);
      break;
    case CharacterClass::dot:
      if (at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) {
        read_number(token);
        break;
      }
      [[fallthrough]];
    default:
      read_operator(token);
  }
  return token;
}

void Tokenizer::fail(Token& token, TokenError error, std::size_t end) noexcept {
  token.kind = TokenKind::error;
  token.error = error;
  token.range.end = at_ = end;
}

bool Tokenizer::skip_space(Token& token) noexcept {
  for (;;) {
    while (at_ < text_.size() && class_of(text_[at_]) == CharacterClass::space) ++at_;
    const std::string_view rest = text_.substr(at_, 2);
    if (rest == "--") {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (rest == "/*") {
      const std::size_t close = text_.find("*/", at_ + 2);
      if (close == text_.npos) {
        token.range.begin = at_;
        fail(token, TokenError::unterminated_comment, text_.size());
        return false;
      }
      at_ = close + 2;
    } else {
      return true;
    }
  }
}

void Tokenizer::read_name(Token& token) noexcept {
  const std::size_t begin = at_;
  at_ = name_end(text_, begin);
  if (at_ == begin) {
    const CodePoint character = decode_utf8(text_, begin);
    if (character.size != 0)
      return fail(token, TokenError::stray_character, begin + character.size);
    return fail(token, TokenError::bad_utf8, begin + 1);
  }
  token.kind = TokenKind::name;
  token.range.end = at_;
  token.keyword = find_keyword(text_.substr(begin, at_ - begin));
}

void Tokenizer::read_quoted(Token& token, char quote) noexcept {
  const std::size_t begin = at_;
  std::size_t at = begin + 1;
  unsigned char seen = 0;
  for (;; ++at) {
    if (at == text_.size()) {
      return fail(token,
                  quote == '"' ? TokenError::unterminated_name : TokenError::unterminated_string,
                  at);
    }
    seen |= static_cast<unsigned char>(text_[at]);
    if (text_[at] != quote) continue;
    if (at + 1 == text_.size() || text_[at + 1] != quote) break;
    token.doubled = true;
    ++at;
  }
  const std::string_view body = text_.substr(begin + 1, at - begin - 1);
  if (quote == '"' && body.empty()) return fail(token, TokenError::empty_name, at + 1);
  if (seen >= 0x80) {
    if (const std::size_t bad = find_invalid_utf8(body); bad != body.size()) {
      fail(token, TokenError::bad_utf8, at + 1);
      token.range = {begin + 1 + bad, begin + 2 + bad};
      return;
    }
  }
  token.kind = quote == '"' ? TokenKind::quoted_name : TokenKind::string;
  token.range.end = at_ = at + 1;
}

void Tokenizer::read_operator(Token& token) noexcept {
  const char first = text_[at_];
  const char second = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  const auto take = [&](TokenKind kind, std::size_t size) {
    token.kind = kind;
    token.range.end = at_ += size;
  };
  switch (first) {
    case '(':
      return take(TokenKind::left_paren, 1);
    case ')':
      return take(TokenKind::right_paren, 1);
    case ',':
      return take(TokenKind::comma, 1);
    case '+':
      return take(TokenKind::plus, 1);
    case '-':
      return take(TokenKind::minus, 1);
    case '*':
      return take(TokenKind::star, 1);
    case '/':
      return take(TokenKind::slash, 1);
    case '%':
      return take(TokenKind::percent, 1);
    case '=':
      if (second == '=' || second == '>' || second == '<') {
        return fail(token, TokenError::stray_character, at_ + 2);
      }
      return take(TokenKind::eq, 1);
    case '<':
      if (second == '=') return take(TokenKind::le, 2);
      if (second == '>') return take(TokenKind::ne, 2);
      return take(TokenKind::lt, 1);
    case '>':
      return second == '=' ? take(TokenKind::ge, 2) : take(TokenKind::gt, 1);
    case '!':
      if (second == '=') return take(TokenKind::ne, 2);
      break;
    case '&':
    case '|':
      if (second == first) return fail(token, TokenError::stray_character, at_ + 2);
      break;
    default:
      break;
  }
  fail(token, TokenError::stray_character, at_ + 1);
}

}  // namespace muster
