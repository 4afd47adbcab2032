#include <gtest/gtest.h>

#include "muster/rules/expr.hpp"

namespace muster {
namespace {

/// "[offending bytes] message" of each finding, one a line; a suggestion follows " -> ".
std::string findings(std::string_view text, const Limits& limits = {}) {
  const Result<Expr> expr = parse(text, limits);
  if (expr) return "no error: " + to_text(*expr);
  std::string out;
  for (const Diagnostic& d : expr.error().diagnostics) {
    if (!out.empty()) out += '\n';
    out += '[' + std::string(text.substr(d.range.begin, d.range.end - d.range.begin)) + "] ";
    if (d.code != Errc::syntax) out += std::string(name(d.code)) + ": ";
    out += d.message;
    if (!d.suggestion.empty()) out += " -> " + d.suggestion;
  }
  return out;
}

struct Case {
  const char* text;
  const char* findings;
};

void expect_findings(std::initializer_list<Case> cases) {
  for (const Case& c : cases) EXPECT_EQ(findings(c.text), c.findings) << c.text;
}

TEST(ParseError, Operands) {
  expect_findings({
      {"", "[] the rule is empty"},
      {" -- only a comment", "[ -- only a comment] the rule is empty"},
      {"a AND", "[] expected a condition, found the end of the rule"},
      {"NOT", "[] expected a condition, found the end of the rule"},
      {"AND a", "[AND] expected a condition, found 'AND'"},
      {"a OR OR b", "[OR] expected a condition, found 'OR'"},
      {"a AND ()", "[)] expected a condition, found ')'"},
      {"a, b", "[,] expected a comparison, AND, OR or the end of the rule, found ','"},
      {"= 5", "[=] expected a condition, found '='"},
      {"a =", "[] expected a tag or a constant, found the end of the rule"},
      {"a = AND b", "[AND] expected a tag or a constant, found 'AND'"},
      {"a = NOT b", "[NOT] expected a tag or a constant, found 'NOT'"},
      {"has = 5",
       "[has] expected a condition, found the keyword 'has'; a tag of that name stands in double "
       "quotes -> \"has\""},
      {"date = 5", "[=] expected a day such as '2025-12-31' after DATE, found '='"},
      {"segment = 5", "[=] SEGMENT takes the name of a segment in parentheses, found '='"},
  });
}

TEST(ParseError, ConstantsAndConditions) {
  expect_findings({
      {"5 AND a", "[5] a constant is not a condition; compare a tag with '5'"},
      {"a OR 'x'", "['x'] a constant is not a condition; compare a tag with 'x'"},
      {"NOT -1.5", "[-1.5] a constant is not a condition; compare a tag with '-1.5'"},
      {"DATE '2024-01-01'",
       "[DATE '2024-01-01'] a constant is not a condition; compare a tag with "
       "'DATE '2024-01-01''"},
      {"5 IS NULL", "[5] a constant is not a condition; compare a tag with '5'"},
      {"days_since(a)",
       "[days_since(a)] a number of days is not a condition; compare it, as in days_until(tag) "
       "<= 60"},
      {"days_since(a) IS TRUE",
       "[days_since(a)] a number of days is not a condition; compare it, as in days_until(tag) "
       "<= 60"},
      {"1 = 1",
       "[1 = 1] two constants are compared; the name of a tag is bare or in double quotes"},
      {"'plan_fee' = 96",
       "['plan_fee' = 96] two constants are compared; the name of a tag is bare or in double "
       "quotes"},
      {"a = b",
       "[a = b] two tags are compared; text stands in single quotes, and a difference of tags is "
       "a derived tag of the schema"},
      {"terminal = \"iPhone\"",
       "[terminal = \"iPhone\"] two tags are compared; text stands in single quotes, and a "
       "difference of tags is a derived tag of the schema"},
      {"days_since(a) > days_since(b)",
       "[days_since(a) > days_since(b)] two tags are compared; text stands in single quotes, and "
       "a difference of tags is a derived tag of the schema"},
      {"(a OR b) = TRUE",
       "[(a OR b) = TRUE] a condition can not be compared; test it with IS TRUE or IS FALSE"},
      {"(a = 1) = TRUE",
       "[(a = 1) = TRUE] a condition can not be compared; test it with IS TRUE or IS FALSE"},
      {"a = SEGMENT(b)",
       "[a = SEGMENT(b)] a condition can not be compared; test it with IS TRUE or IS FALSE"},
      {"(a OR b) IN (1)", "[IN] a condition can not be compared; test it with IS TRUE or IS FALSE"},
      {"a = (b = 1)", "[=] expected ')', found '='"},
  });
}

TEST(ParseError, Chains) {
  expect_findings({
      {"1 < a < 5", "[1 < a < 5] comparisons can not be chained; join them with AND"},
      {"a = 1 = TRUE", "[a = 1 = TRUE] comparisons can not be chained; join them with AND"},
      {"a = 1 IN (2)", "[IN] comparisons can not be chained; join them with AND"},
      {"a = 1 BETWEEN 0 AND 2", "[BETWEEN] comparisons can not be chained; join them with AND"},
      {"a = 1 NOT LIKE 'x%'", "[LIKE] comparisons can not be chained; join them with AND"},
      {"a IS NULL = TRUE", "[a IS NULL = TRUE] comparisons can not be chained; join them with AND"},
      {"a IN (1) HAS ANY ('x')", "[HAS] comparisons can not be chained; join them with AND"},
  });
}

TEST(ParseError, Joints) {
  expect_findings({
      {"a = 1 b", "[b] expected AND, OR or the end of the rule, found 'b'"},
      {"a = 1 ADN b", "[ADN] expected AND, OR or the end of the rule, found 'ADN' -> AND"},
      {"a BETWEN 1 AND 2",
       "[BETWEN] expected a comparison, AND, OR or the end of the rule, found 'BETWEN' -> "
       "BETWEEN\n[2] a constant is not a condition; compare a tag with '2'"},
      {"plan_fee 96", "[96] expected a comparison, AND, OR or the end of the rule, found '96'"},
      {"(a = 1 b = 2)", "[b] expected AND, OR or ')', found 'b'"},
      {"(a) b", "[b] expected a comparison, AND, OR or the end of the rule, found 'b'"},
      {"(a AND (b", "[(] this '(' is never closed\n[(] this '(' is never closed"},
      {"a) AND b", "[)] this ')' closes nothing"},
      {"a AND b)", "[)] this ')' closes nothing"},
      {"a = 1;", "[;] ';' has no meaning here"},
  });
}

TEST(ParseError, SignsOfOtherLanguages) {
  expect_findings({
      {"a => 5", "[=>] '=>' has no meaning here -> >="},
      {"WHERE a = 5", "[a] a rule is only what follows WHERE"},
      {"a == 5", "[==] '==' has no meaning here -> ="},
      {"a && b", "[&&] '&&' has no meaning here -> AND"},
      {"a || b", "[||] '||' has no meaning here -> OR"},
      {"!a", "[!] '!' has no meaning here -> NOT"},
      {"a == 5 && !(b || c == 'x')",
       "[==] '==' has no meaning here -> =\n[&&] '&&' has no meaning here -> AND\n"
       "[!] '!' has no meaning here -> NOT\n[||] '||' has no meaning here -> OR\n"
       "[==] '==' has no meaning here -> ="},
      {"（a = 5）", "[（] '（' has no meaning here -> (\n[）] '）' has no meaning here -> )"},
      {"a IN (1，2)", "[，] '，' has no meaning here -> ,"},
      {"a　AND b", "[　] '　' has no meaning here ->  "},
      {"a = “x”", "[“] '“' has no meaning here -> '\n[”] '”' has no meaning here -> '"},
      {"a # b", "[#] '#' has no meaning here"},
  });
}

TEST(ParseError, Lists) {
  expect_findings({
      {"a IN ()", "[)] IN needs at least one constant"},
      {"a HAS ANY ()", "[)] HAS ANY needs at least one constant"},
      {"a IN (1,)", "[)] expected a constant, found ')'"},
      {"a IN (1 2)", "[2] expected ',' or ')', found '2'"},
      {"a IN (1, 2", "[] expected ',' or ')', found the end of the rule"},
      {"a IN (1 AND b = 2", "[AND] expected ',' or ')', found 'AND'"},
      {"a IN 5", "[5] expected '(' after IN, found '5'"},
      {"a NOT IN 5", "[5] expected '(' after NOT IN, found '5'"},
      {"a IN (iPhone, 'x', \"y\")",
       "[iPhone] expected a constant, found 'iPhone'; text stands in single quotes\n"
       "[\"y\"] expected a constant, found \"y\"; text stands in single quotes"},
      {"a IN (1 + 2)", "[+] arithmetic belongs in a derived tag of the schema"},
      {"a IN ((1), 2)", "[(] expected a constant, found '('"},
      {"a HAS 'x'", "['x'] expected ANY or ALL after HAS, found 'x'"},
      {"a HAS ALL 'x'", "['x'] expected '(' after HAS ALL, found 'x'"},
      {"5 IN (1)", "[5] IN takes a tag on its left, found the constant '5'"},
      {"NULL HAS ANY ('x')", "[NULL] HAS takes a tag on its left, found the constant 'NULL'"},
  });
}

TEST(ParseError, Ranges) {
  expect_findings({
      {"a BETWEEN 5", "[] expected AND and the upper bound, found the end of the rule"},
      {"a BETWEEN 5 OR b", "[OR] expected AND and the upper bound, found 'OR'"},
      {"a BETWEEN 5 AND", "[] expected a constant, found the end of the rule"},
      {"a BETWEEN b AND 5 AND c = ",
       "[b] expected a constant, found 'b'; text stands in single quotes\n"
       "[] expected a tag or a constant, found the end of the rule"},
      {"a BETWEEN 5 AND b", "[b] expected a constant, found 'b'; text stands in single quotes"},
      {"a BETWEEN 1 + 1 AND 5 AND b", "[+] arithmetic belongs in a derived tag of the schema"},
      {"5 BETWEEN 1 AND 9", "[5] BETWEEN takes a tag on its left, found the constant '5'"},
  });
}

TEST(ParseError, Patterns) {
  constexpr const char* bad =
      " a LIKE pattern is a prefix and one '%' at its end; '_' and other '%' are not supported";
  for (const std::string pattern : {"'%x'", "'x'", "''", "'x%%'", "'x%y%'", "'x_%'", "'_'"}) {
    EXPECT_EQ(findings("a LIKE " + pattern), "[" + pattern + "]" + bad);
  }
  expect_findings({
      {"a LIKE 5", "[5] expected a pattern such as 'prefix%' after LIKE, found '5'"},
      {"a LIKE b", "[b] expected a pattern such as 'prefix%' after LIKE, found 'b'"},
      {"5 LIKE 'x%'", "[5] LIKE takes a tag on its left, found the constant '5'"},
      {"a LIKE 'x%' ESCAPE '!'", "[ESCAPE] LIKE 'prefix%' is the only pattern of a rule"},
      {"a ILIKE 'x%'", "[ILIKE] LIKE 'prefix%' is the only pattern of a rule"},
      {"a NOT GLOB 'x*'", "[GLOB] LIKE 'prefix%' is the only pattern of a rule"},
  });
}

TEST(ParseError, Tests) {
  expect_findings({
      {"a IS 5", "[5] expected NULL, TRUE or FALSE after IS, found '5'"},
      {"a IS", "[] expected NULL, TRUE or FALSE after IS, found the end of the rule"},
      {"a IS NOT b", "[b] expected NULL, TRUE or FALSE after IS NOT, found 'b'"},
      {"a NOT NULL", "[NULL] expected IN, BETWEEN or LIKE after NOT, found 'NULL'"},
      {"a NOT = 5", "[=] expected IN, BETWEEN or LIKE after NOT, found '='"},
      {"a ISNULL", "[ISNULL] write IS NULL"},
      {"a NOTNULL", "[NOTNULL] write IS NOT NULL"},
  });
}

TEST(ParseError, WhatOnlySqlHas) {
  expect_findings({
      {"a + 1 > 2", "[+] arithmetic belongs in a derived tag of the schema"},
      {"a > 2 * 3", "[*] arithmetic belongs in a derived tag of the schema"},
      {"a > (b - 1)", "[-] arithmetic belongs in a derived tag of the schema"},
      {"-a > 1", "[-] arithmetic belongs in a derived tag of the schema"},
      {"a % 2 = 0", "[%] arithmetic belongs in a derived tag of the schema"},
      {"days_since(a + 1) > 2", "[+] arithmetic belongs in a derived tag of the schema"},
      {"lower(a) = 'x'",
       "[lower] unknown function 'lower'; calculations belong in a derived tag of the schema"},
      {"day_since(a) > 1",
       "[day_since] unknown function 'day_since'; calculations belong in a derived tag of the "
       "schema -> days_since"},
      {"CAST(a AS int) = 4",
       "[CAST] a rule has no CAST; compare a tag with constants of its own type"},
      {"a IN (SELECT b FROM c)",
       "[SELECT] a rule has no sub-select; name the other rule and write SEGMENT(name)"},
      {"(SELECT max(a) FROM b) > 5",
       "[max] a rule has no sub-select; name the other rule and write SEGMENT(name)"},
      {"EXISTS (SELECT 1)",
       "[EXISTS] a rule has no sub-select; name the other rule and write SEGMENT(name)"},
      {"CASE WHEN a THEN b END", "[WHEN] a rule has no CASE; write the cases with AND and OR"},
      {"a XOR b", "[XOR] a rule has no XOR"},
  });
}

TEST(ParseError, Functions) {
  expect_findings({
      {"days_since a > 1", "[a] days_since takes the name of a date tag in parentheses, found 'a'"},
      {"days_until('2024-01-01') > 1",
       "['2024-01-01'] days_until takes the name of a date tag in parentheses, found "
       "'2024-01-01'"},
      {"days_until(a, b) > 1", "[,] expected ')', found ','"},
      {"days_until(a > 1", "[>] expected ')', found '>'"},
      {"SEGMENT()", "[)] SEGMENT takes the name of a segment in parentheses, found ')'"},
      {"SEGMENT('a')", "['a'] SEGMENT takes the name of a segment in parentheses, found 'a'"},
      {"SEGMENT(and)", "[and] SEGMENT takes the name of a segment in parentheses, found 'and'"},
      {"SEGMENT(a) = TRUE",
       "[SEGMENT(a) = TRUE] a condition can not be compared; test it with IS TRUE or IS FALSE"},
  });
}

TEST(ParseError, NumbersAndDates) {
  expect_findings({
      {"a = 9223372036854775808",
       "[9223372036854775808] bad_number: the integer '9223372036854775808' does not fit 64 bits; "
       "with a decimal point it is rounded -> 9223372036854775808.0"},
      {"a = -9223372036854775809",
       "[-9223372036854775809] bad_number: the integer '-9223372036854775809' does not fit 64 "
       "bits; with a decimal point it is rounded -> -9223372036854775809.0"},
      {"a = 12abc", "[12abc] bad_number: '12abc' is not a number"},
      {"a = 1e999", "[1e999] bad_number: the number '1e999' is too large"},
      {"a = -", "[] expected a number after the sign, found the end of the rule"},
      {"a = -'x'", "['x'] expected a number after the sign, found 'x'"},
      {"a = DATE '2023-02-29'",
       "['2023-02-29'] bad_date: '2023-02-29' is not a day of the calendar, written YYYY-MM-DD"},
      {"a = DATE 'soon'",
       "['soon'] bad_date: 'soon' is not a day of the calendar, written YYYY-MM-DD"},
      {"a = DATE 2024", "[2024] expected a day such as '2025-12-31' after DATE, found '2024'"},
  });
}

TEST(ParseError, TextThatIsNoText) {
  expect_findings({
      {"a = 'x", "['x] the string is not closed with a single quote"},
      {"\"a = 5", "[\"a = 5] the name is not closed with a double quote"},
      {"a /* b", "[/* b] the comment is not closed with '*/'"},
      {"\"\" = 5", "[\"\"] a name can not be empty"},
      {"a = '\xff'", "[\xff] the byte 0xff is not UTF-8 here"},
      {"a AND \xc3", "[\xc3] the byte 0xc3 is not UTF-8 here"},
  });
}

TEST(ParseError, GoesOnAfterAnError) {
  EXPECT_EQ(findings("a == 5 AND b IN (x, 'y', z) OR (c + 1 > 2 AND d LIKE '%') AND e = f"),
            "[==] '==' has no meaning here -> =\n"
            "[x] expected a constant, found 'x'; text stands in single quotes\n"
            "[z] expected a constant, found 'z'; text stands in single quotes\n"
            "[+] arithmetic belongs in a derived tag of the schema\n"
            "[e = f] two tags are compared; text stands in single quotes, and a difference of "
            "tags is a derived tag of the schema");
}

TEST(ParseError, ReportsNoMoreThanTwenty) {
  std::string text = "a == 0";
  for (int i = 0; i < 100; ++i) text += " AND lower(x) = 1";
  EXPECT_EQ(parse(text).error().diagnostics.size(), 20u);
  EXPECT_EQ(parse(std::string(1000, '#')).error().diagnostics.size(), 20u);
}

TEST(ParseError, TheErrorTellsOfTheFirstFindingAndCountsTheRest) {
  const Error error = parse("a == 5 && b").error();
  EXPECT_EQ(error.code, Errc::syntax);
  EXPECT_EQ(error.message, "'==' has no meaning here; did you mean '='? (and 1 more error)");
}

TEST(ParseError, Limits) {
  Limits limits;
  limits.max_rule_bytes = 10;
  EXPECT_EQ(findings("a AND b AN", limits).find("limit"), std::string::npos);
  EXPECT_EQ(findings("a AND b OR c", limits),
            "[a AND b OR c] limit: the rule is 12 bytes long, more than max_rule_bytes = 10");

  limits = {};
  limits.max_rule_depth = 3;
  EXPECT_EQ(findings("(((a)))", limits), "no error: a");
  EXPECT_EQ(findings("((((a))))", limits),
            "[(] limit: the rule is nested more than max_rule_depth = 3 levels deep");
  EXPECT_EQ(findings("NOT NOT NOT NOT a", limits),
            "[NOT] limit: the rule is nested more than max_rule_depth = 3 levels deep");
  EXPECT_EQ(findings("a = ((((1))))", limits),
            "[(] limit: the rule is nested more than max_rule_depth = 3 levels deep");
  EXPECT_EQ(findings("NOT (a OR b)", limits), "no error: NOT (a OR b)");
  EXPECT_EQ(findings("NOT (a OR b AND c)", limits),
            "[AND] limit: the rule is nested more than max_rule_depth = 3 levels deep");

  limits = {};
  limits.max_rule_literals = 2;
  EXPECT_EQ(findings("a AND b = 1", limits), "no error: a AND b = 1");
  EXPECT_EQ(findings("a AND b = 1 AND c", limits),
            "[c] limit: the rule has more than max_rule_literals = 2 comparisons");
  EXPECT_EQ(findings("a AND b IN (1, 2, 3) AND SEGMENT(c) AND d", limits),
            "[SEGMENT(c)] limit: the rule has more than max_rule_literals = 2 comparisons");
}

std::string nested(std::size_t depth) {
  std::string text(depth, '(');
  text += 'a';
  return text.append(depth, ')');
}

TEST(ParseError, DefaultLimitsHold) {
  EXPECT_EQ(parse(std::string((1 << 20) + 1, ' ')).error().code, Errc::limit);
  EXPECT_EQ(parse(nested(257)).error().code, Errc::limit);
  EXPECT_TRUE(parse(nested(256)));
  std::string wide = "a";
  for (int i = 1; i < 16'384; ++i) wide += " OR a";
  EXPECT_TRUE(parse(wide));
  EXPECT_EQ(parse(wide + " OR a").error().code, Errc::limit);
}

}  // namespace
}  // namespace muster
