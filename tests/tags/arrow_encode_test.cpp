#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "muster/tags/arrow.hpp"
#include "muster/tags/encoder.hpp"
#include "tags/random_arrow.hpp"
#include "tags/sample_predicates.hpp"
#include "tags/table_samples.hpp"

namespace muster {
namespace {

using namespace arrow_builder;

bool equal(const EncodedUsers& a, const EncodedUsers& b) {
  if (a.users() != b.users() || a.bits() != b.bits()) return false;
  for (std::size_t tile = 0; tile < a.tiles(); ++tile) {
    const std::size_t words = (a.bits() + 1) * EncodedUsers::tile_words;
    if (!std::equal(a.column(tile, 0), a.column(tile, 0) + words, b.column(tile, 0))) return false;
  }
  return true;
}

class ArrowEncode : public testing::TestWithParam<std::size_t> {};

/// Batches of a few users, of about a tile, of more than a block, and one for all.
INSTANTIATE_TEST_SUITE_P(Batches, ArrowEncode, testing::Values(60, 700, 6'000, 1'000'000));

TEST_P(ArrowEncode, GivesTheBitsThatATableGives) {
  Random random(GetParam());
  const UserTable table = random_table(9'000, random);
  const ArrowUsers users = arrow_of(table, GetParam(), random);
  const Encoder encoder(table.schema(),
                        testing_samples::predicates_of_all(table.schema(), 20, random));
  const Date today{17};
  const EncodedUsers expected = encoder.encode(table, today).value();
  EXPECT_TRUE(equal(encoder.encode(users, today).value(), expected));
  EXPECT_TRUE(equal(encoder.encode(users, today, {.threads = 3}).value(), expected));
  std::vector<std::uint64_t> bits(encoder.words());
  for (UserIndex i = 0; i < users.size(); i += 97) {
    expected.user(i, bits);
    EXPECT_EQ(encoder.encode(users.row(i), today).value(), bits) << i;
  }
}

TEST_P(ArrowEncode, CopiesToTheTableItCameFrom) {
  Random random(GetParam());
  const UserTable table = random_table(1'000, random);
  EXPECT_EQ(testing_samples::text(arrow_of(table, GetParam(), random).to_table().value()),
            testing_samples::text(table));
}

TEST(ArrowEncode, CopiesMoreUsersThanAtOnce) {
  Random random(5);
  const UserTable table = random_table(140'000, random);
  const UserTable copy = arrow_of(table, 1'000'000, random).to_table().value();
  const Encoder encoder(table.schema(),
                        testing_samples::predicates_of_all(table.schema(), 20, random));
  EXPECT_TRUE(equal(encoder.encode(copy, {}).value(), encoder.encode(table, {}).value()));
  std::string its, buffer;
  for (UserIndex i = 0; i < table.size(); ++i) {
    ASSERT_EQ(copy.key(i, its), table.key(i, buffer));
  }
}

TEST(ArrowEncode, CountsIntegersExactlyWhereverTheyLie) {
  const Schema schema =
      *Schema::from_json(R"({"tags": [{"name": "n", "type": "number", "nullable": true}]})");
  constexpr std::int64_t far = 9'007'199'254'740'992;
  Predicate past;
  past.cuts = {{Number(far), true}};
  const Encoder encoder(schema, {past});
  ArrowArrayStream stream{};
  export_stream({batch({fixed<std::int64_t>("n", "l", {far, far + 1, {}, far + 2})}),
                 batch({fixed<std::int64_t>("n", "l", {1, far + 1})})},
                stream);
  const ArrowUsers users = ArrowUsers::from_stream(schema, stream).value();
  EXPECT_EQ(encoder.encode(users, {}).value().column(0, 0)[0], 0b101010u);
}

TEST(ArrowEncode, IsRefusedForAnotherSchemaOrWhenCancelled) {
  Random random(1);
  const ArrowUsers users = arrow_of(random_table(10, random), 10, random);
  const Encoder other(*Schema::from_json(R"({"tags": [{"name": "n", "type": "number"}]})"), {});
  EXPECT_EQ(testing_samples::refusal(other.encode(users, {})),
            "schema_mismatch: the users are of another schema than the rules");
  EXPECT_EQ(testing_samples::refusal(other.encode(users.row(3), {})),
            "schema_mismatch: the users are of another schema than the rules");
  CancelToken token;
  token.cancel();
  const Encoder encoder(users.schema(), {});
  EXPECT_EQ(testing_samples::refusal(encoder.encode(users, {}, {.cancel = &token})),
            "cancelled: cancelled by the caller");
  EXPECT_EQ(testing_samples::refusal(users.to_table({}, &token)),
            "cancelled: cancelled by the caller");
}

}  // namespace
}  // namespace muster
