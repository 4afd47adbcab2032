#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tags/arrow_reading.hpp"

namespace muster {
namespace {

using namespace arrow_builder;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct Case {
  std::string name;
  Node column;
  std::string expected;
};

void check(const std::string& tag, const std::vector<Case>& cases) {
  const Schema schema = schema_of(tag);
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    EXPECT_EQ(values(schema, {batch({one.column})}), one.expected);
  }
  EXPECT_EQ(live_exports, 0);
}

const std::string interests = R"("type": "set", "values": ["video", "game", "music"])";

TEST(ArrowConvert, ReadsBooleans) {
  check(R"("type": "bool")" + nullable,
        {{"bits", bools("x", {true, {}, false}), "true NULL false"},
         {"bits at 3", bools("x", {true, {}, false}, 3), "true NULL false"},
         {"bits at 13, none NULL", bools("x", {true, false, true}, 13), "true false true"},
         {"int8", fixed<std::int8_t>("x", "c", {1, {}, 0}, 1, 7), "true NULL false"},
         {"uint8", fixed<std::uint8_t>("x", "C", {1, 0}), "true false"},
         {"int16", fixed<std::int16_t>("x", "s", {1, 0}), "true false"},
         {"uint16", fixed<std::uint16_t>("x", "S", {1, 0}), "true false"},
         {"int32", fixed<std::int32_t>("x", "i", {1, 0}), "true false"},
         {"uint32", fixed<std::uint32_t>("x", "I", {1, 0}), "true false"},
         {"int64", fixed<std::int64_t>("x", "l", {1, 0}), "true false"},
         {"uint64", fixed<std::uint64_t>("x", "L", {1, 0}), "true false"},
         {"nulls", nulls("x", 2), "NULL NULL"},
         {"2", fixed<std::int8_t>("x", "c", {1, 2}),
          "bad_cell: 'x' has 2 in row 2, neither 0 nor 1, as a bool needs"},
         {"floats", fixed<double>("x", "g", {1.0}),
          "wrong_type: column 'x' holds float64, but the tag is a bool, which takes bool, or "
          "integers 0 and 1"}});
}

TEST(ArrowConvert, ReadsNumbers) {
  check(R"("type": "number")" + nullable,
        {{"float64", fixed<double>("x", "g", {1.5, {}, nan, -0.0}, 2, nan),
          "1.500000 NULL NULL 0.000000"},
         {"float32", fixed<float>("x", "f", {0.25f, {}, std::nanf("")}), "0.250000 NULL NULL"},
         {"float16", fixed<std::uint16_t>("x", "e", {0x3c00, 0xc100, 0x7e00, 0x0001, 0x7bff}),
          "1.000000 -2.500000 NULL 0.000000 65504.000000"},
         {"int8", fixed<std::int8_t>("x", "c", {-128, 127}), "-128.000000 127.000000"},
         {"uint8", fixed<std::uint8_t>("x", "C", {{}, 255}, 5, 1), "NULL 255.000000"},
         {"int16", fixed<std::int16_t>("x", "s", {-300}), "-300.000000"},
         {"uint16", fixed<std::uint16_t>("x", "S", {65535}), "65535.000000"},
         {"int32", fixed<std::int32_t>("x", "i", {-70000}), "-70000.000000"},
         {"uint32", fixed<std::uint32_t>("x", "I", {4294967295u}), "4294967295.000000"},
         {"int64", fixed<std::int64_t>("x", "l", {-9007199254740993, 9007199254740993, {}, 5}, 1),
          "-9007199254740992.000000+-1 9007199254740992.000000+1 NULL 5.000000"},
         {"uint64", fixed<std::uint64_t>("x", "L", {9007199254740993u, {}}, 0, ~std::uint64_t{0}),
          "9007199254740992.000000+1 NULL"},
         {"uint64 that doubles hold",
          fixed<std::uint64_t>("x", "L", {9223372036854775808u, 18446744073709549568u}),
          "9223372036854775808.000000 18446744073709549568.000000"},
         {"uint64 that nothing holds",
          fixed<std::uint64_t>("x", "L", {1, 9223372036854775809u, ~std::uint64_t{0}}),
          "bad_number: 'x' has 9223372036854775809 in row 2, which neither 64 signed bits nor a "
          "double hold"},
         {"the largest uint64", fixed<std::uint64_t>("x", "L", {~std::uint64_t{0}}),
          "bad_number: 'x' has 18446744073709551615 in row 1, which neither 64 signed bits nor a "
          "double hold"},
         {"decimal32", fixed<std::int32_t>("x", "d:9,2,32", {-9650, {}, 100}),
          "-96.500000 NULL 1.000000"},
         {"decimal64", fixed<std::int64_t>("x", "d:18,0,64", {9007199254740993}),
          "9007199254740992.000000+1"},
         {"decimal64, negative scale", fixed<std::int64_t>("x", "d:18,-3,64", {-12, 0}),
          "-12000.000000 0.000000"},
         {"nulls", nulls("x", 1), "NULL"},
         {"texts", texts("x", "u", {"5"}),
          "wrong_type: column 'x' holds utf8, but the tag is a number, which takes integers, "
          "floats or decimals"},
         {"another decimal", fixed<std::int64_t>("x", "d:9,2,17", {1}),
          "wrong_type: column 'x' holds the format 'd:9,2,17', but the tag is a number, which "
          "takes integers, floats or decimals"}});
}

struct Wide {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
};
struct Wider {
  Wide low, high;
};

TEST(ArrowConvert, ReadsWideDecimals) {
  constexpr std::uint64_t ones = ~std::uint64_t{0};
  // 2^64 hundredths, and minus one of them.
  const Node decimal128 = fixed<Wide>("x", "d:38,2", {Wide{0, 1}, Wide{ones, ones}}, 1);
  const Node decimal256 = fixed<Wider>(
      "x", "d:76,1,256",
      {Wider{{25, 0}, {}}, Wider{{0, 0}, {1, 0}}, Wider{{ones - 4, ones}, {ones, ones}}});
  check(R"("type": "number")",
        {{"decimal128", decimal128, "184467440737095520.000000 -0.010000"},
         {"decimal256", decimal256,
          "2.500000 34028236692093848235284053891034906624.000000 -0.500000"}});
}

TEST(ArrowConvert, ReadsDates) {
  constexpr std::int64_t hour = 3600, day = 24 * hour;
  check(R"("type": "date")" + nullable,
        {{"date32", fixed<std::int32_t>("x", "tdD", {0, {}, 19723}, 1, INT32_MAX),
          "1970-01-01 NULL 2024-01-01"},
         {"date64", fixed<std::int64_t>("x", "tdm", {-1, {}, 86'400'000}, 0, INT64_MIN),
          "1969-12-31 NULL 1970-01-02"},
         {"seconds", fixed<std::int64_t>("x", "tss:", {day - 1, -day}), "1970-01-01 1969-12-31"},
         {"milliseconds", fixed<std::int64_t>("x", "tsm:UTC", {(day - 1) * 1000}), "1970-01-01"},
         {"microseconds", fixed<std::int64_t>("x", "tsu:Asia/Shanghai", {23 * hour * 1'000'000}),
          "1970-01-01"},
         {"nanoseconds", fixed<std::int64_t>("x", "tsn:", {-1, day * 1'000'000'000}),
          "1969-12-31 1970-01-02"},
         {"past the calendar", fixed<std::int32_t>("x", "tdD", {0, 2'932'897}),
          "bad_date: 'x' has day 2932897 in row 2, outside the years 1 to 9999"},
         {"moments past the calendar", fixed<std::int64_t>("x", "tss:", {0, INT64_MAX}),
          "bad_date: 'x' has a moment in row 2 outside the years 1 to 9999"},
         {"time of day", fixed<std::int32_t>("x", "tts", {0}),
          "wrong_type: column 'x' holds time of day, but the tag is a date, which takes date32, "
          "date64 or timestamps"}});
}

TEST(ArrowConvert, ReadsCategories) {
  const Texts some = {"广州", {}, "a city with a long name", "上海"};
  const std::string read = "#1 NULL #2 #0";
  const auto entries = [](const std::string& format) {
    return texts("", format, {"a city with a long name", "unused", "上海", {}, "广州"}, 2);
  };
  check(
      cities + nullable,
      {{"utf8", texts("x", "u", some), read},
       {"large utf8", texts("x", "U", some, 3), read},
       {"utf8 view", texts("x", "vu", some, 2), read},
       {"int8 indices", dictionary<std::int8_t>("x", "c", {4, {}, 0, 2}, entries("u")), read},
       {"uint8 indices", dictionary<std::uint8_t>("x", "C", {4, 3, 0, 2}, entries("U"), 1), read},
       {"int16 indices", dictionary<std::int16_t>("x", "s", {4, 3, 0, 2}, entries("vu")), read},
       {"uint16 indices", dictionary<std::uint16_t>("x", "S", {4, 3, 0, 2}, entries("u")), read},
       {"int32 indices", dictionary<std::int32_t>("x", "i", {4, {}, 0, 2}, entries("u"), 9), read},
       {"uint32 indices", dictionary<std::uint32_t>("x", "I", {4, {}, 0, 2}, entries("u")), read},
       {"int64 indices", dictionary<std::int64_t>("x", "l", {4, {}, 0, 2}, entries("u")), read},
       {"uint64 indices", dictionary<std::uint64_t>("x", "L", {4, {}, 0, 2}, entries("u")), read},
       {"unknown", texts("x", "u", {"上海", "上每"}),
        "unknown_category: 'x' has '上每' in row 2, which is not among its categories; did you "
        "mean '上海'?"},
       {"unknown entry", dictionary<std::int8_t>("x", "c", {0, 1}, entries("u")),
        "unknown_category: 'x' has 'unused' in row 2, which is not among its categories"},
       {"dictionary of numbers",
        dictionary<std::int8_t>("x", "c", {0}, fixed<std::int32_t>("", "i", {1})),
        "wrong_type: column 'x' holds dictionary of int32, but the tag is a category, which "
        "takes utf8 texts, or a dictionary of them"},
       {"nulls", nulls("x", 1), "NULL"}});
}

TEST(ArrowConvert, ReadsSets) {
  const Entries<int> sizes = {2, {}, 0, 3};
  const std::string read = "{#0#2} NULL {} {#1}";
  const Texts members = {"before", "music", "video", "game", "game", "game"};
  const auto of = [&](const std::string& format) { return texts("", format, members, 1); };
  const Node coded = dictionary<std::int8_t>("", "c", {0, 2, 1, 0, 0, 0},
                                             texts("", "u", {"game", "video", "music"}));
  Node fixed_size = node("x", "+w:2", Entries<int>{0, {}, 0}, 1);
  fixed_size.children.push_back(texts("", "u", {{}, {}, "game", "video", {}, {}, "game", "game"}));
  check(interests + nullable,
        {{"list", lists<std::int32_t>("x", "+l", sizes, of("u")), read},
         {"large list", lists<std::int64_t>("x", "+L", sizes, of("U"), 2), read},
         {"list view", lists<std::int32_t>("x", "+vl", sizes, of("vu"), 1), read},
         {"large list view", lists<std::int64_t>("x", "+vL", sizes, of("u")), read},
         {"of a dictionary", lists<std::int32_t>("x", "+l", sizes, coded), read},
         {"fixed size", fixed_size, "{#0#1} NULL {#1}"},
         {"of nothing", lists<std::int32_t>("x", "+l", {0, {}}, nulls("", 1)), "{} NULL"},
         {"NULL member", lists<std::int32_t>("x", "+l", {0, 1}, texts("", "u", {"game", {}})),
          "bad_cell: 'x' has NULL as a member of its set in row 2"},
         {"unknown", lists<std::int32_t>("x", "+l", {1}, texts("", "u", {"game", "gane"})),
          "unknown_category: 'x' has 'gane' in row 1, which is not among its categories; did you "
          "mean 'game'?"},
         {"list of numbers", lists<std::int32_t>("x", "+l", {0}, fixed<double>("", "g", {0.0})),
          "wrong_type: column 'x' holds list of float64, but the tag is a set, which takes lists "
          "of utf8 texts, or of a dictionary of them"}});
}

TEST(ArrowConvert, RefusesNullsOfTagsThatNeedAValue) {
  const std::string missing = "missing_value: 'x' is not nullable, but row 2 has no value";
  check(R"("type": "bool")",
        {{"bits", bools("x", {true, {}}), missing},
         {"nulls", nulls("x", 2), "missing_value: 'x' is not nullable, but row 1 has no value"}});
  check(R"("type": "number")", {{"NaN", fixed<double>("x", "g", {1, nan}), missing},
                                {"float32", fixed<float>("x", "f", {1, std::nanf("")}), missing}});
  check(cities,
        {{"by dictionary", dictionary<std::int8_t>("x", "c", {0, 1}, texts("", "u", {"上海", {}})),
          missing}});
}

}  // namespace
}  // namespace muster
