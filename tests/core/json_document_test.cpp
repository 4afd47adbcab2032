#include "core/json_document.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace muster {
namespace {

constexpr std::size_t no_limit = 1 << 30;

JsonDocument parsed(std::string_view source) {
  Result<JsonDocument> document = JsonDocument::parse(source, no_limit);
  EXPECT_TRUE(document) << source;
  return std::move(*document);
}

std::string_view cut(std::string_view text, ByteRange range) {
  return text.substr(range.begin, range.end - range.begin);
}

// The tree with, for each value, its bytes in the source.
void dump(std::string_view source, JsonNode node, std::string& out) {
  out += "<" + std::string(cut(source, node.range())) + ">";
  for (const JsonNode element : node.elements()) dump(source, element, out);
  for (const JsonMember member : node.members()) {
    out += std::string(cut(source, member.key_range)) + "=" + std::string(member.key) + ":";
    dump(source, member.value, out);
  }
}

std::string dumped(std::string_view source) {
  const JsonDocument document = parsed(source);
  std::string out;
  dump(source, document.root(), out);
  return out;
}

TEST(JsonDocument, KnowsTheBytesOfEveryKeyAndValue) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"1", "<1>"},
      {" -1.5e3 ", "<-1.5e3>"},
      {"\"a\\\"b\"", "<\"a\\\"b\">"},
      {"[]", "<[]>"},
      {"[1,[true , null],{}]", "<[1,[true , null],{}]><1><[true , null]><true><null><{}>"},
      {"{\"a\" : \"x\" , \"b\\n\":[ false ] }",
       "<{\"a\" : \"x\" , \"b\\n\":[ false ] }>\"a\"=a:<\"x\">\"b\\n\"=b\n:<[ false ]><false>"},
      {"// c1 \"x\"\n{ /* , : \" */ \"a\" // d\n : /**/ 1/**/, \"b\":2//e\n}//f",
       "<{ /* , : \" */ \"a\" // d\n : /**/ 1/**/, \"b\":2//e\n}>\"a\"=a:<1>\"b\"=b:<2>"},
      {"\xef\xbb\xbf[\"套餐\"]", "<[\"套餐\"]><\"套餐\">"},
      {"[\"//\",\"/*\",\"\\\\\"]", "<[\"//\",\"/*\",\"\\\\\"]><\"//\"><\"/*\"><\"\\\\\">"},
  };
  for (const auto& [source, expected] : cases) EXPECT_EQ(dumped(source), expected);
}

TEST(JsonDocument, DecodesValues) {
  const JsonDocument document = parsed(
      R"([null, true, false, -7, 18446744073709551615, 2.5, "plain", "\"\\\/\b\f\n\r\t", "\u5957\u9910", "\ud83d\ude00", ""])");
  std::vector<JsonNode> all;
  for (const JsonNode node : document.root().elements()) all.push_back(node);
  ASSERT_EQ(all.size(), 11u);
  EXPECT_EQ(document.root().size(), 11u);
  EXPECT_EQ(all[0].kind(), JsonKind::null);
  EXPECT_TRUE(all[1].boolean());
  EXPECT_FALSE(all[2].boolean());
  EXPECT_EQ(all[3].number(), -7);
  EXPECT_EQ(all[4].number(), 18446744073709551615.0);
  EXPECT_EQ(all[5].number(), 2.5);
  EXPECT_EQ(all[6].string(), "plain");
  EXPECT_EQ(all[7].string(), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(all[8].string(), "套餐");
  EXPECT_EQ(all[9].string(), "😀");
  EXPECT_EQ(all[10].string(), "");
}

