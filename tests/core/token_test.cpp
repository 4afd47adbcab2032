#include "core/token.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace muster {
namespace {

std::string kind_text(const Token& token) {
  switch (token.kind) {
    case TokenKind::end:
      return "end";
    case TokenKind::name:
      return token.keyword == Keyword::none ? "name" : "word";
    case TokenKind::quoted_name:
      return "quoted";
    case TokenKind::string:
      return "string";
    case TokenKind::integer:
      return "integer";
    case TokenKind::number:
      return "number";
    case TokenKind::error:
      return "error";
    default:
      return "sign";
  }
}

// "kind:text" of each token, the end left out.
std::string tokens(std::string_view text) {
  Tokenizer tokenizer(text);
  std::string out, buffer;
  for (Token token = tokenizer.next(); token.kind != TokenKind::end; token = tokenizer.next()) {
    if (!out.empty()) out += ' ';
    out += kind_text(token) + ":" + std::string(token_text(text, token, buffer));
  }
  return out;
}

Token only(std::string_view text) {
  Tokenizer tokenizer(text);
  const Token token = tokenizer.next();
  EXPECT_EQ(tokenizer.next().kind, TokenKind::end) << text;
  return token;
}

std::string diagnosis(std::string_view text) {
  Tokenizer tokenizer(text);
  Token token = tokenizer.next();
  while (token.kind != TokenKind::error && token.kind != TokenKind::end) token = tokenizer.next();
  if (token.kind == TokenKind::end) return "no error";
  const Diagnostic found = diagnose(text, token);
  return std::to_string(found.range.begin) + "-" + std::to_string(found.range.end) + " " +
         std::string(found.message) +
         (found.suggestion.empty() ? "" : " [" + found.suggestion + "]");
}

TEST(Token, CutsARule) {
  EXPECT_EQ(tokens("plan_fee = 96 AND terminal IN ('iPhone','Hua''wei')"),
            "name:plan_fee sign:= integer:96 word:AND name:terminal word:IN sign:( string:iPhone "
            "sign:, string:Hua'wei sign:)");
  EXPECT_EQ(tokens("a<>1 b!=2 c<=3.5 d>=.5 e<f>g+h-i*j/k%l"),
            "name:a sign:<> integer:1 name:b sign:!= integer:2 name:c sign:<= number:3.5 name:d "
            "sign:>= number:.5 name:e sign:< name:f sign:> name:g sign:+ name:h sign:- name:i "
            "sign:* name:j sign:/ name:k sign:% name:l");
  EXPECT_EQ(tokens("套餐月费 = 96"), "name:套餐月费 sign:= integer:96");
  EXPECT_EQ(tokens("\"plan \"\"fee\"\"\" Ünïcode_1 名2"),
            "quoted:plan \"fee\" name:Ünïcode_1 name:名2");
  EXPECT_EQ(tokens(""), "");
  EXPECT_EQ(tokens("\xef\xbb\xbf"
                   "a"),
            "name:a");
}

TEST(Token, SkipsComments) {
  EXPECT_EQ(tokens("a -- b 'c\n d /* e * / -- */ f --"), "name:a name:d name:f");
  EXPECT_EQ(tokens("a/**/b - -c"), "name:a name:b sign:- sign:- name:c");
  EXPECT_EQ(tokens("/* /* */ a */"), "name:a sign:* sign:/");
}

TEST(Token, GivesByteRanges) {
  const std::string_view text = " 套餐 >= 'x' ";
  Tokenizer tokenizer(text);
  EXPECT_EQ(tokenizer.next().range, (ByteRange{1, 7}));
  EXPECT_EQ(tokenizer.next().range, (ByteRange{8, 10}));
  EXPECT_EQ(tokenizer.next().range, (ByteRange{11, 14}));
  EXPECT_EQ(tokenizer.next().range, (ByteRange{15, 15}));
  EXPECT_EQ(tokenizer.next().range, (ByteRange{15, 15}));
}

TEST(Token, KnowsTheWordsInAnyCase) {
  struct Case {
    std::string_view text;
    Keyword keyword;
  };
  const Case cases[] = {
      {"and", Keyword::and_},
      {"Or", Keyword::or_},
      {"NOT", Keyword::not_},
      {"in", Keyword::in_},
      {"Between", Keyword::between_},
      {"IS", Keyword::is_},
      {"null", Keyword::null_},
      {"TRUE", Keyword::true_},
      {"False", Keyword::false_},
      {"like", Keyword::like_},
      {"HAS", Keyword::has_},
      {"any", Keyword::any_},
      {"ALL", Keyword::all_},
      {"date", Keyword::date_},
      {"Segment", Keyword::segment_},
      {"DAYS_since", Keyword::days_since_},
      {"days_UNTIL", Keyword::days_until_},
      {"a", Keyword::none},
      {"android", Keyword::none},
      {"days_untie", Keyword::none},
      {"days-since", Keyword::none},
      {"segments", Keyword::none},
      {"days\x7fsince", Keyword::none},
      {"", Keyword::none},
      {"\0ot", Keyword::none},
  };
  for (const Case& c : cases) EXPECT_EQ(find_keyword(c.text), c.keyword) << c.text;
}

TEST(Token, ClassifiesNumbersExactly) {
  EXPECT_EQ(only("0").integer, 0);
  EXPECT_EQ(only("00012").integer, 12);
  EXPECT_EQ(only("123456789012345678").integer, 123456789012345678);
  EXPECT_EQ(only("9007199254740993").integer, 9007199254740993);
  EXPECT_EQ(only("9223372036854775807").integer, INT64_MAX);
  EXPECT_EQ(only("9223372036854775807").kind, TokenKind::integer);
  EXPECT_EQ(only("0000000000000000000000000000001").integer, 1);
  struct Case {
    std::string_view text;
    double value;
  };
  const Case cases[] = {{"9223372036854775808", 9223372036854775808.0},
                        {"1.0", 1.0},
                        {"12.", 12.0},
                        {".5", 0.5},
                        {"1e3", 1000},
                        {"1E+3", 1000},
                        {"2.5e-1", 0.25},
                        {"0.1", 0.1},
                        {"0e999", 0},
                        {"1e-999", 0},
                        {"0.00001e-320", 0},
                        {"123456789012345678901234567890", 123456789012345678901234567890.0},
                        {"1.7976931348623157e308", 1.7976931348623157e308},
                        {"5e-324", 5e-324}};
  for (const Case& c : cases) {
    const Token token = only(c.text);
    EXPECT_EQ(token.kind, TokenKind::number) << c.text;
    EXPECT_EQ(token.number, c.value) << c.text;
  }
}

TEST(Token, SaysWhatIsWrong) {
  struct Case {
    std::string_view text, expected;
  };
  using std::string_view_literals::operator""sv;
  const Case cases[] = {
      {"a = 'b", "4-6 the string is not closed with a single quote"},
      {"a = 'b''", "4-8 the string is not closed with a single quote"},
      {"a \"b", "2-4 the name is not closed with a double quote"},
      {"a /* b", "2-6 the comment is not closed with '*/'"},
      {"a /*/", "2-5 the comment is not closed with '*/'"},
      {"\"\" = 1", "0-2 a name can not be empty"},
      {"a = 12abc", "4-9 '12abc' is not a number"},
      {"a = 1.2.3", "4-9 '1.2.3' is not a number"},
      {"a = 1e", "4-6 '1e' is not a number"},
      {"a = 1e+", "4-6 '1e' is not a number"},
      {"a = 0x1F", "4-8 '0x1F' is not a number"},
      {"a = 3个", "4-8 '3个' is not a number"},
      {"a = 1e999", "4-9 the number '1e999' is too large"},
      {"a = 10e308", "4-10 the number '10e308' is too large"},
      {"a => 1", "2-4 '=>' has no meaning here [>=]"},
      {"a =< 1", "2-4 '=<' has no meaning here [<=]"},
      {"a == 1", "2-4 '==' has no meaning here [=]"},
      {"a && b", "2-4 '&&' has no meaning here [AND]"},
      {"a | b", "2-3 '|' has no meaning here [OR]"},
      {"!a", "0-1 '!' has no meaning here [NOT]"},
      {"a ; b", "2-3 ';' has no meaning here"},
      {"a . b", "2-3 '.' has no meaning here"},
      {"a ＝ 1", "2-5 '＝' has no meaning here [=]"},
      {"套餐≥1", "6-9 '≥' has no meaning here [>=]"},
      {"“a”", "0-3 '“' has no meaning here [']"},
      {"（a）", "0-3 '（' has no meaning here [(]"},
      {"a\0b"sv, "1-2 the character U+0000 has no meaning here"},
      {"a\xe2\x80\x8b", "1-4 the character U+200B has no meaning here"},
      {"a \xff", "2-3 the byte 0xff is not UTF-8 here"},
      {"a\xe5\xa5", "1-2 the byte 0xe5 is not UTF-8 here"},
      {"'a\xc0\x80'", "2-3 the byte 0xc0 is not UTF-8 here"},
      {"\"\xed\xa0\x80\"", "1-2 the byte 0xed is not UTF-8 here"},
  };
  for (const Case& c : cases) EXPECT_EQ(diagnosis(c.text), c.expected) << c.text;
}

TEST(Token, GivesErrorsTheirCodes) {
  const auto code = [](std::string_view text) { return diagnose(text, only(text)).code; };
  EXPECT_EQ(code("1x"), Errc::bad_number);
  EXPECT_EQ(code("1e999"), Errc::bad_number);
  EXPECT_EQ(code("'x"), Errc::syntax);
}

TEST(Token, GoesOnAfterErrors) {
  EXPECT_EQ(tokens("a # 1x \xff 'b\xff' c"),
            "name:a error:# error:1x error:\xff error:\xff name:c");
}

TEST(Token, AlwaysMakesProgressOnAnyBytes) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const char bytes[] = {static_cast<char>(first), static_cast<char>(second), '.'};
      const std::string_view text(bytes, 3);
      Tokenizer tokenizer(text);
      std::size_t count = 0, last = 0;
      for (Token token = tokenizer.next(); token.kind != TokenKind::end; token = tokenizer.next()) {
        ASSERT_LT(++count, 5u);
        ASSERT_LE(last, token.range.begin);
        ASSERT_LT(token.range.begin, token.range.end);
        ASSERT_LE(last = token.range.end, text.size());
        ASSERT_EQ(token.kind == TokenKind::error, token.error != TokenError::none);
      }
    }
  }
}

