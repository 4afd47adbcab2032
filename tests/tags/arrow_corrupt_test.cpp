#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <initializer_list>

#include "muster/tags/arrow.hpp"
#include "tags/arrow_builder.hpp"
#include "tags/arrow_import.hpp"
#include "tags/arrow_keys.hpp"
#include "tags/table_samples.hpp"

namespace muster {
namespace {

using namespace arrow_builder;
using testing_samples::refusal;

Schema schema() {
  return *Schema::from_json(R"({"tags": [
    {"name": "flag", "type": "bool", "nullable": true},
    {"name": "fee", "type": "number", "nullable": true},
    {"name": "city", "type": "category", "values": ["上海", "a city with a long name"],
     "nullable": true},
    {"name": "coded", "type": "category", "values": ["上海"], "nullable": true},
    {"name": "seen", "type": "set", "values": ["web", "app"], "nullable": true}]})");
}

enum Column { flag, fee, city, coded, seen };

/// Two users, nothing wrong yet.
Node good_batch(const std::string& texts_format, const std::string& list_format) {
  const Node members = texts("", "u", {"web", "web", "app"});
  const bool views = list_format == "+vl";
  Node list = views || list_format == "+l"
                  ? lists<std::int32_t>("seen", list_format, {1, 1}, members)
                  : lists<std::int64_t>("seen", list_format, {1, 1}, members);
  return batch({bools("flag", {true, {}}), fixed<double>("fee", "g", {1, 2}),
                texts("city", texts_format, {"a city with a long name", "上海"}),
                dictionary<std::int8_t>("coded", "c", {0, 0}, texts("", "u", {"上海"})),
                std::move(list)});
}

void put(Node& node, std::size_t buffer, std::size_t at, std::int32_t value) {
  std::memcpy(node.buffers[buffer]->data() + at, &value, sizeof value);
}

/// Puts so many bytes before what is in each buffer.
void skew(Node& node, std::size_t bytes) {
  node.skew = bytes;
  for (auto& buffer : node.buffers) {
    if (buffer) buffer->insert(buffer->begin(), bytes, 0);
  }
}

std::string not_at(const char* column, int buffer, int multiple) {
  return fmt::format(
      "column '{}' contradicts itself: its buffer {} begins at an address that is no multiple of "
      "{}",
      column, buffer, multiple);
}

struct Flaw {
  std::string texts = "u";
  std::string lists = "+l";
  std::function<void(Node& batch)> make;
  std::string expected;
};