TEST(JsonDocument, DecodesLongStringsThatArriveInParts) {
  std::string written = "[\"", meant;
  for (int i = 0; i < 5000; ++i) {
    written += i % 7 == 0 ? "\\n" : i % 11 == 0 ? "\\u00e9" : "套x";
    meant += i % 7 == 0 ? "\n" : i % 11 == 0 ? "é" : "套x";
  }
  written += "\",\"" + std::string(100'000, 'y') + "\",1]";
  const JsonDocument document = parsed(written);
  const JsonNode first = *document.root().elements().begin();
  EXPECT_EQ(first.string(), meant);
  EXPECT_EQ(document.root().size(), 3u);
}

TEST(JsonDocument, KeepsOrderAndFindsTheFirst) {
  const JsonDocument document = parsed(R"({"b":1,"a":2,"b":3})");
  std::string keys;
  for (const JsonMember member : document.root().members()) keys += member.key;
  EXPECT_EQ(keys, "bab");
  EXPECT_EQ(document.root().find("b")->number(), 1);
  EXPECT_FALSE(document.root().find("c"));
  EXPECT_FALSE(document.root().find("b")->find("x"));
}

TEST(JsonDocument, NotesDuplicateKeysInOrderOfPlace) {
  std::string source = R"({"x":{"b":1,"\u0062":2}, "a":0, "a":{"c":0,"c":0}, "many":{)";
  for (int i = 0; i < 40; ++i) source += "\"k" + std::to_string(i % 39) + "\":0,";
  source += "\"z\":0}}";
  const JsonDocument document = parsed(source);
  std::string found;
  for (const Diagnostic& problem : document.problems()) {
    EXPECT_EQ(problem.code, Errc::json_duplicate_key);
    found += std::string(cut(source, problem.range)) + " " + problem.message + "\n";
  }
  EXPECT_EQ(found,
            "\"\\u0062\" the key 'b' is given twice\n"
            "\"a\" the key 'a' is given twice\n"
            "\"c\" the key 'c' is given twice\n"
            "\"k0\" the key 'k0' is given twice\n");
}

TEST(JsonDocument, MapsOffsetsOfDecodedStringsToTheSource) {
  const std::string_view source = R"(["a\nb\u5957c\ud83d\ude00\"z", "plain"])";
  const JsonDocument document = parsed(source);
  auto element = document.root().elements().begin();
  const JsonNode escaped = *element;
  ASSERT_EQ(escaped.string(), "a\nb套c😀\"z");
  const std::pair<ByteRange, std::string_view> cases[] = {
      {{0, 1}, "a"},
      {{1, 2}, "\\n"},
      {{2, 3}, "b"},
      {{3, 6}, "\\u5957"},
      {{4, 5}, "\\u5957"},  // inside the character
      {{6, 7}, "c"},
      {{7, 11}, "\\ud83d\\ude00"},
      {{11, 12}, "\\\""},
      {{12, 13}, "z"},
      {{0, 13}, R"(a\nb\u5957c\ud83d\ude00\"z)"},
      {{13, 13}, ""},
      {{13, 99}, ""},
      {{2, 2}, ""},
  };
  for (const auto& [range, text] : cases) {
    EXPECT_EQ(cut(source, escaped.source_range(range)), text) << range.begin;
  }
  EXPECT_EQ(escaped.source_range({13, 13}).begin, escaped.range().end - 1);
  ++element;
  EXPECT_EQ(cut(source, (*element).source_range({1, 3})), "la");
  EXPECT_EQ(cut(source, (*element).source_range({4, 99})), "n");
}

TEST(JsonDocument, SaysWhatIsWrongAndWhere) {
  struct Case {
    std::string_view source;
    ByteRange range;
    std::string_view message;
    Errc code = Errc::json_syntax;
  };
  const Case cases[] = {
      {"", {0, 0}, "the text ends too early"},
      {"  ", {2, 2}, "the text ends too early"},
      {"{\"a\":", {5, 5}, "the text ends too early"},
      {"[\"abc", {5, 5}, "the text ends too early"},
      {"[1,]", {3, 4}, "a comma may not stand before ']'"},
      {"{\"a\":1, }", {8, 9}, "a comma may not stand before '}'"},
      {"{'a':1}", {1, 2}, "strings and keys take double quotes"},
      {"[1 2]", {3, 4}, "unexpected '2'"},
      {"{\"a//\":/\"b\"}", {7, 8}, "unexpected '/'"},
      {"{\"a\" 1}", {5, 6}, "unexpected '1'"},
      {"{a:1}", {1, 2}, "unexpected 'a'"},
      {"[套]", {1, 4}, "unexpected '套'"},
      {"[\"a\nb\"]", {3, 4}, "a string may not span lines; is its closing quote missing?"},
      {"[\"a\tb\"]", {3, 4}, "the control character U+0009 must be escaped in a string"},
      {"[\"\\x\"]", {3, 4}, "unexpected 'x'"},
      {"[\"\\u12g4 and more\"]", {2, 8}, "the \\u escape is not a character"},
      {"[\"\\u12\", 1, 2, 3, 4, 5]", {2, 6}, "the \\u escape is not a character"},
      {"[\"\\udc00 and more text\"]", {2, 8}, "the \\u escape is not a character"},
      {"[\"\\ud800 and more text\"]", {2, 8}, "the \\u escape is not a character"},
      {"1 2", {2, 3}, "there is more text after the end of the JSON value"},
      {"[1]]", {3, 4}, "there is more text after the end of the JSON value"},
      {"[\"a\xff\"]", {3, 4}, "the byte 0xff is not UTF-8 here"},
      {"[1e9999999999]", {12, 13}, "the number is too large"},
      {"[tru]", {1, 2}, "unexpected 't'"},
      {"[1/*]", {5, 5}, "the text ends too early"},
      {"[01]", {2, 3}, "unexpected '1'"},
      {"[NaN]", {1, 2}, "unexpected 'N'"},
  };
  for (const Case& c : cases) {
    const Result<JsonDocument> document = JsonDocument::parse(c.source, no_limit);
    ASSERT_FALSE(document) << c.source;
    EXPECT_EQ(document.error().code, c.code) << c.source;
    EXPECT_EQ(document.error().message, c.message) << c.source;
    ASSERT_EQ(document.error().diagnostics.size(), 1u);
    EXPECT_EQ(document.error().diagnostics[0].range.begin, c.range.begin) << c.source;
    EXPECT_EQ(document.error().diagnostics[0].range.end, c.range.end) << c.source;
  }
}

