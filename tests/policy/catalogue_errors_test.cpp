#include <gtest/gtest.h>

#include "muster/policy/catalogue.hpp"
#include "policy/catalogue_text.hpp"

namespace muster {
namespace {

using Lines = std::vector<std::string>;

/// What is wrong with a catalogue, in order of place.
Lines errors_of(const std::string& json, const Limits& limits = {}) {
  const auto catalogue = Catalogue::from_json(json, limits);
  if (catalogue) return {"no error"};
  if (catalogue.error().diagnostics.empty()) return {catalogue.error().message};
  return first_lines(catalogue.error().diagnostics, json);
}

const std::string kSchema = R"("schema": {"tags": [{"name": "fee", "type": "number"}]})";

struct Case {
  const char* name;
  std::string json;
  Lines expected;
};

class CatalogueFaults : public testing::TestWithParam<Case> {};

TEST_P(CatalogueFaults, AreAllShownInPlace) {
  EXPECT_EQ(errors_of(GetParam().json), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Shape, CatalogueFaults,
    testing::Values(
        Case{"NotJson", "{\"schema\": ", {"1:12: error: the text ends too early"}},
        Case{"NotAnObject", "[]", {"1:1: error: a catalogue must be an object, not an array"}},
        Case{"Nothing",
             "{}",
             {"1:1: error: a catalogue needs the key 'schema'",
              "1:1: error: a catalogue needs the key 'policies'"}},
        Case{"UnknownKey",
             "{" + kSchema + ",\n\"segment\": {}, \"policies\": []}",
             {"2:1: error: a catalogue has no key 'segment'; did you mean 'segments'?"}},
        Case{"DuplicateKey",
             "{" + kSchema + ",\n\"policies\": [], \"policies\": []}",
             {"2:17: error: the key 'policies' is given twice"}},
        Case{"WrongTypes",
             "{" + kSchema + ",\n\"segments\": [],\n\"policies\": {}}",
             {"2:13: error: 'segments' must be an object, not an array",
              "3:13: error: 'policies' must be an array, not an object"}},
        Case{"SchemaWrong",
             "{\"schema\": {\"tags\": [{\"name\": \"fee\", \"type\": \"numbr\"}]},\n"
             "\"segments\": {\"s\": \"nonsense((\"}, \"policies\": [{\"id\": \"P1\"}]}",
             {"1:46: error: there is no tag type 'numbr'; did you mean 'number'?",
              "2:47: error: a policy needs the key 'name'",
              "2:47: error: a policy needs the key 'segment'"}}),
    [](const auto& made) { return std::string(made.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Segments, CatalogueFaults,
    testing::Values(Case{"NotText",
                         catalogue_json("\"a\": 1, \"b\": null", ""),
                         {"11:19: error: segment 'a' must be a string, not a number",
                          "11:27: error: segment 'b' must be a string, not null"}},
                    Case{"NoName",
                         catalogue_json("\"\": \"fee > 1\"", ""),
                         {"11:14: error: a segment's name is empty"}},
                    Case{"Twice",
                         catalogue_json("\"a\": \"fee > 1\",\n\"a\": \"fee > 2\"", ""),
                         {"12:1: error: the key 'a' is given twice"}},
                    Case{"Rule",
                         catalogue_json("\n\"a\": \"fee > 1 AND fe < 2\"", ""),
                         {"12:19: error: unknown tag 'fe'; did you mean 'fee'?"}},
                    Case{"Cycle",
                         catalogue_json("\n\"a\": \"SEGMENT(b)\",\n\"b\": \"NOT SEGMENT(a)\"", ""),
                         {"12:7: error: segment 'a' needs itself: a -> b -> a",
                          "13:11: error: segment 'b' needs itself: b -> a -> b"}},
                    Case{"UnknownSegment",
                         catalogue_json("\n\"heavy\": \"fee > 1\", \"b\": \"SEGMENT(heavvy)\"", ""),
                         {"12:27: error: unknown segment 'heavvy'; did you mean 'heavy'?"}},
                    Case{"UsedThoughWrong",
                         catalogue_json("\n\"a\": \"fe > 1\"",
                                        "\n{\"id\": \"P1\", \"name\": "
                                        "\"n\", \"segment\": \"SEGMENT(a)\"}"),
                         {"12:7: error: unknown tag 'fe'; did you mean 'fee'?",
                          "14:39: error: segment 'a' has errors of its own"}}),
    [](const auto& made) { return std::string(made.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Policies, CatalogueFaults,
    testing::Values(
        Case{"NotObjects",
             catalogue_json("", "\n1, \"x\", []"),
             {"13:1: error: a policy must be an object, not a number",
              "13:4: error: a policy must be an object, not a string",
              "13:9: error: a policy must be an object, not an array"}},
        Case{"MissingKeys",
             catalogue_json("", "\n{},\n{\"id\": \"P1\", \"segment\": \"TRUE\"}"),
             {"13:1: error: a policy needs the key 'id'",
              "13:1: error: a policy needs the key 'name'",
              "13:1: error: a policy needs the key 'segment'",
              "14:1: error: a policy needs the key 'name'",
              "14:26: warning: the rule is true for every user"}},
        Case{"UnknownKey",
             catalogue_json("",
                            "\n{\"id\": \"P1\", \"nmae\": \"n\", \"name\": \"n\", "
                            "\"segment\": \"TRUE\"}"),
             {"13:14: error: a policy has no key 'nmae'; did you mean 'name'?",
              "13:52: warning: the rule is true for every user"}},
        Case{"WrongTypes",
             catalogue_json("",
                            "\n{\"id\": 1, \"name\": true, \"segment\": [], "
                            "\"description\": {}}"),
             {"13:8: error: 'id' must be a string, not a number",
              "13:19: error: 'name' must be a string, not true",
              "13:36: error: 'segment' must be a string, not an array",
              "13:55: error: 'description' must be a string, not an object"}},
        Case{"DuplicateId",
             catalogue_json("",
                            "\n{\"id\": \"P1\", \"name\": \"n\", \"segment\": \"TRUE\"},\n"
                            "{\"id\": \"P1\", \"name\": \"n\", \"segment\": \"TRUE\"}"),
             {"13:39: warning: the rule is true for every user",
              "14:8: error: another policy has the id 'P1' already",
              "14:39: warning: the rule is true for every user"}},
        Case{"EmptyId",
             catalogue_json("", "\n{\"id\": \"\", \"name\": \"n\", \"segment\": \"TRUE\"}"),
             {"13:8: error: a policy's id is empty",
              "13:37: warning: the rule is true for every user"}},
        Case{"ControlCharactersInAnId",
             catalogue_json("",
                            "\n{\"id\": \"P\\u001b[2J\", \"name\": \"n\", \"segment\": "
                            "\"fee > 1\"}"),
             {"13:8: error: a policy's id holds a control character: 'P\\x1b[2J'"}},
        Case{"IdsThatOnlyLookAlike",
             catalogue_json(
                 "",
                 "\n{\"id\": \"caf\\u00e9\", \"name\": \"n\", \"segment\": \"fee > 1\"},"
                 "\n{\"id\": \"cafe\\u0301\", \"name\": \"n\", \"segment\": \"fee > 1\"}"),
             {"no error"}},
        Case{"EveryErrorOfARule",
             catalogue_json("",
                            "\n{\"id\": \"P1\", \"name\": \"n\", \"segment\": "
                            "\"fe > 1 AND brand = 'Appel' OR complained > 3\"}"),
             {"13:39: error: unknown tag 'fe'; did you mean 'fee'?",
              "13:58: error: 'Appel' is not a category of 'brand'; did you mean 'Apple'?",
              "13:69: error: 'complained' is a bool and can only stand alone or be compared with = "
              "TRUE or = FALSE"}},
        Case{"EmptyRule",
             catalogue_json("", "\n{\"id\": \"P1\", \"name\": \"n\", \"segment\": \"\"}"),
             {"13:39: error: the rule is empty"}},
        Case{"EscapesInARule",
             catalogue_json(
                 "",
                 "\n{\"id\": \"P1\", \"name\": \"n\", \"segment\": "
                 "\"\\\"fee\\\" > 1 \\u0041ND fe\\u0065e < 2\\n AND brand = '\\u534e'\"}"),
             {"13:60: error: unknown tag 'feee'; did you mean 'fee'?",
              "13:88: error: '华' is not a category of 'brand'; did you mean '华为'?"}},
        Case{"AllAtOnce",
             catalogue_json("\n\"s\": \"fe = 1\"",
                            "\n{\"id\": \"P1\", \"segment\": \"fee >\"},\n"
                            "{\"id\": \"P1\", \"name\": \"n\", \"segment\": \"TRUE\"}"),
             {"12:7: error: unknown tag 'fe'; did you mean 'fee'?",
              "14:1: error: a policy needs the key 'name'",
              "14:31: error: expected a tag or a constant, found the end of the rule",
              "15:8: error: another policy has the id 'P1' already",
              "15:39: warning: the rule is true for every user"}}),
    [](const auto& made) { return std::string(made.param.name); });

TEST(CatalogueErrors, OfTheTopAreInPlace) {
  EXPECT_EQ(errors_in(R"("version": 1, "time_zone": "Asia/Shanghi", "currency": null,
"polices": [], "policies": [])"),
            (Lines{"2:12: error: 'version' must be a string, not a number",
                   "2:28: error: unknown time zone 'Asia/Shanghi'",
                   "2:56: error: 'currency' must be a string, not null",
                   "3:1: error: a catalogue has no key 'polices'; did you mean 'policies'?"}));
  EXPECT_EQ(errors_in(R"("policies": [], "time_zone": 8, "channels": {}, "contact_rules": {},
"arbitration": 1, "propensity": "x", "segments": [])"),
            (Lines{"2:30: error: 'time_zone' must be a string, not a number",
                   "2:45: error: 'channels' must be an array, not an object",
                   "2:66: error: 'contact_rules' must be an array, not an object",
                   "3:16: error: 'arbitration' must be an object, not a number",
                   "3:33: error: 'propensity' must be an object, not a string",
                   "3:50: error: 'segments' must be an object, not an array"}));
}

TEST(CatalogueErrors, OfHoldoutAndTestUsersAreInPlace) {
  EXPECT_EQ(errors_in(R"("policies": [], "holdout": {"share": 1.5, "key": 2026, "shares": 1},
"test_users": ["c1", "", 1, "c2", "c1"])"),
            (Lines{"2:38: error: 'share' must be a number from 0 to 1",
                   "2:50: error: 'key' must be a string, not a number",
                   "2:56: error: 'holdout' has no key 'shares'; did you mean 'share'?",
                   "3:22: error: a test user may not be empty",
                   "3:26: error: a test user must be a string, not a number",
                   "3:35: error: a test user is named twice"}));
  EXPECT_EQ(errors_in(R"("policies": [], "holdout": [], "test_users": {})"),
            (Lines{"2:28: error: 'holdout' must be an object, not an array",
                   "2:46: error: 'test_users' must be an array, not an object"}));
  EXPECT_EQ(errors_in(R"("policies": [], "holdout": {"share": -1e400})"),
            (Lines{"2:38: error: 'share' must be a number from 0 to 1"}));
}

TEST(CatalogueErrors, OfDifferentPartsComeInOrderOfPlace) {
  EXPECT_EQ(errors_in(R"("holdout": {"share": 2},
"contact_rules": [{"id": "r", "kind": "do_not_contact", "when": "nok"}],
"policies": [{"id": "P", "name": "n", "segment": "nok", "script": "{nok}", "tier": 0.5}],
"channels": [{"id": "c", "cost": -1}])"),
            (Lines{"2:22: error: 'share' must be a number from 0 to 1",
                   "3:66: error: unknown tag 'nok'; did you mean 'ok'?",
                   "4:51: error: unknown tag 'nok'; did you mean 'ok'?",
                   "4:69: error: unknown tag 'nok'; did you mean 'ok'?",
                   "4:84: error: 'tier' must be a whole number from -1000000 to 1000000",
                   "5:34: error: 'cost' must be a number from 0 to 1000000000000"}));
}

TEST(CatalogueErrors, DeepNestingIsRefused) {
  const std::string deep(100, '[');
  EXPECT_EQ(errors_in("\"channels\": " + deep),
            (Lines{"2:76: error: nested deeper than 64 levels"}));
}

TEST(CatalogueLimits, AreNamed) {
  const std::string two = catalogue_json(R"("a": "TRUE", "b": "TRUE")",
                                         R"({"id": "1", "name": "n", "segment": "TRUE"},
                                            {"id": "2", "name": "n", "segment": "TRUE"})");
  Limits limits;
  limits.max_segments = 1;
  EXPECT_EQ(errors_of(two, limits),
            (Lines{"11:13: error: 2 segments are more than max_segments (1)",
                   "12:51: warning: the rule is true for every user",
                   "13:82: warning: the rule is true for every user"}));
  limits = {};
  limits.max_rules = 1;
  EXPECT_EQ(errors_of(two, limits),
            (Lines{"12:13: error: 2 policies are more than max_rules (1)"}));
  limits = {};
  limits.max_catalogue_bytes = two.size() - 1;
  EXPECT_EQ(errors_of(two, limits),
            (Lines{"1:1: error: 696 bytes of JSON are more than max_catalogue_bytes, 695"}));
  limits.max_catalogue_bytes = two.size();
  EXPECT_EQ(errors_of(two, limits), Lines{"no error"});
}

TEST(CatalogueErrorsSummary, NamesTheFirstAndCountsTheRest) {
  const auto catalogue = Catalogue::from_json(catalogue_json("", "{}"));
  ASSERT_FALSE(catalogue);
  EXPECT_EQ(catalogue.error().code, Errc::json_missing_key);
  EXPECT_EQ(catalogue.error().message, "a policy needs the key 'id' (and 2 more errors)");
}

TEST(CatalogueErrors, ScriptsSuggestWhileThatIsCheap) {
  std::string tags, places;
  for (int i = 0; i < 10'000; ++i) {
    tags += R"({"name": "t)" + std::to_string(10'000 + i) + R"(", "type": "bool"},)";
  }
  tags.pop_back();
  for (int i = 0; i < 16; ++i) places += "{far from every tag}";
  const auto last_error = [&](int scripts) {
    std::string policies;
    for (int i = 0; i < scripts; ++i) {
      policies += R"({"id": "P)" + std::to_string(i) + R"(", "name": "n", "segment": "t10000",
        "script": ")" +
                  places + "\"},";
    }
    return errors_of(R"({"schema": {"tags": [)" + tags + R"(]}, "policies": [)" + policies +
                     R"({"id": "Q", "name": "n", "segment": "t10000", "script": "{u10000}"}]})")
        .back();
  };
  const auto ends_in = [](const std::string& text, const std::string& end) {
    return text.size() >= end.size() &&
           text.compare(text.size() - end.size(), end.size(), end) == 0;
  };
  EXPECT_TRUE(ends_in(last_error(12), "unknown tag 'u10000'; did you mean 't10000'?"));
  EXPECT_TRUE(ends_in(last_error(13), "unknown tag 'u10000'"));
}

}  // namespace
}  // namespace muster