TEST(ArrowCorrupt, IsRefusedWithTheColumn) {
  const Flaw flaws[] = {
      {.make = [](Node&) {}, .expected = "done"},
      {.make = [](Node& b) { b.length = -1; },
       .expected = "a record batch contradicts itself: its length is -1"},
      {.make = [](Node& b) { b.length = INT64_MAX; },
       .expected = "a record batch contradicts itself: it is larger than any memory"},
      {.make = [](Node& b) { b.buffers.clear(); },
       .expected = "a record batch contradicts itself: it has 0 buffers, where a struct has 1"},
      {.make = [](Node& b) { b.length = 3; },
       .expected = "column 'flag' contradicts itself: it has 2 values, where 3 are needed"},
      {.make = [](Node& b) { b.offset = 1; },
       .expected = "column 'flag' contradicts itself: it has 2 values, where 3 are needed"},
      {.make = [](Node& b) { b.children[fee].length = -5; },
       .expected = "column 'fee' contradicts itself: its length is -5"},
      {.make = [](Node& b) { b.children[fee].offset = -1; },
       .expected = "column 'fee' contradicts itself: its offset is -1"},
      {.make = [](Node& b) { b.children[fee].buffers.pop_back(); },
       .expected = "column 'fee' contradicts itself: it has 1 buffers, where a float64 has 2"},
      {.make = [](Node& b) { b.children[fee].buffers[1].reset(); },
       .expected = "column 'fee' contradicts itself: it has no values"},
      {.make = [](Node& b) { b.children[fee].null_count = 1; },
       .expected = "column 'fee' contradicts itself: it counts 1 NULLs, but has no bitmap of them"},
      {.make = [](Node& b) { b.children[coded].dictionary[0].length = -1; },
       .expected = "column 'coded' contradicts itself: its length is -1"},
      {.make = [](Node& b) { b.children[coded].buffers[1]->at(1) = 1; },
       .expected =
           "column 'coded' contradicts itself: row 2 points past the 1 entries of its dictionary"},
      {.make = [](Node& b) { b.children[coded].buffers[1]->at(0) = 0xff; },
       .expected =
           "column 'coded' contradicts itself: row 1 points past the 1 entries of its dictionary"},
      {.make = [](Node& b) { put(b.children[city], 1, 0, -1); },
       .expected = "column 'city' contradicts itself: its offsets begin with -1"},
      {.make = [](Node& b) { put(b.children[city], 1, 8, 7); },
       .expected = "column 'city' contradicts itself: its offsets fall in row 2"},
      {.make = [](Node& b) { b.children[city].buffers[2].reset(); },
       .expected = "column 'city' contradicts itself: it has no texts"},
      {.texts = "U",
       .make = [](Node& b) { put(b.children[city], 1, 12, -1); },
       .expected = "column 'city' contradicts itself: its offsets fall in row 1"},
      {.texts = "vu",
       .make = [](Node& b) { put(b.children[city], 1, 0, -1); },
       .expected = "column 'city' contradicts itself: the text of row 1 lies outside its buffers"},
      {.texts = "vu",
       .make = [](Node& b) { put(b.children[city], 1, 8, 1); },
       .expected = "column 'city' contradicts itself: the text of row 1 lies outside its buffers"},
      {.texts = "vu",
       .make = [](Node& b) { put(b.children[city], 1, 12, 1); },
       .expected = "column 'city' contradicts itself: the text of row 1 lies outside its buffers"},
      {.texts = "vu",
       .make = [](Node& b) { b.children[city].buffers[2].reset(); },
       .expected = "column 'city' contradicts itself: the text of row 1 lies outside its buffers"},
      {.texts = "vu",
       .make = [](Node& b) { b.children[city].buffers.resize(2); },
       .expected =
           "column 'city' contradicts itself: it has 2 buffers, where a utf8 view has 3 or more"},
      {.make = [](Node& b) { put(b.children[seen], 1, 8, 9); },
       .expected = "column 'seen' contradicts itself: the list of row 2 lies outside its child"},
      {.lists = "+L",
       .make = [](Node& b) { put(b.children[seen], 1, 4, -1); },
       .expected = "column 'seen' contradicts itself: the list of row 1 lies outside its child"},
      {.lists = "+L",
       .make =
           [](Node& b) {
             const std::int64_t far[] = {INT64_MIN, INT64_MAX};
             std::memcpy(b.children[seen].buffers[1]->data(), far, sizeof far);
           },
       .expected = "column 'seen' contradicts itself: the list of row 1 lies outside its child"},
      {.make =
           [](Node& b) {
             b.children[seen].offset = 2;
             b.children[seen].format = "+w:9223372036854775807";
             b.children[seen].buffers.pop_back();
           },
       .expected = "column 'seen' contradicts itself: the list of row 1 lies outside its child"},
      {.lists = "+vl",
       .make = [](Node& b) { put(b.children[seen], 2, 0, -1); },
       .expected = "column 'seen' contradicts itself: the list of row 1 lies outside its child"},
      {.lists = "+vL",
       .make = [](Node& b) { b.children[seen].buffers[2].reset(); },
       .expected = "column 'seen' contradicts itself: it has no values"},
      {.make = [](Node& b) { b.children[seen].children[0].buffers[1].reset(); },
       .expected = "column 'seen' contradicts itself: it has no values"},
      {.make = [](Node& b) { skew(b.children[fee], 4); }, .expected = not_at("fee", 1, 8)},
      {.make = [](Node& b) { skew(b.children[city], 2); }, .expected = not_at("city", 1, 4)},
      {.texts = "U",
       .make = [](Node& b) { skew(b.children[city], 4); },
       .expected = not_at("city", 1, 8)},
      {.texts = "vu",
       .make = [](Node& b) { skew(b.children[city], 4); },
       .expected = not_at("city", 3, 8)},
      {.make = [](Node& b) { skew(b.children[coded], 1); }, .expected = "done"},
      {.make = [](Node& b) { skew(b.children[flag], 1); }, .expected = "done"},
      {.make = [](Node& b) { skew(b.children[seen], 1); }, .expected = not_at("seen", 1, 4)},
      {.lists = "+vL",
       .make = [](Node& b) { skew(b.children[seen], 4); },
       .expected = not_at("seen", 1, 8)},
  };
  for (const Flaw& flaw : flaws) {
    SCOPED_TRACE(flaw.expected);
    Node bad = good_batch(flaw.texts, flaw.lists);
    flaw.make(bad);
    ArrowArrayStream stream{};
    export_stream({bad}, stream);
    const std::string expected =
        flaw.expected == "done" ? flaw.expected : "corrupt: " + flaw.expected;
    EXPECT_EQ(refusal(ArrowUsers::from_stream(schema(), stream)), expected);
    EXPECT_EQ(live_exports, 0);
  }
}

