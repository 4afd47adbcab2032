#include "judge/reference.hpp"

#include <gtest/gtest.h>

#include "judge/random_rules.hpp"

namespace muster::judge {
namespace {

const Row user = {{"yes", Truth::yes},
                  {"no", Truth::no},
                  {"unknown", Value()},
                  {"five", std::int64_t{5}},
                  {"half", 0.5},
                  {"big", std::int64_t{9007199254740993}},
                  {"phone", std::string("iPhone 15")},
                  {"day", *parse_date("2024-03-01")},
                  {"likes", Set{"video", "game"}}};

char judged(const std::string& rule) {
  const Segments segments = {{"s", *parse("five = 5")}, {"n", *parse("unknown = 5")}};
  const Result<Expr> expr = parse(rule);
  EXPECT_TRUE(expr) << rule;
  return "FNT"[static_cast<int>(evaluate(*expr, user, segments, *parse_date("2024-03-11")))];
}

// Written out by hand from the SQL standard.
TEST(Reference, TruthTables) {
  const char* names[] = {"no", "unknown", "yes"};
  const char* conjunction[] = {"FFF", "FNN", "FNT"};
  const char* disjunction[] = {"FNT", "NNT", "TTT"};
  for (std::size_t a = 0; a < 3; ++a) {
    for (std::size_t b = 0; b < 3; ++b) {
      const std::string left = names[a], right = names[b];
      EXPECT_EQ(judged(left + " AND " + right), conjunction[a][b]);
      EXPECT_EQ(judged(left + " OR " + right), disjunction[a][b]);
    }
    const std::string operand = names[a];
    EXPECT_EQ(judged("NOT " + operand), "TNF"[a]);
    EXPECT_EQ(judged(operand + " IS NULL"), "FTF"[a]);
    EXPECT_EQ(judged(operand + " IS NOT NULL"), "TFT"[a]);
    EXPECT_EQ(judged(operand + " IS TRUE"), "FFT"[a]);
    EXPECT_EQ(judged(operand + " IS NOT TRUE"), "TTF"[a]);
    EXPECT_EQ(judged(operand + " IS FALSE"), "TFF"[a]);
    EXPECT_EQ(judged(operand + " IS NOT FALSE"), "FTT"[a]);
  }
}

TEST(Reference, Tests) {
  struct Case {
    const char* rule;
    char truth;
  };
  const Case cases[] = {
      {"five = 5", 'T'},
      {"five <> 5.0", 'F'},
      {"five < 5.5", 'T'},
      {"unknown < 5", 'N'},
      {"five = NULL", 'N'},
      {"half = 0.5", 'T'},
      {"big = 9007199254740993", 'T'},
      {"big > 9007199254740992.0", 'T'},
      {"big = 9007199254740992.0", 'F'},
      {"five IN (1, 5)", 'T'},
      {"five IN (1, NULL)", 'N'},
      {"five IN (5, NULL)", 'T'},
      {"five NOT IN (1, NULL)", 'N'},
      {"five NOT IN (1, 2)", 'T'},
      {"unknown IN (1)", 'N'},
      {"five BETWEEN 5 AND 6", 'T'},
      {"five BETWEEN 6 AND 5", 'F'},
      {"five BETWEEN 6 AND NULL", 'F'},
      {"five BETWEEN 4 AND NULL", 'N'},
      {"five NOT BETWEEN 6 AND NULL", 'T'},
      {"phone = 'iPhone 15'", 'T'},
      {"phone LIKE 'iPhone%'", 'T'},
      {"phone LIKE 'iphone%'", 'F'},
      {"phone NOT LIKE '%'", 'F'},
      {"unknown LIKE '%'", 'N'},
      {"yes = TRUE", 'T'},
      {"no IN (TRUE, FALSE)", 'T'},
      {"day = '2024-03-01'", 'T'},
      {"day < DATE '2024-03-02'", 'T'},
      {"days_since(day) = 10", 'T'},
      {"days_until(day) = -10", 'T'},
      {"days_until(unknown) = 1", 'N'},
      {"likes HAS ANY ('music', 'game')", 'T'},
      {"likes HAS ALL ('music', 'game')", 'F'},
      {"likes HAS ALL ('video', 'game')", 'T'},
      {"unknown HAS ANY ('x')", 'N'},
      {"likes IS NULL", 'F'},
      {"SEGMENT(s)", 'T'},
      {"NOT SEGMENT(n)", 'N'},
      {"TRUE AND NOT FALSE", 'T'},
      {"NULL", 'N'},
  };
  for (const Case& c : cases) EXPECT_EQ(judged(c.rule), c.truth) << c.rule;
}

TEST(RandomRules, AreTheSameForTheSameSeed) {
  Random a(7), b(7), c(8);
  const std::vector<Tag> tags = random_tags(a);
  random_tags(b);
  const std::string rule = random_rule(a, tags, {});
  EXPECT_EQ(rule, random_rule(b, tags, {}));
  EXPECT_NE(rule, random_rule(c, tags, {}));
}

TEST(RandomRules, CountOfAllSmallRules) {
  EXPECT_EQ(all_rules({"a"}, 0).size(), 1u);
  EXPECT_EQ(all_rules({"a"}, 1).size(), 1u + 7 + 2);
  EXPECT_EQ(all_rules({"a", "b", "c"}, 3).size(), 3u + 39 + 741 + 17'121);
  EXPECT_EQ(all_rows({{"a", {Value(), Truth::yes}}, {"b", {Truth::no, Truth::yes}}}).size(), 4u);
}

TEST(RandomRules, AreRulesAndPrintBack) {
  Random random(1);
  for (int i = 0; i < 3000; ++i) {
    const std::vector<Tag> tags = random_tags(random);
    const std::string rule = random_rule(random, tags, {5, {"s", "a b"}});
    const Result<Expr> expr = parse(rule);
    ASSERT_TRUE(expr) << rule << "\n" << expr.error().message;
    const Result<Expr> again = parse(to_text(*expr));
    ASSERT_TRUE(again) << to_text(*expr);
    EXPECT_EQ(*again, *expr) << rule << "\n" << to_text(*expr);
  }
}

}  // namespace
}  // namespace muster::judge
