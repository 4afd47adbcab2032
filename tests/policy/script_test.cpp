#include "muster/policy/script.hpp"

#include <gtest/gtest.h>

#include <array>

namespace muster {
namespace {

Schema schema() {
  return Schema::make({{.name = "plan_fee", .type = TagType::number},
                       {.name = "ok"},
                       {.name = "brand", .type = TagType::category, .values = {"Apple", "华为"}},
                       {.name = "likes", .type = TagType::category_set, .values = {"a", "b", "c"}},
                       {.name = "套餐", .type = TagType::date}})
      .value();
}

std::string filled(std::string_view text, const std::vector<std::string>& values) {
  const Script script = Script::parse(text, schema()).value();
  EXPECT_EQ(script.tags().size(), values.size());
  return script.fill(values);
}

TEST(Script, FillsItsPlaces) {
  EXPECT_EQ(filled("您的套餐{plan_fee}元…", {"96"}), "您的套餐96元…");
  EXPECT_EQ(filled("{plan_fee}", {"96"}), "96");
  EXPECT_EQ(filled("", {}), "");
  EXPECT_EQ(filled("plain", {}), "plain");
  EXPECT_EQ(filled("a{套餐}b{套餐}", {"2026-03-01"}), "a2026-03-01b2026-03-01");
}

TEST(Script, NamesItsTagsOnceInOrderOfTheSchema) {
  const Script script = Script::parse("{brand}{ok}{brand}{plan_fee}", schema()).value();
  EXPECT_EQ(script.tags(), (std::vector<TagId>{TagId{0}, TagId{1}, TagId{2}}));
  const std::array<std::string, 3> values{"0", "1", "2"};
  EXPECT_EQ(script.fill(values), "2120");
}

TEST(Script, BracesAreWrittenTwice) {
  EXPECT_EQ(filled("{{plan_fee}} {{{plan_fee}}}", {"96"}), "{plan_fee} {96}");
  EXPECT_EQ(filled("}}{{", {}), "}{");
}

struct Wrong {
  const char* text;
  std::vector<std::string> said;
};

TEST(Script, SaysWhatIsWrong) {
  const std::string open = "error: '{' without its '}'; the brace itself is written '{{'";
  const std::string close = "error: '}' without its '{'; the brace itself is written '}}'";
  const Wrong cases[] = {
      {"a {", {"1:3: " + open}},
      {"a {plan_fee", {"1:3: " + open}},
      {"a {x{plan_fee}", {"1:3: " + open}},
      {"a } b", {"1:3: " + close}},
      {"您{plan_fe}元", {"1:3: error: unknown tag 'plan_fe'; did you mean 'plan_fee'?"}},
      {"{ ok}", {"1:2: error: unknown tag ' ok'; did you mean 'ok'?"}},
      {"a {} b", {"1:3: error: a tag's name must stand in '{}'"}},
      {"{x} } {okk} {",
       {"1:2: error: unknown tag 'x'", "1:5: " + close,
        "1:8: error: unknown tag 'okk'; did you mean 'ok'?", "1:13: " + open}},
  };
  for (const auto& [text, said] : cases) {
    const auto script = Script::parse(text, schema());
    ASSERT_FALSE(script) << text;
    std::vector<std::string> lines;
    for (const Diagnostic& one : script.error().diagnostics) {
      const std::string shown = render(one, text);
      lines.push_back(shown.substr(0, shown.find('\n')));
    }
    EXPECT_EQ(lines, said) << text;
  }
  EXPECT_EQ(Script::parse("{", schema()).error().code, Errc::script_syntax);
  EXPECT_EQ(Script::parse("{x}", schema()).error().code, Errc::unknown_tag);
}

TEST(Script, HasALimit) {
  const std::string longest(max_script_bytes, 'x');
  EXPECT_TRUE(Script::parse(longest, schema()));
  const auto longer = Script::parse(longest + "x", schema());
  ASSERT_FALSE(longer);
  EXPECT_EQ(longer.error().code, Errc::limit);
  EXPECT_EQ(longer.error().message,
            "a script of 65537 bytes is longer than max_script_bytes (65536)");
}

TEST(Script, SuggestsForTheFirstErrorsOnly) {
  std::string text;
  for (int i = 0; i < 17; ++i) text += "{okk}";
  const auto findings = Script::parse(text, schema()).error().diagnostics;
  ASSERT_EQ(findings.size(), 17u);
  EXPECT_EQ(findings[15].suggestion, "ok");
  EXPECT_EQ(findings[16].suggestion, "");
  const auto fewer = Script::parse(text, schema(), 2).error().diagnostics;
  ASSERT_EQ(fewer.size(), 17u);
  EXPECT_EQ(fewer[1].suggestion, "ok");
  EXPECT_EQ(fewer[2].suggestion, "");
}

TEST(ScriptText, IsForPeople) {
  const Schema tags = schema();
  EXPECT_EQ(to_script_text(tags, TagId{0}, Number(96)), "96");
  EXPECT_EQ(to_script_text(tags, TagId{0}, Number(0.1)), "0.1");
  EXPECT_EQ(to_script_text(tags, TagId{0}, Number(1e20)), "1e+20");
  EXPECT_EQ(to_script_text(tags, TagId{0}, Number(std::int64_t{9007199254740993})),
            "9007199254740993");
  EXPECT_EQ(to_script_text(tags, TagId{1}, true), "是");
  EXPECT_EQ(to_script_text(tags, TagId{1}, false), "否");
  EXPECT_EQ(to_script_text(tags, TagId{2}, CategoryCode{1}), "华为");
  const std::array<CategoryCode, 2> set{CategoryCode{0}, CategoryCode{2}};
  EXPECT_EQ(to_script_text(tags, TagId{3}, std::span<const CategoryCode>(set)), "a、c");
  EXPECT_EQ(to_script_text(tags, TagId{3}, std::span<const CategoryCode>()), "");
  EXPECT_EQ(to_script_text(tags, TagId{4}, parse_date("2026-03-01").value()), "2026-03-01");
  EXPECT_EQ(to_script_text(tags, TagId{4}, Cell{}), "–");
}

}  // namespace
}  // namespace muster
