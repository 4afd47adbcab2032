#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/token.hpp"
#include "core/token_chars.hpp"

namespace muster {
namespace {

// from_chars says only "out of range" for what is too large as for what is too small.
bool is_huge(std::string_view number) {
  const std::size_t exponent_at = number.find_first_of("eE");
  const std::string_view digits = number.substr(0, exponent_at);
  const std::size_t first = digits.find_first_of("123456789");
  if (first == digits.npos) return false;
  const bool negative = exponent_at != number.npos && number[exponent_at + 1] == '-';
  const std::size_t point = std::min(digits.find('.'), digits.size());
  return !negative && (point > first || exponent_at != number.npos);
}

// The value of a well-formed number; false if it is too large.
bool parse_double(std::string_view text, double& value) {
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec == std::errc::result_out_of_range) {
    value = 0;
    return !is_huge(text);
  }
  return std::isfinite(value);
}

// End of digits [. digits] [e [+-] digits]; a malformed exponent is left to the caller's check
// of what follows.
std::size_t number_end(std::string_view text, std::size_t at) {
  const auto digits = [&] {
    while (at < text.size() && is_digit(text[at])) ++at;
  };
  digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    digits();
  }
  if (at < text.size() && (text[at] | 0x20) == 'e') {
    std::size_t exponent = at + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
    if (exponent < text.size() && is_digit(text[exponent])) {
      at = exponent;
      digits();
    }
  }
  return at;
}

std::size_t bad_number_end(std::string_view text, std::size_t at) {
  for (std::size_t end = at;; at = end) {
    end = name_end(text, at);
    while (end < text.size() && text[end] == '.') ++end;
    if (end == at) return end;
  }
}

}  // namespace

void Tokenizer::read_number(Token& token) noexcept {
  const std::size_t begin = at_;
  std::uint64_t value = 0;
  while (at_ < text_.size() && is_digit(text_[at_]) && at_ - begin < 18) {
    value = value * 10 + static_cast<std::uint64_t>(text_[at_++] - '0');
  }
  token.kind = TokenKind::integer;
  token.integer = static_cast<std::int64_t>(value);
  const auto continues = [&] {
    if (at_ == text_.size()) return false;
    const CharacterClass c = class_of(text_[at_]);
    return c != CharacterClass::space && c != CharacterClass::other && c != CharacterClass::quote;
  };
  if (continues()) {
    at_ = number_end(text_, begin);
    if (const std::size_t end = bad_number_end(text_, at_); end != at_) {
      return fail(token, TokenError::bad_number, end);
    }
    const std::string_view digits = text_.substr(begin, at_ - begin);
    const char* last = digits.data() + digits.size();
    const auto parsed = std::from_chars(digits.data(), last, token.integer);
    if (parsed.ptr != last || parsed.ec != std::errc{}) {
      token.kind = TokenKind::number;
      if (!parse_double(digits, token.number)) return fail(token, TokenError::number_range, at_);
    }
  }
  token.range.end = at_;
}

}  // namespace muster
