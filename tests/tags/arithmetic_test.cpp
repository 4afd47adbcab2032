#include "tags/arithmetic.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace muster {
namespace {

constexpr double null = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

Tag number(std::string name) {
  Tag tag;
  tag.name = std::move(name);
  tag.type = TagType::number;
  return tag;
}

const std::vector<Tag>& tags() {
  static const std::vector<Tag> all = [] {
    std::vector<Tag> made = {number("a"), number("b"), number("流量"), number("and"),
                             number("odd \"name\"")};
    Tag category;
    category.name = "terminal";
    category.type = TagType::category;
    category.values = {"x"};
    made.push_back(category);
    return made;
  }();
  return all;
}

std::optional<TagId> find(std::string_view name) {
  for (std::size_t i = 0; i < tags().size(); ++i) {
    if (tags()[i].name == name) return static_cast<TagId>(i);
  }
  return std::nullopt;
}

Result<Arithmetic> parsed(std::string_view formula, const Limits& limits = {}) {
  return parse_arithmetic(formula, tags(), find, limits);
}

// With a = 12, b = 5, 流量 = 0.5, and = -1 and the odd one NULL.
double evaluated(std::string_view formula) {
  const double values[] = {12, 5, 0.5, -1, null, null};
  const Result<Arithmetic> arithmetic = parsed(formula);
  EXPECT_TRUE(arithmetic) << formula << ": " << arithmetic.error().message;
  std::vector<double> inputs;
  for (const TagId input : arithmetic->inputs()) {
    inputs.push_back(values[static_cast<std::size_t>(input)]);
  }
  return arithmetic->evaluate(inputs);
}

TEST(Arithmetic, Calculates) {
  const std::pair<std::string_view, double> cases[] = {
      {"a", 12},
      {"a / b", 2.4},
      {"a+b*2", 22},
      {"(a+b)*2", 34},
      {"a-b-1", 6},
      {"a-(b-1)", 8},
      {"a/b/2", 1.2},
      {"a/(b/2)", 4.8},
      {"a*b/流量", 120},
      {"-a", -12},
      {"- -a", 12},
      {"-(a-b)", -7},
      {"-a*-b", 60},
      {"a - -b", 17},
      {"2 - 3 * 4 + 10 / 5", -8},
      {"a * -2 + 1", -23},
      {"\"and\" * 2", -2},
      {"and * 2", -2},  // no word of the rule language is reserved in formulas
      {"\"a\"", 12},
      {"1e2 * .5 -- a comment", 50},
      {"((((a))))", 12},
      {"a*a + a", 156},
      {"9007199254740993 - 9007199254740992", 0},  // doubles
      {"0.1 + 0.2", 0.1 + 0.2},
  };
  for (const auto& [formula, expected] : cases) {
    EXPECT_EQ(evaluated(formula), expected) << formula;
  }
}

TEST(Arithmetic, GivesNullForWhatIsNotFinite) {
  for (const std::string_view formula :
       {"a / 0", "0 / 0", "a / (b - 5)", "1e308 * 10", "1e308 + 1e308", "-1e308 - 1e308",
        "\"odd \"\"name\"\"\"", "\"odd \"\"name\"\"\" * 0", "0 * (a / 0)", "1 / (1 / 0)",
        "1 / (1e308 * 10)", "-(a / 0)"}) {
    EXPECT_TRUE(std::isnan(evaluated(formula))) << formula;
  }
  const Arithmetic alias = *parsed("a");
  EXPECT_TRUE(std::isnan(alias.evaluate({{infinite}})));
  const Arithmetic inverse = *parsed("1 / a");
  EXPECT_TRUE(std::isnan(inverse.evaluate({{infinite}})));
}

TEST(Arithmetic, KnowsWhatItReads) {
  const Arithmetic formula = *parsed("b * (a + b) - 流量");
  ASSERT_EQ(formula.inputs().size(), 3u);
  EXPECT_EQ(formula.inputs()[0], TagId{1});
  EXPECT_EQ(formula.inputs()[1], TagId{0});
  EXPECT_EQ(formula.inputs()[2], TagId{2});
  EXPECT_TRUE(formula.may_be_null());
  EXPECT_FALSE(parsed("-(a)")->may_be_null());
}

TEST(Arithmetic, ColumnsGiveWhatSingleUsersGive) {
  for (const std::string_view text : {"a", "-a", "7", "(a + 1) / b - a * (b / (a - b))"}) {
    const Arithmetic formula = *parsed(text);
    for (const std::size_t users : {0u, 1u, 255u, 256u, 257u, 1000u}) {
      std::vector<double> a, b;
      for (std::size_t u = 0; u < users; ++u) {
        a.push_back(u % 13 == 0 ? null : static_cast<double>(u % 40) * 0.37);
        b.push_back(u % 17 == 0 ? 0 : static_cast<double>(u % 40));
      }
      std::vector<const double*> columns;
      for (const TagId input : formula.inputs()) {
        columns.push_back(input == TagId{0} ? a.data() : b.data());
      }
      std::vector<double> out(users);
      formula.evaluate(columns, users, out.data());
      for (std::size_t u = 0; u < users; ++u) {
        std::vector<double> values;
        for (const double* column : columns) values.push_back(column[u]);
        const double expected = formula.evaluate(values);
        ASSERT_TRUE(out[u] == expected || (std::isnan(out[u]) && std::isnan(expected))) << u;
      }
    }
  }
}

TEST(Arithmetic, SaysWhatIsWrong) {
  struct Case {
    std::string_view formula;
    ByteRange range;
    std::string_view message;
    Errc code = Errc::bad_derived;
  };
  const Case cases[] = {
      {"", {0, 0}, "expected a tag, a number or '(', found the end of the text"},
      {"a +", {3, 3}, "expected a tag, a number or '(', found the end of the text"},
      {"a b", {2, 3}, "expected '+', '-', '*', '/' or the end, found 'b'"},
      {"a + * b", {4, 5}, "expected a tag, a number or '(', found '*'"},
      {"(a + b", {0, 1}, "the '(' is not closed"},
      {"a + b)", {5, 6}, "expected '+', '-', '*', '/' or the end, found ')'"},
      {"()", {1, 2}, "expected a tag, a number or '(', found ')'"},
      {"a % b", {2, 3}, "expected '+', '-', '*', '/' or the end, found '%'"},
      {"a > b", {2, 3}, "expected '+', '-', '*', '/' or the end, found '>'"},
      {"+a", {0, 1}, "expected a tag, a number or '(', found '+'"},
      {"a + 'b'", {4, 7}, "expected a tag, a number or '(', found ''b''"},
      {"a + terminal",
       {4, 12},
       "the tag 'terminal' is of type category, but a formula takes numbers"},
      {"a + 流", {4, 7}, "unknown tag '流'; did you mean '流量'?", Errc::unknown_tag},
      {"A * 2", {0, 1}, "unknown tag 'A'; did you mean 'a'?", Errc::unknown_tag},
      {"termina", {0, 7}, "unknown tag 'termina'", Errc::unknown_tag},
      {"a + 1x", {4, 6}, "'1x' is not a number", Errc::bad_number},
      {"a + 1e999", {4, 9}, "the number '1e999' is too large", Errc::bad_number},
      {"a ＋ b", {2, 5}, "'＋' has no meaning here; did you mean '+'?"},
      {"a + \"b", {4, 6}, "the name is not closed with a double quote"},
  };
  for (const Case& c : cases) {
    const Result<Arithmetic> formula = parsed(c.formula);
    ASSERT_FALSE(formula) << c.formula;
    EXPECT_EQ(formula.error().code, c.code) << c.formula;
    EXPECT_EQ(formula.error().message, c.message);
    ASSERT_EQ(formula.error().diagnostics.size(), 1u);
    EXPECT_EQ(formula.error().diagnostics[0].range, c.range) << c.formula;
  }
}

TEST(Arithmetic, HasLimits) {
  Limits limits;
  limits.max_rule_bytes = 5;
  limits.max_rule_depth = 3;
  EXPECT_TRUE(parsed("a + b", limits));
  EXPECT_EQ(parsed("a + b ", limits).error().message,
            "6 bytes of formula are more than max_rule_bytes, 5");
  EXPECT_EQ(parsed("a + b ", limits).error().code, Errc::limit);
  limits.max_rule_bytes = 100;
  EXPECT_TRUE(parsed("- ( - a )", limits));
  EXPECT_EQ(parsed("- ( - ( a ) )", limits).error().message,
            "the formula is nested deeper than max_rule_depth, 3");
  const std::string deep(100'000, '(');
  EXPECT_EQ(parsed(deep).error().code, Errc::limit);
}

TEST(Arithmetic, TakesLongFormulasWithoutNesting) {
  std::string formula = "a";
  for (int i = 0; i < 10'000; ++i) formula += " + a";
  EXPECT_EQ(evaluated(formula), 12.0 * 10'001);
}

}  // namespace
}  // namespace muster