/// Another type than the array's.
TEST(ArrowCorrupt, IsRefusedWhereTypeAndArrayDiffer) {
  const auto read = [](const Node& type_of, const Node& array_of) {
    ArrowSchema type{};
    ArrowArray array{};
    export_type(type_of, type);
    export_array(array_of, array);
    return refusal(ArrowUsers::from_array(schema(), type, array));
  };
  const Node good = good_batch("u", "+l");
  Node fewer = good, plain = good, childless = good;
  fewer.children.pop_back();
  plain.children[coded].dictionary.clear();
  childless.children[seen].children.clear();
  EXPECT_EQ(read(good, fewer),
            "corrupt: a record batch contradicts itself: it has 4 children, where its type has 5");
  EXPECT_EQ(read(good, plain), "corrupt: column 'coded' contradicts itself: it has no dictionary");
  EXPECT_EQ(read(good, childless),
            "corrupt: column 'seen' contradicts itself: it has 0 children, where its type has 1");
  EXPECT_EQ(read(good.children[fee], good.children[fee]),
            "wrong_type: the users come as float64, where record batches (structs) are expected");
  EXPECT_EQ(live_exports, 0);
}

/// Pointers that are missing where an array or a type needs them.
TEST(ArrowCorrupt, IsRefusedWherePointersAreMissing) {
  const auto read = [](const std::function<void(ArrowSchema&, ArrowArray&)>& spoil) {
    ArrowSchema type{};
    ArrowArray array{};
    export_type(good_batch("u", "+l"), type);
    export_array(good_batch("u", "+l"), array);
    spoil(type, array);
    return refusal(ArrowUsers::from_array(schema(), type, array));
  };
  EXPECT_EQ(read([](ArrowSchema& type, ArrowArray&) { type.children = nullptr; }),
            "corrupt: a record batch contradicts itself: its type has no children");
  EXPECT_EQ(read([](ArrowSchema& type, ArrowArray&) { type.children[1] = nullptr; }),
            "corrupt: a record batch contradicts itself: its type has no children");
  EXPECT_EQ(read([](ArrowSchema& type, ArrowArray&) { type.n_children = -1; }),
            "corrupt: a record batch contradicts itself: its type has no children");
  EXPECT_EQ(read([](ArrowSchema&, ArrowArray& array) { array.children[1] = nullptr; }),
            "corrupt: a record batch contradicts itself: its children are missing");
  EXPECT_EQ(read([](ArrowSchema&, ArrowArray& array) { array.children = nullptr; }),
            "corrupt: a record batch contradicts itself: its children are missing");
  EXPECT_EQ(read([](ArrowSchema&, ArrowArray& array) { array.buffers = nullptr; }),
            "corrupt: a record batch contradicts itself: it has no buffers");
  EXPECT_EQ(read([](ArrowSchema& type, ArrowArray&) { type.children[fee]->format = nullptr; }),
            "wrong_type: column 'fee' holds the format '', but the tag is a number, which takes "
            "integers, floats or decimals");
  EXPECT_EQ(read([](ArrowSchema& type, ArrowArray&) { type.children[fee]->name = nullptr; }),
            "done");
  EXPECT_EQ(live_exports, 0);
}

TEST(ArrowCorrupt, StreamsWithoutFunctionsOrTypeAreRefused) {
  ArrowArrayStream stream{};
  export_stream({good_batch("u", "+l")}, stream);
  stream.get_next = nullptr;
  EXPECT_EQ(refusal(ArrowUsers::from_stream(schema(), stream)),
            "corrupt: the stream has no functions");
  export_stream({good_batch("u", "+l")}, stream);
  stream.get_schema = [](ArrowArrayStream*, ArrowSchema* type) {
    *type = {};
    return 0;
  };
  EXPECT_EQ(refusal(ArrowUsers::from_stream(schema(), stream)), "corrupt: the stream has no type");
  EXPECT_EQ(live_exports, 0);
}

