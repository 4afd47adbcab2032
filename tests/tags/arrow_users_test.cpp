#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "muster/tags/arrow.hpp"
#include "tags/arrow_builder.hpp"
#include "tags/table_samples.hpp"

namespace muster {
namespace {

using namespace arrow_builder;
using testing_samples::refusal;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Schema schema_of(const std::string& tag, const std::string& key = "") {
  const std::string json = R"({"key": ")" + key + R"(", "tags": [{"name": "x", )" + tag + "}]}";
  return *Schema::from_json(json);
}

Result<ArrowUsers> read(const Schema& schema, std::vector<Node> batches) {
  ArrowArrayStream stream{};
  export_stream(std::move(batches), stream);
  auto users = ArrowUsers::from_stream(schema, stream);
  EXPECT_EQ(stream.release, nullptr);
  return users;
}

/// "true NULL …", the one tag's values, or how it went wrong; the copy in a table says the same.
std::string values(const Schema& schema, std::vector<Node> batches) {
  const auto users = read(schema, std::move(batches));
  if (!users) return refusal(users);
  std::string out, copied;
  const UserTable table = users->to_table().value();
  for (UserIndex i = 0; i < users->size(); ++i) {
    out.append(i == 0 ? "" : " ").append(testing_samples::text(schema, users->row(i)));
    copied.append(i == 0 ? "" : " ").append(testing_samples::text(schema, table.row(i)));
  }
  EXPECT_EQ(copied, out);
  return out;
}

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

const std::string nullable = R"(, "nullable": true)";
const std::string cities =
    R"("type": "category", "values": ["上海", "广州", "a city with a long name"])";
const std::string interests = R"("type": "set", "values": ["video", "game", "music"])";

TEST(ArrowUsers, ReadsBooleans) {
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

TEST(ArrowUsers, ReadsNumbers) {
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
         {"uint64", fixed<std::uint64_t>("x", "L", {9007199254740993u, 18446744073709551615u, {}}),
          "9007199254740992.000000+1 18446744073709551616.000000 NULL"},
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

TEST(ArrowUsers, ReadsWideDecimals) {
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

TEST(ArrowUsers, ReadsDates) {
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

TEST(ArrowUsers, ReadsCategories) {
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

TEST(ArrowUsers, ReadsSets) {
  const Values<int> sizes = {2, {}, 0, 3};
  const std::string read = "{#0#2} NULL {} {#1}";
  const Texts members = {"before", "music", "video", "game", "game", "game"};
  const auto of = [&](const std::string& format) { return texts("", format, members, 1); };
  const Node coded = dictionary<std::int8_t>("", "c", {0, 2, 1, 0, 0, 0},
                                             texts("", "u", {"game", "video", "music"}));
  Node fixed_size = node("x", "+w:2", Values<int>{0, {}, 0}, 1);
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

TEST(ArrowUsers, RefusesNullsOfTagsThatNeedAValue) {
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

TEST(ArrowUsers, ReadsBatchesWithOffsetsAndRowsThatAreNull) {
  const Schema schema = schema_of(R"("type": "number")" + nullable);
  const Node column = fixed<std::int64_t>("x", "l", {1, 2, {}, 4, 5}, 3);
  EXPECT_EQ(values(schema, {batch({column}, 1, {0, {}, {}}), batch({column}, 5, {}),
                            batch({column}, 3, {0, 0})}),
            "2.000000 NULL NULL 4.000000 5.000000");
  EXPECT_EQ(values(schema, {batch({bools("x", {})})}),
            "wrong_type: column 'x' holds bool, but the tag is a number, which takes integers, "
            "floats or decimals");
  EXPECT_EQ(values(schema, {batch({fixed<std::int64_t>("x", "l", {})})}), "");
  EXPECT_EQ(live_exports, 0);
}

TEST(ArrowUsers, ReadsADictionaryOfEachBatch) {
  const auto coded = [](const Texts& entries) {
    return batch({dictionary<std::int8_t>("x", "c", {0, 1}, texts("", "u", entries))});
  };
  EXPECT_EQ(values(schema_of(cities), {coded({"上海", "广州"}), coded({"广州", "上海"})}),
            "#0 #1 #1 #0");
}

TEST(ArrowUsers, NeedsColumnsForItsTags) {
  const Schema schema = *Schema::from_json(R"({"key": "id", "tags": [
    {"name": "fee", "type": "number"}, {"name": "used", "type": "number", "nullable": true},
    {"name": "ratio", "type": "number", "derived": "used / fee"}]})");
  const Node id = texts("id", "u", {"ann", "bob"}), fee = fixed<double>("fee", "g", {2, 4}),
             other = bools("other", {true, true});
  const auto users = read(schema, {batch({other, fee, id, other})});
  EXPECT_EQ(testing_samples::text(schema, users->row(0)), "2.000000 NULL NULL");
  EXPECT_EQ(std::vector(users->ignored_columns().begin(), users->ignored_columns().end()),
            (std::vector<std::string>{"other", "other"}));
  const Node used = fixed<double>("used", "g", {1, 3});
  EXPECT_EQ(testing_samples::text(schema, read(schema, {batch({used, fee, id})})->row(1)),
            "4.000000 3.000000 0.750000");
  EXPECT_EQ(refusal(read(schema, {batch({fixed<double>("fees", "g", {2, 4})})})),
            "missing_column: no column for the key, 'id'; no column for 'fee', which is not "
            "nullable; is 'fees' meant for 'fee'?");
  EXPECT_EQ(refusal(read(schema, {batch({fee, id, fee})})),
            "duplicate_name: a second column 'fee'");
}

TEST(ArrowUsers, FindsUsersByKey) {
  const Schema schema = schema_of(R"("type": "bool")", "id");
  const Node x = bools("x", {true, false});
  const std::pair<std::string, Node> columns[] = {
      {"ann bob", texts("id", "vu", {"ann", "bob"})},
      {"ann bob", dictionary<std::int16_t>("id", "s", {1, 0}, texts("", "u", {"bob", "ann"}))},
      {"-7 8", fixed<std::int8_t>("id", "c", {-7, 8})},
      {"200 8", fixed<std::uint8_t>("id", "C", {200, 8})},
      {"-300 8", fixed<std::int16_t>("id", "s", {-300, 8})},
      {"65535 8", fixed<std::uint16_t>("id", "S", {65535, 8})},
      {"-70000 8", fixed<std::int32_t>("id", "i", {-70000, 8})},
      {"4294967295 8", fixed<std::uint32_t>("id", "I", {4294967295u, 8})},
      {"-1 8", fixed<std::int64_t>("id", "l", {-1, 8})},
      {"18446744073709551615 8", fixed<std::uint64_t>("id", "L", {18446744073709551615u, 8})}};
  for (const auto& [expected, id] : columns) {
    const auto users = read(schema, {batch({x, id})});
    std::string first, second;
    const std::string keys =
        std::string(users->key(0, first)).append(" ").append(users->key(1, second));
    EXPECT_EQ(keys, expected);
    EXPECT_EQ(users->find(users->key(1, second)), 1u);
    EXPECT_EQ(users->find("nobody"), std::nullopt);
    const UserTable table = users->to_table().value();
    EXPECT_EQ(std::string(table.key(0, first)) + " " + std::string(table.key(1, second)), expected);
  }
  EXPECT_EQ(refusal(read(schema, {batch({x, texts("id", "u", {"ann", {}})})})),
            "missing_value: row 2 has no id");
  EXPECT_EQ(refusal(read(schema, {batch({x, texts("id", "u", {"ann", ""})})})),
            "missing_value: row 2 has no id");
  EXPECT_EQ(refusal(read(schema, {batch({x, fixed<std::int8_t>("id", "c", {{}, 1})})})),
            "missing_value: row 1 has no id");
  EXPECT_EQ(refusal(read(schema, {batch({x, fixed<double>("id", "g", {1, 2})})})),
            "wrong_type: column 'id' holds float64, but it is the key, which takes utf8 texts, a "
            "dictionary of them, or integers");
  EXPECT_EQ(refusal(read(schema, {batch({x, texts("id", "u", {"ann", "ann"})})})->to_table()),
            "duplicate_key: row 2 has the id 'ann' of an earlier row");
}

TEST(ArrowUsers, CountsRowsWithoutKeys) {
  const auto users = read(schema_of(R"("type": "bool")"),
                          {batch({bools("x", {true, false})}), batch({bools("x", {true})})});
  std::string buffer;
  EXPECT_EQ(users->key(2, buffer), "3");
  EXPECT_EQ(users->find("3"), 2u);
  EXPECT_EQ(users->find("4"), std::nullopt);
  EXPECT_EQ(users->find("0"), std::nullopt);
}

TEST(ArrowUsers, KeepsTheProducersMemoryUntilTheLastCopyGoes) {
  {
    std::optional<ArrowUsers> users =
        read(schema_of(R"("type": "bool")"), {batch({bools("x", {true})})}).value();
    const ArrowUsers copy = *users;
    users.reset();
    EXPECT_EQ(live_exports, 4);  // type and array, of batch and column
    EXPECT_EQ(copy.size(), 1u);
  }
  EXPECT_EQ(live_exports, 0);
}

TEST(ArrowUsers, BorrowsWhatItCan) {
  const Schema schema = schema_of(R"("type": "number")");
  const std::vector<std::optional<double>> many(10'000, 1.0);
  const auto borrowed = read(schema, {batch({fixed<double>("x", "g", many)})});
  EXPECT_LT(borrowed->memory_bytes(), 1'000u);
  const std::vector<std::optional<float>> floats(10'000, 1.0f);
  EXPECT_GT(read(schema, {batch({fixed<float>("x", "f", floats)})})->memory_bytes(), 80'000u);
}

TEST(ArrowUsers, ReadsOneArray) {
  const Node one = batch({bools("x", {true})});
  ArrowSchema type{};
  ArrowArray array{};
  const auto read_it = [&] {
    return ArrowUsers::from_array(schema_of(R"("type": "bool")"), type, array);
  };
  export_type(one, type);
  export_array(one, array);
  EXPECT_EQ(read_it()->size(), 1u);
  EXPECT_EQ(type.release, nullptr);
  EXPECT_EQ(array.release, nullptr);
  EXPECT_EQ(refusal(read_it()), "invalid_argument: the type is released already");
  export_type(one, type);
  EXPECT_EQ(refusal(read_it()), "invalid_argument: the array is released already");
  EXPECT_EQ(live_exports, 0);
}

TEST(ArrowUsers, TellsOfLimitsCancellationAndFailingProducers) {
  const Schema schema = schema_of(R"("type": "bool")");
  const Node two = batch({bools("x", {true, false})});
  const auto run = [&](const RunOptions& options, const Limits& limits, std::string error = {}) {
    ArrowArrayStream stream{};
    export_stream({two, two}, stream, std::move(error));
    return refusal(ArrowUsers::from_stream(schema, stream, options, limits));
  };
  Limits limits;
  limits.max_users = 4;
  EXPECT_EQ(run({}, limits), "done");
  limits.max_users = 3;
  EXPECT_EQ(run({}, limits), "limit: there are more than 3 users (max_users)");
  CancelToken token;
  token.cancel();
  EXPECT_EQ(run({.cancel = &token}, {}), "cancelled: cancelled by the caller");
  EXPECT_EQ(run({}, {}, "no such file"),
            "io: the producer of the stream failed: no such file (error 5)");
  std::uint64_t done = 0, total = 0;
  EXPECT_EQ(run({.progress = [&](auto d, auto t) { done = d, total = t; }}, {}), "done");
  EXPECT_GT(total, 0u);
  EXPECT_EQ(done, total);
  ArrowArrayStream released{};
  EXPECT_EQ(refusal(ArrowUsers::from_stream(schema, released)),
            "invalid_argument: the stream is released already");
  EXPECT_EQ(live_exports, 0);
}

}  // namespace
}  // namespace muster
