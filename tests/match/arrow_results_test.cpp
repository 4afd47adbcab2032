#include "muster/match/arrow_results.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tags/arrow_builder.hpp"
#include "tags/table_samples.hpp"

namespace muster {
namespace {

using testing_samples::refusal;

const std::vector<std::string> policies = {"R01", "套餐升档"};

template <class T>
const T* values(const ArrowArray& array, std::size_t buffer = 1) {
  return static_cast<const T*>(array.buffers[buffer]);
}

template <class Offset>
std::string text(const ArrowArray& array, std::size_t at) {
  const auto* offsets = values<Offset>(array);
  return {values<char>(array, 2) + offsets[at],
          static_cast<std::size_t>(offsets[at + 1] - offsets[at])};
}

/// "+s of user L, policy i"
std::string type_text(const ArrowSchema& type) {
  std::string out = type.format;
  for (std::int64_t i = 0; i < type.n_children; ++i) {
    out.append(i == 0 ? " of " : ", ").append(type.children[i]->name);
    out.append(" ").append(type_text(*type.children[i]));
  }
  if (type.dictionary != nullptr) out.append("->").append(type_text(*type.dictionary));
  return out;
}

/// Three users with such keys, or without.
ArrowUsers users(const std::optional<arrow_builder::Node>& keys) {
  using namespace arrow_builder;
  const std::string key = keys ? "id" : "";
  const Schema schema = *Schema::from_json(R"({"key": ")" + key + R"(", "tags": [
    {"name": "x", "type": "bool"}]})");
  std::vector<Node> columns = {bools("x", {true, true, true})};
  if (keys) columns.push_back(*keys);
  ArrowArrayStream stream{};
  export_stream({batch(columns), batch(std::move(columns))}, stream);
  return ArrowUsers::from_stream(schema, stream).value();
}

Audience::Pairs some_pairs() { return {{0, 1, 1, 1, 3, 3, 3}, {1, 0, 1}}; }

TEST(ArrowResults, GiveCounts) {
  const ArrowResult counts = arrow_counts({7, 3}, policies).value();
  EXPECT_EQ(type_text(counts.type()), "+s of policy u, users L");
  const ArrowArray& array = counts.array();
  EXPECT_EQ(array.length, 2);
  EXPECT_EQ(text<std::int32_t>(*array.children[0], 1), "套餐升档");
  EXPECT_EQ(values<std::uint64_t>(*array.children[1])[0], 7u);
  EXPECT_EQ(refusal(arrow_counts({7}, policies)),
            "invalid_argument: 2 policy names were given for 1 rules");
}

TEST(ArrowResults, GivePairsByRowNumber) {
  const ArrowResult pairs = arrow_pairs(some_pairs(), policies, users({})).value();
  EXPECT_EQ(type_text(pairs.type()), "+s of user L, policy i->u");
  EXPECT_EQ(pairs.array().length, 3);
  const ArrowArray& user = *pairs.array().children[0];
  const ArrowArray& policy = *pairs.array().children[1];
  EXPECT_EQ(
      std::vector<std::uint64_t>(values<std::uint64_t>(user), values<std::uint64_t>(user) + 3),
      (std::vector<std::uint64_t>{1, 4, 4}));
  EXPECT_EQ(
      std::vector<std::int32_t>(values<std::int32_t>(policy), values<std::int32_t>(policy) + 3),
      (std::vector<std::int32_t>{1, 0, 1}));
  EXPECT_EQ(text<std::int32_t>(*policy.dictionary, 0), "R01");
}

TEST(ArrowResults, GivePairsByKey) {
  using namespace arrow_builder;
  const auto pairs = [](const Node& keys) {
    return arrow_pairs(some_pairs(), policies, users(keys)).value();
  };
  const ArrowResult texts = pairs(arrow_builder::texts("id", "vu", {"ann", "bob", "eve"}));
  EXPECT_EQ(type_text(texts.type()), "+s of user U, policy i->u");
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(text<std::int64_t>(*texts.array().children[0], i), "ann");
  }
  const ArrowResult integers = pairs(fixed<std::int16_t>("id", "s", {-5, 6, 7}));
  EXPECT_EQ(type_text(integers.type()), "+s of user l, policy i->u");
  EXPECT_EQ(values<std::int64_t>(*integers.array().children[0])[2], -5);
  const ArrowResult large = pairs(fixed<std::uint64_t>("id", "L", {~std::uint64_t{0}, 6, 7}));
  EXPECT_EQ(type_text(large.type()), "+s of user L, policy i->u");
  EXPECT_EQ(values<std::uint64_t>(*large.array().children[0])[1], ~std::uint64_t{0});
}