TEST(JsonDocument, HasLimits) {
  const std::string deep(64, '['), deeper(65, '[');
  EXPECT_TRUE(JsonDocument::parse(deep + std::string(64, ']'), no_limit));
  const Result<JsonDocument> too_deep =
      JsonDocument::parse(deeper + std::string(65, ']'), no_limit);
  ASSERT_FALSE(too_deep);
  EXPECT_EQ(too_deep.error().code, Errc::limit);
  EXPECT_EQ(too_deep.error().message, "nested deeper than 64 levels");
  EXPECT_TRUE(JsonDocument::parse("[1]", 3));
  const Result<JsonDocument> too_long = JsonDocument::parse("[1] ", 3);
  ASSERT_FALSE(too_long);
  EXPECT_EQ(too_long.error().code, Errc::limit);
  EXPECT_EQ(too_long.error().message, "4 bytes of JSON are more than max_catalogue_bytes, 3");
}

std::string report(std::string_view source, const std::vector<Diagnostic>& errors) {
  std::string out;
  for (const Diagnostic& error : errors) {
    out += std::string(name(error.code)) + " at " + std::string(cut(source, error.range)) + ": " +
           error.message + (error.suggestion.empty() ? "" : " [" + error.suggestion + "]") + "\n";
  }
  return out;
}

TEST(JsonDocument, ReadsTypedValuesAndNotesEveryError) {
  const std::string_view source =
      R"({"name": 1, "nulable": true, "kind": null, "flag": "yes", "ok": "x", "on": true})";
  const JsonDocument document = parsed(source);
  std::vector<Diagnostic> errors;
  const std::string_view keys[] = {"name", "nullable", "kind", "flag", "ok", "type", "on"};
  JsonObject object(document.root(), "a tag", keys, errors);
  EXPECT_TRUE(object);
  EXPECT_FALSE(object.require_string("name"));
  EXPECT_FALSE(object.require_string("type"));
  EXPECT_EQ(object.string_or("kind", "fallback"), "fallback");
  EXPECT_EQ(object.string_or("ok", "fallback"), "x");
  EXPECT_EQ(object.string_or("absent", "fallback"), "fallback");
  EXPECT_FALSE(object.boolean_or("flag", false));
  EXPECT_TRUE(object.boolean_or("on", false));
  EXPECT_TRUE(object.boolean_or("absent", true));
  EXPECT_EQ(report(source, errors),
            "json_unknown_key at \"nulable\": a tag has no key 'nulable' [nullable]\n"
            "json_type at 1: 'name' must be a string, not a number\n"
            "json_missing_key at {: a tag needs the key 'type'\n"
            "json_type at null: 'kind' must be a string, not null\n"
            "json_type at \"yes\": 'flag' must be true or false, not a string\n");
}

TEST(JsonDocument, ExpectsKinds) {
  const std::string_view source = R"([{}, [], true])";
  const JsonDocument document = parsed(source);
  auto element = document.root().elements().begin();
  std::vector<Diagnostic> errors;
  EXPECT_TRUE(expect_object(*element, "'schema'", errors));
  EXPECT_FALSE(expect_array(*element, "'tags'", errors));
  ++element;
  EXPECT_FALSE(expect_object(*element, "'schema'", errors));
  EXPECT_FALSE(JsonObject(*element, "a policy", {}, errors));
  ++element;
  EXPECT_FALSE(expect_array(*element, "'tags'", errors));
  EXPECT_EQ(report(source, errors),
            "json_type at {}: 'tags' must be an array, not an object\n"
            "json_type at []: 'schema' must be an object, not an array\n"
            "json_type at []: a policy must be an object, not an array\n"
            "json_type at true: 'tags' must be an array, not true\n");
}

// Every cut of a document is either refused or read with ranges inside the source.
TEST(JsonDocument, SurvivesEveryCutAndEveryByte) {
  const std::string_view source =
      "{\"a\\u00e9\": [1, \"\\ud83d\\ude00\", {\"b\": null}], /* c */ \"d\": -1.5e3}// e";
  for (std::size_t size = 0; size < source.size(); ++size) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text(source.substr(0, size));
      text += static_cast<char>(byte);
      const Result<JsonDocument> document = JsonDocument::parse(text, no_limit);
      if (document) {
        std::string out;
        dump(text, document->root(), out);
      } else {
        ASSERT_LE(document.error().diagnostics[0].range.end, text.size());
        ASSERT_FALSE(document.error().message.empty());
      }
    }
  }
}

}  // namespace
}  // namespace muster
