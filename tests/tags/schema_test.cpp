#include "muster/tags/schema.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/json_document.hpp"
#include "tags/arithmetic.hpp"
#include "tags/schema_json.hpp"

namespace muster {
namespace {

Tag make_tag(std::string name, TagType type, std::vector<std::string> values = {}) {
  Tag tag;
  tag.name = std::move(name);
  tag.type = type;
  tag.values = std::move(values);
  return tag;
}

Tag derived(std::string name, std::string formula) {
  Tag tag = make_tag(std::move(name), TagType::number);
  tag.derived = std::move(formula);
  return tag;
}

constexpr std::string_view telecom = R"({
  // who is who
  "key": "customer_id",
  "tags": [
    {"name": "plan_fee", "type": "number"},
    {"name": "terminal", "type": "category", "values": ["iPhone", "Huawei", "小米"]},
    {"name": "interests", "type": "set", "values": ["video", "game"], "nullable": true,
     "kind": "portrait", "description": "what they \"like\""},
    {"name": "complained_90d", "type": "bool", "nullable": true, "kind": "application"},
    {"name": "contract_end", "type": "date", "nullable": true},
    {"name": "used_gb", "type": "double"},
    {"name": "套餐流量", "type": "integer"},
    {"name": "data_ratio", "type": "number", "derived": "used_gb / 套餐流量"}
  ]
})";

Schema read(std::string_view json) {
  Result<Schema> schema = Schema::from_json(json);
  EXPECT_TRUE(schema) << schema.error().message;
  return *schema;
}

TEST(Schema, ReadsJson) {
  const Schema schema = read(telecom);
  EXPECT_EQ(schema.key(), "customer_id");
  ASSERT_EQ(schema.size(), 8u);
  const Tag& interests = schema.tags()[2];
  EXPECT_EQ(interests.name, "interests");
  EXPECT_EQ(interests.type, TagType::category_set);
  EXPECT_TRUE(interests.nullable);
  EXPECT_EQ(interests.kind, TagKind::portrait);
  EXPECT_EQ(interests.description, "what they \"like\"");
  EXPECT_EQ(interests.values, (std::vector<std::string>{"video", "game"}));
  EXPECT_FALSE(schema.tags()[0].nullable);
  EXPECT_EQ(schema.tags()[3].kind, TagKind::application);
  EXPECT_TRUE(schema.tags()[7].nullable);
}

TEST(Schema, FindsTagsAndCategories) {
  const Schema schema = read(telecom);
  EXPECT_EQ(schema.find("plan_fee"), TagId{0});
  EXPECT_EQ(schema.find("套餐流量"), TagId{6});
  EXPECT_EQ(schema.find("Plan_fee"), std::nullopt);
  EXPECT_EQ(schema.find(""), std::nullopt);
  EXPECT_EQ(schema.find_category(TagId{1}, "小米"), CategoryCode{2});
  EXPECT_EQ(schema.find_category(TagId{1}, "video"), std::nullopt);
  EXPECT_EQ(schema.find_category(TagId{0}, "video"), std::nullopt);
  EXPECT_EQ(schema.tag(TagId{4}).name, "contract_end");
}

TEST(Schema, TakesOtherNamesOfTypes) {
  const std::pair<std::string_view, TagType> cases[] = {{"bool", TagType::boolean},
                                                        {"boolean", TagType::boolean},
                                                        {"category", TagType::category},
                                                        {"set", TagType::category_set},
                                                        {"category_set", TagType::category_set},
                                                        {"category set", TagType::category_set},
                                                        {"number", TagType::number},
                                                        {"integer", TagType::number},
                                                        {"int", TagType::number},
                                                        {"double", TagType::number},
                                                        {"float", TagType::number},
                                                        {"date", TagType::date}};
  for (const auto& [text, type] : cases) {
    const bool valued = type == TagType::category || type == TagType::category_set;
    const std::string json = R"({"tags": [{"name": "x", "type": ")" + std::string(text) + "\"" +
                             (valued ? R"(, "values": ["a"])" : "") + "}]}";
    EXPECT_EQ(read(json).tags()[0].type, type) << text;
  }
}

TEST(Schema, NamesTypesAndKinds) {
  EXPECT_EQ(name(TagType::boolean), "bool");
  EXPECT_EQ(name(TagType::category), "category");
  EXPECT_EQ(name(TagType::category_set), "set");
  EXPECT_EQ(name(TagType::number), "number");
  EXPECT_EQ(name(TagType::date), "date");
  EXPECT_EQ(name(TagKind::basic), "basic");
  EXPECT_EQ(name(TagKind::application), "application");
  EXPECT_EQ(name(TagKind::portrait), "portrait");
}

