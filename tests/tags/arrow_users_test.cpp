#include <gtest/gtest.h>

#include "muster/tags/arrow.hpp"
#include "tags/arrow_reading.hpp"

namespace muster {
namespace {

using namespace arrow_builder;
using testing_samples::refusal;

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
  EXPECT_EQ(refusal(read(schema, {batch({x, texts("id", "u", {"ann", "\xff"})})})),
            R"(bad_cell: row 2 has the id '\xff', which is not UTF-8)");
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

TEST(ArrowUsers, StopsPullingAStreamThatDoesNotEnd) {
  ArrowArrayStream stream{};
  stream.get_schema = [](ArrowArrayStream*, ArrowSchema* type) {
    export_type(batch({bools("x", {true, false})}), *type);
    return 0;
  };
  stream.get_next = [](ArrowArrayStream*, ArrowArray* array) {
    export_array(batch({bools("x", {true, false})}), *array);
    return 0;
  };
  stream.release = [](ArrowArrayStream* self) { self->release = nullptr; };
  Limits limits;
  limits.max_users = 100;
  EXPECT_EQ(refusal(ArrowUsers::from_stream(schema_of(R"("type": "bool")"), stream, {}, limits)),
            "limit: there are more than 100 users (max_users)");
  EXPECT_EQ(live_exports, 0);
}

}  // namespace
}  // namespace muster