/// Children and dictionaries that somebody else has taken.
TEST(ArrowCorrupt, IsRefusedWherePartsWereReleased) {
  const auto read = [](const std::function<ArrowArray*(ArrowArray&)>& part_of) {
    ArrowSchema type{};
    ArrowArray array{};
    export_type(good_batch("u", "+l"), type);
    export_array(good_batch("u", "+l"), array);
    ArrowArray* const part = part_of(array);
    ArrowArray taken = *part;
    part->release = nullptr;
    const std::string said = refusal(ArrowUsers::from_array(schema(), type, array));
    taken.release(&taken);
    return said;
  };
  EXPECT_EQ(read([](ArrowArray& array) { return array.children[fee]; }),
            "corrupt: a record batch contradicts itself: a child was released");
  EXPECT_EQ(read([](ArrowArray& array) { return array.children[coded]->dictionary; }),
            "corrupt: column 'coded' contradicts itself: its dictionary was released");
  EXPECT_EQ(read([](ArrowArray& array) { return array.children[seen]->children[0]; }),
            "corrupt: column 'seen' contradicts itself: its child was released");
  EXPECT_EQ(live_exports, 0);
}

/// Types that go on for ever are described as far as one would read.
TEST(ArrowCorrupt, TypesMayContainThemselves) {
  ArrowSchema type{};
  ArrowArray array{};
  export_type(good_batch("u", "+l"), type);
  export_array(good_batch("u", "+l"), array);
  ArrowSchema& list = *type.children[seen];
  list.children[0] = &list;
  const std::string said = refusal(ArrowUsers::from_array(schema(), type, array));
  EXPECT_EQ(said.substr(0, said.find(',')),
            "wrong_type: column 'seen' holds list of list of list of list of list of list of list "
            "of list of …");
  EXPECT_EQ(live_exports, 0);
}

/// Nor are values that take a while each.
TEST(ArrowCorrupt, ConvertingValuesIsCancelled) {
  const Schema tags = *Schema::from_json(R"({"tags": [{"name": "d", "type": "number"},
    {"name": "u", "type": "number"}, {"name": "m", "type": "date"}]})");
  ArrowSchema type{};
  ArrowArray array{};
  const Node one =
      batch({fixed<std::int64_t>("d", "d:18,2,64", {1}), fixed<std::uint64_t>("u", "L", {1}),
             fixed<std::int64_t>("m", "tss:", {1})});
  export_type(one, type);
  export_array(one, array);
  const auto batch = ArrowColumn::open(type, array, {{}, 0, true});
  CancelToken token;
  const auto read = [&](std::uint16_t column) {
    return refusal(read_piece(tags, TagId{column}, *batch, type.children[column],
                              array.children[column], 0, &token));
  };
  for (const std::uint16_t column : std::initializer_list<std::uint16_t>{0, 1, 2})
    EXPECT_EQ(read(column), "done");
  token.cancel();
  for (const std::uint16_t column : std::initializer_list<std::uint16_t>{0, 1, 2}) {
    EXPECT_EQ(read(column), "cancelled: cancelled by the caller");
  }
  type.release(&type);
  array.release(&array);
}

/// One large batch is not read to its end either.
TEST(ArrowCorrupt, ReadingABatchIsCancelled) {
  ArrowSchema type{};
  ArrowArray array{};
  export_type(good_batch("u", "+l"), type);
  export_array(good_batch("u", "+l"), array);
  const Schema tags = schema();
  const auto batch = ArrowColumn::open(type, array, {{}, 0, true});
  ASSERT_TRUE(batch);
  CancelToken token;
  const auto read = [&](Column column) {
    const TagId tag{static_cast<std::uint16_t>(column)};
    return refusal(
        read_piece(tags, tag, *batch, type.children[column], array.children[column], 0, &token));
  };
  EXPECT_EQ(read(city), "done");
  token.cancel();
  EXPECT_EQ(read(city), "cancelled: cancelled by the caller");
  EXPECT_EQ(read(seen), "cancelled: cancelled by the caller");
  const auto texts = ArrowColumn::open(*type.children[city], *array.children[city], {"city"});
  EXPECT_EQ(refusal(ArrowKeys::open(*batch, *texts, {"city"}, &token)),
            "cancelled: cancelled by the caller");
  type.release(&type);
  array.release(&array);
}

}  // namespace
}  // namespace muster