TEST(Schema, WritesJsonThatReadsBack) {
  const Schema schema = read(telecom);
  const std::string json = schema.to_json();
  const Schema again = read(json);
  EXPECT_EQ(again.to_json(), json);
  EXPECT_EQ(again.fingerprint(), schema.fingerprint());
  EXPECT_EQ(again.key(), "customer_id");
  EXPECT_EQ(again.tags()[2].description, "what they \"like\"");
  EXPECT_EQ(again.tags()[2].kind, TagKind::portrait);
  EXPECT_EQ(Schema::make({})->to_json(), "{\"tags\": []}\n");
  EXPECT_EQ(Schema::make({make_tag("a\"\\套", TagType::category, {"x\ny\t\x01"})})->to_json(),
            "{\"tags\": [\n  {\"name\": \"a\\\"\\\\套\", \"type\": \"category\", \"values\": "
            "[\"x\\ny\\t\\u0001\"]}\n]}\n");
}

TEST(Schema, FingerprintCountsWhatMatters) {
  const Tag base = make_tag("a", TagType::category, {"x", "y"});
  const auto fingerprint = [](Tag tag, std::string key = {}) {
    return Schema::make({std::move(tag), make_tag("n", TagType::number)}, std::move(key))
        ->fingerprint();
  };
  const std::uint64_t expected = fingerprint(base);
  Tag other = base;
  other.kind = TagKind::portrait;
  other.description = "d";
  EXPECT_EQ(fingerprint(other, "id"), expected);
  other = base;
  other.name = "b";
  EXPECT_NE(fingerprint(other), expected);
  other = base;
  other.nullable = true;
  EXPECT_NE(fingerprint(other), expected);
  other = base;
  other.type = TagType::category_set;
  EXPECT_NE(fingerprint(other), expected);
  other = base;
  other.values = {"y", "x"};
  EXPECT_NE(fingerprint(other), expected);
  other.values = {"x", "yz"};
  EXPECT_NE(fingerprint(other), expected);
  EXPECT_NE(fingerprint(derived("a", "n + 1")), fingerprint(derived("a", "n + 2")));
}

TEST(Schema, OrdersDerivedTags) {
  const Schema schema = *Schema::make({derived("c", "b * b"), derived("b", "a + d"),
                                       make_tag("a", TagType::number), derived("d", "-a")});
  std::string order;
  for (const TagId tag : schema.derived_order()) order += schema.tag(tag).name;
  EXPECT_EQ(order, "dbc");
  EXPECT_EQ(schema.arithmetic(TagId{2}), nullptr);
  ASSERT_NE(schema.arithmetic(TagId{0}), nullptr);
  EXPECT_EQ(schema.arithmetic(TagId{0})->rank(), 2u);
}

TEST(Schema, MakesDerivedTagsNullableWhereTheyCanBeNull) {
  Tag nullable = make_tag("m", TagType::number);
  nullable.nullable = true;
  const Schema schema = *Schema::make({make_tag("n", TagType::number), nullable,
                                       derived("same", "n"), derived("negated", "-n"),
                                       derived("missing", "-m"), derived("chain", "missing"),
                                       derived("ratio", "n / 2"), derived("sum", "n + n")});
  const bool expected[] = {false, true, false, false, true, true, true, true};
  for (std::size_t i = 0; i < schema.size(); ++i) {
    EXPECT_EQ(schema.tags()[i].nullable, expected[i]) << schema.tags()[i].name;
  }
}