TEST(Token, WritesNamesThatReadBack) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"plan_fee", "plan_fee"},   {"套餐月费", "套餐月费"}, {"plan fee", "\"plan fee\""},
      {"a\"b", "\"a\"\"b\""},     {"And", "\"And\""},       {"5g", "\"5g\""},
      {"segment", "\"segment\""}, {"a-b", "\"a-b\""},       {"a--b", "\"a--b\""},
      {"（5G）", "\"（5G）\""},   {" a", "\" a\""},         {"a/**/", "\"a/**/\""},
  };
  for (const auto& [name, written] : cases) {
    std::string out, buffer;
    append_name(out, name);
    EXPECT_EQ(out, written);
    EXPECT_EQ(token_text(out, only(out), buffer), name);
  }
}

TEST(Token, WritesStringsThatReadBack) {
  for (const std::string_view text : {"", "iPhone", "it's", "''", "a\nb", "中文"}) {
    std::string out, buffer;
    append_string(out, text);
    EXPECT_EQ(only(out).kind, TokenKind::string);
    EXPECT_EQ(token_text(out, only(out), buffer), text);
  }
}

TEST(Token, DescribesItself) {
  EXPECT_EQ(describe("'a'", only("'a'")), "''a''");
  EXPECT_EQ(describe("a", only("a")), "'a'");
  EXPECT_EQ(describe("", Tokenizer("").next()), "the end of the text");
}

}  // namespace
}  // namespace muster
