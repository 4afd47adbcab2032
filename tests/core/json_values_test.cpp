#include "core/json_values.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/diagnostics.hpp"

namespace muster {
namespace {

/// A document and what is found wrong with it.
struct Reading {
  explicit Reading(std::string text)
      : source(std::move(text)), document(JsonDocument::parse(source, 1 << 20).value()) {}

  std::string said() const {
    std::string out;
    for (const Diagnostic& one : errors) {
      out += std::to_string(one.range.begin) + "-" + std::to_string(one.range.end) + " " +
             std::string(name(one.code)) + ": " + full_message(one) + "\n";
    }
    return out;
  }

  std::string source;
  JsonDocument document;
  std::vector<Diagnostic> errors;
};

TEST(ReadNumber, KeepsToItsRange) {
  const struct {
    const char* text;
    NumberRange range;
    double value;
  } good[] = {{"1", {0, 1}, 1},
              {"0", {0, 1}, 0},
              {"0.25", {0, 1}, 0.25},
              {"-1e12", {-1e12, 1e12}, -1e12},
              {"1e3", {0, 1000, true}, 1000}};
  for (const auto& [text, range, value] : good) {
    Reading reading(text);
    EXPECT_EQ(read_number(reading.document.root(), "'n'", range, reading.errors), value) << text;
    EXPECT_EQ(reading.said(), "") << text;
  }
}

TEST(ReadNumber, RefusesTheRest) {
  const struct {
    const char* text;
    NumberRange range;
    const char* said;
  } bad[] = {
      {"-0.1", {0, 1}, "0-4 bad_setting: 'n' must be a number from 0 to 1\n"},
      {"1.5", {0, 9, true}, "0-3 bad_setting: 'n' must be a whole number from 0 to 9\n"},
      {"10", {0, 9, true}, "0-2 bad_setting: 'n' must be a whole number from 0 to 9\n"},
      {"1e400",
       {-1e12, 1e12},
       "0-5 bad_setting: 'n' must be a number from -1000000000000 to "
       "1000000000000\n"},
      {"99999999999999999999999999999999",
       {0, 1e15, true},
       "0-32 bad_setting: 'n' must be a whole number from 0 to 1000000000000000\n"},
      {"\"1\"", {0, 1}, "0-3 json_type: 'n' must be a number, not a string\n"},
      {"null", {0, 1}, "0-4 json_type: 'n' must be a number, not null\n"},
  };
  for (const auto& [text, range, said] : bad) {
    Reading reading(text);
    EXPECT_FALSE(read_number(reading.document.root(), "'n'", range, reading.errors)) << text;
    EXPECT_EQ(reading.said(), said) << text;
  }
}

TEST(ReadNumber, KnowsOneZero) {
  Reading reading("-0.0");
  const auto zero = read_number(reading.document.root(), "'n'", {-1, 1}, reading.errors);
  ASSERT_TRUE(zero);
  EXPECT_FALSE(std::signbit(*zero));
}

TEST(NumberOfAnObject, FallsBack) {
  constexpr std::string_view keys[] = {"a", "b", "c"};
  Reading reading(R"({"a": 7, "b": 70})");
  JsonObject object(reading.document.root(), "it", keys, reading.errors);
  EXPECT_EQ(number_or(object, "a", {0, 9}, 3, reading.errors), 7);
  EXPECT_EQ(number_or(object, "b", {0, 9}, 3, reading.errors), 3);
  EXPECT_EQ(number_or(object, "c", {0, 9}, 3, reading.errors), 3);
  EXPECT_EQ(require_number(object, "a", {1, 9}, reading.errors), 7);
  EXPECT_EQ(require_number(object, "c", {1, 9}, reading.errors), 1);
  EXPECT_EQ(reading.said(),
            "14-16 bad_setting: 'b' must be a number from 0 to 9\n"
            "0-1 json_missing_key: it needs the key 'c'\n");
}

TEST(ReadWord, FindsOneOfSome) {
  constexpr std::string_view words[] = {"cooperative", "active"};
  Reading reading(R"(["active", "actve", "x", 1])");
  std::vector<std::optional<std::size_t>> found;
  for (const JsonNode node : reading.document.root().elements()) {
    found.push_back(read_word(node, "'mode'", words, reading.errors));
  }
  EXPECT_EQ(found, (decltype(found){1, {}, {}, {}}));
  EXPECT_EQ(reading.said(),
            "11-18 bad_setting: 'mode' must be cooperative or active, not 'actve'; did you mean "
            "'active'?\n"
            "20-23 bad_setting: 'mode' must be cooperative or active, not 'x'\n"
            "25-26 json_type: 'mode' must be a string, not a number\n");
}

enum class Fruit { apple, pear };
std::string_view name(Fruit fruit) { return fruit == Fruit::apple ? "apple" : "pear"; }

TEST(ReadEnum, GoesByTheNames) {
  Reading reading(R"(["pear", "peer"])");
  std::vector<std::optional<Fruit>> found;
  for (const JsonNode node : reading.document.root().elements()) {
    found.push_back(read_enum<Fruit, 2>(node, "a fruit", reading.errors));
  }
  EXPECT_EQ(found, (decltype(found){Fruit::pear, {}}));
  EXPECT_EQ(reading.said(),
            "9-15 bad_setting: a fruit must be apple or pear, not 'peer'; did you mean 'pear'?\n");
}

TEST(ExpectEntries, RefusesEmptyListsAndOtherThings) {
  Reading empty("[]"), some("[0]"), text("\"x\"");
  EXPECT_FALSE(expect_entries(text.document.root(), "'list'", text.errors));
  EXPECT_EQ(text.said(), "0-3 json_type: 'list' must be an array, not a string\n");
  EXPECT_FALSE(expect_entries(empty.document.root(), "'list'", empty.errors));
  EXPECT_EQ(empty.said(), "0-2 bad_setting: 'list' may not be empty\n");
  EXPECT_TRUE(expect_entries(some.document.root(), "'list'", some.errors));
  EXPECT_EQ(some.said(), "");
}

}  // namespace
}  // namespace muster