TEST(Schema, RefusesTagsThatMakeNoSense) {
  struct Case {
    std::vector<Tag> tags;
    Errc code;
    std::string_view message;
    std::string key = {};
  };
  const Tag n = make_tag("n", TagType::number);
  const Case cases[] = {
      {{make_tag("", TagType::number)}, Errc::bad_tag, "a tag's name is empty"},
      {{make_tag("a\nb", TagType::number)},
       Errc::bad_tag,
       "a tag's name 'a\\x0ab' has a control character"},
      {{make_tag("a\xff", TagType::number)}, Errc::bad_tag, "a tag's name 'a\\xff' is not UTF-8"},
      {{n}, Errc::bad_tag, "the key's name 'a\\x09' has a control character", "a\t"},
      {{n, n}, Errc::duplicate_name, "two tags are named 'n'"},
      {{make_tag("c", TagType::category)},
       Errc::bad_tag,
       "the tag 'c' of type category needs its 'values'"},
      {{make_tag("c", TagType::category_set)},
       Errc::bad_tag,
       "the tag 'c' of type set needs its 'values'"},
      {{make_tag("b", TagType::boolean, {"x"})},
       Errc::bad_tag,
       "the tag 'b' of type bool has no 'values'"},
      {{make_tag("c", TagType::category, {"x", ""})},
       Errc::bad_tag,
       "a value of the tag 'c' is empty"},
      {{make_tag("c", TagType::category, {"\xff"})},
       Errc::bad_tag,
       "the value '\\xff' of the tag 'c' is not UTF-8"},
      {{make_tag("c", TagType::category, {"x", "x"})},
       Errc::duplicate_name,
       "the tag 'c' has the value 'x' twice"},
      {{n, derived("d", "n + N")},
       Errc::unknown_tag,
       "the formula of 'd': unknown tag 'N'; did you mean 'n'?"},
      {{n, derived("d", "n +")},
       Errc::bad_derived,
       "the formula of 'd': expected a tag, a number or '(', found the end of the text"},
      {{derived("d", "d + 1")}, Errc::derived_cycle, "derived tags need each other: 'd' -> 'd'"},
      {{derived("x", "y"), derived("y", "z * 2"), derived("z", "1 + y")},
       Errc::derived_cycle,
       "derived tags need each other: 'y' -> 'z' -> 'y'"},
  };
  for (const Case& c : cases) {
    const Result<Schema> schema = Schema::make(c.tags, c.key);
    ASSERT_FALSE(schema) << c.message;
    EXPECT_EQ(schema.error().code, c.code) << c.message;
    EXPECT_EQ(schema.error().message, c.message);
  }
  Tag text = make_tag("c", TagType::category, {"x"});
  text.derived = "1";
  EXPECT_EQ(Schema::make({text}).error().message,
            "the tag 'c' is of type category, but a derived tag is a number");
  Tag described = n;
  described.description = "\xff";
  EXPECT_EQ(Schema::make({described}).error().message, "the description of 'n' is not UTF-8");
}

TEST(Schema, ReportsEveryErrorOfATagList) {
  const Result<Schema> schema =
      Schema::make({make_tag("", TagType::number), make_tag("c", TagType::category),
                    derived("d", "x"), derived("e", "e")});
  ASSERT_FALSE(schema);
  EXPECT_EQ(schema.error().message, "a tag's name is empty (and 3 more errors)");
  EXPECT_EQ(schema.error().diagnostics.size(), 4u);
}