TEST(ArrowResults, RefusePairsOfOthers) {
  EXPECT_EQ(refusal(arrow_pairs({{0, 0}, {}}, policies, users({}))),
            "invalid_argument: the pairs are not those of 6 users");
  EXPECT_EQ(refusal(arrow_pairs({{0, 1, 1, 1, 1, 1, 1}, {2}}, policies, users({}))),
            "invalid_argument: 2 policy names were given for 3 rules");
}

TEST(ArrowResults, StopWritingPairsWhenCancelled) {
  using namespace arrow_builder;
  CancelToken token;
  token.cancel();
  const std::optional<Node> all_keys[] = {std::nullopt,
                                          arrow_builder::texts("id", "vu", {"ann", "bob", "eve"}),
                                          fixed<std::int16_t>("id", "s", {-5, 6, 7})};
  for (const auto& keys : all_keys) {
    EXPECT_EQ(refusal(arrow_pairs(some_pairs(), policies, users(keys), &token)),
              "cancelled: cancelled by the caller");
  }
  const CancelToken idle;
  EXPECT_TRUE(arrow_pairs(some_pairs(), policies, users({}), &idle));
}

TEST(ArrowResults, GiveBitmaps) {
  const ArrowResult one = arrow_bitmap({5}, 3).value();
  EXPECT_EQ(type_text(one.type()), "b");
  EXPECT_EQ(one.array().length, 3);
  EXPECT_EQ(values<std::uint64_t>(one.array())[0], 5u);
  const ArrowResult all = arrow_bitmaps({1, 2, 3, 4}, 70, policies).value();
  EXPECT_EQ(type_text(all.type()), "+s of R01 b, 套餐升档 b");
  EXPECT_EQ(values<std::uint64_t>(*all.array().children[1])[0], 3u);
  EXPECT_EQ(refusal(arrow_bitmap({5}, 65)),
            "invalid_argument: a bitmap of 1 words is not that of 65 users");
  EXPECT_EQ(refusal(arrow_bitmaps({5}, 3, policies)),
            "invalid_argument: bitmaps of 1 words are not those of 3 users and 2 policies");
}

TEST(ArrowResults, OutliveWhatTheyWereMadeFrom) {
  ArrowSchema type{};
  ArrowArray array{};
  arrow_bitmaps({1, 2}, 3, policies)->move_to(type, array);
  ArrowArray second = *array.children[1];
  array.children[1]->release = nullptr;  // moved out
  array.release(&array);
  EXPECT_EQ(values<std::uint64_t>(second)[0], 2u);
  second.release(&second);
  EXPECT_EQ(second.release, nullptr);
  type.release(&type);
  EXPECT_EQ(type.release, nullptr);
}

TEST(ArrowResults, StreamTheirOneArray) {
  ArrowArrayStream stream{};
  arrow_pairs(some_pairs(), policies, users({}))->move_to(stream);
  ArrowSchema type{};
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(stream.get_schema(&stream, &type), 0);
    EXPECT_EQ(type_text(type), "+s of user L, policy i->u");
    type.release(&type);
  }
  ArrowArray array{};
  ASSERT_EQ(stream.get_next(&stream, &array), 0);
  EXPECT_EQ(array.length, 3);
  array.release(&array);
  ASSERT_EQ(stream.get_next(&stream, &array), 0);
  EXPECT_EQ(array.release, nullptr);
  stream.release(&stream);
  EXPECT_EQ(stream.release, nullptr);
}

/// What goes out can be read back in.
TEST(ArrowResults, AreUsersAgain) {
  const Schema schema = *Schema::from_json(R"({"key": "user", "tags": [
    {"name": "policy", "type": "category", "values": ["套餐升档", "R01"]}]})");
  ArrowArrayStream stream{};
  arrow_pairs(some_pairs(), policies, users({}))->move_to(stream);
  const ArrowUsers again = ArrowUsers::from_stream(schema, stream).value();
  std::string out, buffer;
  for (UserIndex i = 0; i < again.size(); ++i) {
    out.append(again.key(i, buffer)).append(" ");
    out.append(testing_samples::text(schema, again.row(i))).append("; ");
  }
  EXPECT_EQ(out, "1 #0; 4 #1; 4 #0; ");
}

}  // namespace
}  // namespace muster
