#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "muster/core/error.hpp"

namespace muster {

enum class TokenKind : std::uint8_t {
  end,   ///< after the last token, any number of times
  name,  ///< bare: plan_fee, 套餐月费; `keyword` says whether it may be a word of the language
  quoted_name,  ///< "plan fee"
  string,       ///< 'iPhone'
  integer,      ///< digits that fit 64 bits; in `integer`
  number,       ///< any other number, 96.5 or 1e3 or 18446744073709551615; in `number`, finite
  eq,
  ne,
  lt,
  le,
  gt,
  ge,
  left_paren,
  right_paren,
  comma,
  plus,
  minus,
  star,
  slash,
  percent,
  error,  ///< not a token; see diagnose()
};

/// Words that mean something in a rule, in any case. Which of them are reserved is the parser's
/// business.
enum class Keyword : std::uint8_t {
  none,
  and_,
  or_,
  not_,
  in_,
  between_,
  is_,
  null_,
  true_,
  false_,
  like_,
  has_,
  any_,
  all_,
  date_,
  segment_,
  days_since_,
  days_until_,
};

/// Why characters are not a token.
enum class TokenError : std::uint8_t {
  none,
  stray_character,
  unterminated_string,
  unterminated_name,
  unterminated_comment,
  empty_name,    ///< ""
  bad_number,    ///< 12abc, 1e
  number_range,  ///< 1e999
  bad_utf8,
};

struct Token {
  TokenKind kind = TokenKind::end;
  Keyword keyword = Keyword::none;
  TokenError error = TokenError::none;
  bool doubled = false;  ///< the quoted text has doubled quotes, to be read as one
  ByteRange range;       ///< in the text, quotes included
  union {
    std::int64_t integer = 0;
    double number;
  };
};

/// Cuts a rule or a formula into tokens. White space and SQL comments (`--` to the end of the
/// line, `/* */`) stand between them. Allocates nothing; one pass; reading on after an error
/// token is safe and always makes progress. Text is checked to be UTF-8 outside comments.
class Tokenizer {
 public:
  /// Borrows the text.
  explicit Tokenizer(std::string_view text) noexcept;
  Token next() noexcept;

 private:
  bool skip_space(Token& token) noexcept;
  void read_name(Token& token) noexcept;
  void read_number(Token& token) noexcept;
  void read_quoted(Token& token, char quote) noexcept;
  void read_operator(Token& token) noexcept;
  void fail(Token& token, TokenError error, std::size_t end) noexcept;

  std::string_view text_;
  std::size_t at_ = 0;
};

/// What a name or a string token says: the bare text, or what stands between the quotes. Borrows
/// `text` where it can, otherwise `buffer`.
std::string_view token_text(std::string_view text, const Token& token, std::string& buffer);

/// The finding for an error token, with a suggestion for characters often mistaken for others.
Diagnostic diagnose(std::string_view text, const Token& token);

/// A token as a message shows it: "'plan_fee'", "the end of the rule".
std::string describe(std::string_view text, const Token& token);

/// Whether the word, in any case, is one of the language.
Keyword find_keyword(std::string_view word) noexcept;

/// Writes a name so that it is read as that name: bare where it can be, else double-quoted.
void append_name(std::string& out, std::string_view name);
/// Writes a string literal.
void append_string(std::string& out, std::string_view text);

}  // namespace muster