TEST(Schema, HasLimits) {
  Limits limits;
  limits.max_tags = 2;
  limits.max_categories = 3;
  std::vector<Tag> tags = {make_tag("a", TagType::number),
                           make_tag("b", TagType::category, {"1", "2", "3"})};
  EXPECT_TRUE(Schema::make(tags, {}, limits));
  tags[1].values.push_back("4");
  Result<Schema> schema = Schema::make(tags, {}, limits);
  EXPECT_EQ(schema.error().code, Errc::limit);
  EXPECT_EQ(schema.error().message, "4 values of the tag 'b' are more than max_categories, 3");
  tags = {make_tag("a", TagType::number), make_tag("b", TagType::number),
          make_tag("c", TagType::number)};
  schema = Schema::make(tags, {}, limits);
  EXPECT_EQ(schema.error().code, Errc::limit);
  EXPECT_EQ(schema.error().message, "3 tags are more than max_tags, 2");
  limits.max_catalogue_bytes = 10;
  EXPECT_EQ(Schema::from_json(telecom, limits).error().code, Errc::limit);
  limits.max_tags = limits.max_categories = 1'000'000;
  EXPECT_EQ(Schema::make(std::vector<Tag>(65'537), {}, limits).error().message,
            "65537 tags are more than max_tags, 65536");
}

TEST(Schema, LongChainsOfDerivedTagsNeedNoStack) {
  std::vector<Tag> tags = {make_tag("t0", TagType::number)};
  for (int i = 9'999; i > 0; --i) {
    tags.push_back(derived("t" + std::to_string(i), "t" + std::to_string(i - 1) + " + 1"));
  }
  const Result<Schema> schema = Schema::make(tags);
  ASSERT_TRUE(schema);
  EXPECT_EQ(schema->tag(schema->derived_order().back()).name, "t9999");
}

std::string report(std::string_view json) {
  const Result<Schema> schema = Schema::from_json(json);
  if (schema) return "read";
  std::string out;
  for (const Diagnostic& error : schema.error().diagnostics) {
    out += std::string(json.substr(error.range.begin, error.range.end - error.range.begin)) +
           " | " + error.message + (error.suggestion.empty() ? "" : " | " + error.suggestion) +
           "\n";
  }
  return out;
}

TEST(Schema, PointsAtEveryErrorInJson) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"[]", "[] | the schema must be an object, not an array\n"},
      {"{}", "{ | the schema needs the key 'tags'\n"},
      {R"({"tags": {}, "tag": 1, "key": 3})",
       "{} | 'tags' must be an array, not an object\n"
       "\"tag\" | the schema has no key 'tag' | tags\n"
       "3 | 'key' must be a string, not a number\n"},
      {R"({"key": "\t", "tags": []})",
       "\"\\t\" | the key's name '\\x09' has a control character\n"},
      {R"({"tags": [3, {}, {"name": "a"}, {"type": "bool"}]})",
       "3 | a tag must be an object, not a number\n"
       "{ | a tag needs the key 'name'\n"
       "{ | a tag needs the key 'type'\n"
       "{ | a tag needs the key 'type'\n"
       "{ | a tag needs the key 'name'\n"},
      {R"({"tags": [{"name": "a", "type": "string"}, {"name": "b", "type": "numbr"},
                    {"name": "c", "type": "list"}, {"name": "d", "type": "timestamp"},
                    {"name": "e", "type": "quaternion"}]})",
       "\"string\" | there is no tag type 'string' | category\n"
       "\"numbr\" | there is no tag type 'numbr' | number\n"
       "\"list\" | there is no tag type 'list' | set\n"
       "\"timestamp\" | there is no tag type 'timestamp' | date\n"
       "\"quaternion\" | there is no tag type 'quaternion'\n"},
      {R"({"tags": [{"name": "a", "type": "bool", "kind": "basics", "nullable": "no",
                     "desciption": "", "values": "x"}]})",
       "\"basics\" | there is no kind 'basics': it is basic, application or portrait | basic\n"
       "\"no\" | 'nullable' must be true or false, not a string\n"
       "\"desciption\" | a tag has no key 'desciption' | description\n"
       "\"x\" | 'values' must be an array, not a string\n"},
      {R"({"tags": [{"name": "a", "type": "category", "values": ["x", "x", "", 1]}]})",
       "1 | a value must be a string, not a number\n"},
      {R"({"tags": [{"name": "a", "type": "category", "values": ["x", "x", ""]}]})",
       "\"x\" | the tag 'a' has the value 'x' twice\n"
       "\"\" | a value of the tag 'a' is empty\n"},
      {R"({"tags": [{"name": "a", "type": "category"}, {"name": "a", "type": "bool", "values": ["x"]}]})",
       "\"category\" | the tag 'a' of type category needs its 'values'\n"
       "\"a\" | two tags are named 'a'\n"
       "[\"x\"] | the tag 'a' of type bool has no 'values'\n"},
      {R"({"tags": [{"name": "used", "type": "number"},
                    {"name": "r", "type": "number", "derived": "1 +\n\u0075zed / \"used\""}]})",
       "\\u0075zed | the formula of 'r': unknown tag 'uzed' | used\n"},
      {R"({"tags": [{"name": "x", "type": "number", "derived": "y"},
                    {"name": "y", "type": "number", "derived": "x"}]})",
       "y | derived tags need each other: 'x' -> 'y' -> 'x'\n"},
      // An error in 'used' is not repeated for the formula that needs it.
      {R"({"tags": [{"name": "used", "type": "nomber"},
                    {"name": "r", "type": "number", "derived": "used / uset"}]})",
       "\"nomber\" | there is no tag type 'nomber' | number\n"},
      {R"({"tags": [], "tags": []})", "\"tags\" | the key 'tags' is given twice\n"},
      {R"({"tags": [}]})", "} | unexpected '}'\n"},
  };
  for (const auto& [json, expected] : cases) EXPECT_EQ(report(json), expected) << json;
}

TEST(Schema, ReadsInsideALargerDocument) {
  const std::string_view source =
      R"({"schema": {"tags": [{"name": "a", "type": "bool"}]}, "bad": {"tags": [{"name": "a"}]}})";
  const Result<JsonDocument> document = JsonDocument::parse(source, 1000);
  ASSERT_TRUE(document);
  std::vector<Diagnostic> errors(1);
  const auto schema = read_schema(*document->root().find("schema"), {}, errors);
  ASSERT_TRUE(schema);
  EXPECT_EQ(schema->size(), 1u);
  EXPECT_FALSE(read_schema(*document->root().find("bad"), {}, errors));
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(errors[1].code, Errc::json_missing_key);
}

TEST(Schema, CopiesShareOneBody) {
  const Schema schema = read(telecom);
  const Schema copy = schema;
  EXPECT_EQ(copy.tags().data(), schema.tags().data());
}

}  // namespace
}  // namespace muster
