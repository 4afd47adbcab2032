#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "muster/tags/arrow.hpp"
#include "muster/tags/encoder.hpp"
#include "tags/arrow_builder.hpp"
#include "tags/sample_predicates.hpp"
#include "tags/table_samples.hpp"

namespace muster {
namespace {

using namespace arrow_builder;

using Random = std::mt19937_64;

template <class T>
T pick(std::initializer_list<T> choices, Random& random) {
  return choices.begin()[random() % choices.size()];
}

/// Users [first, first + count) of a table as record batches in layouts drawn at random, sliced and
/// full of garbage where nobody may look.
class RandomBatch {
 public:
  RandomBatch(const UserTable& table, std::size_t first, std::size_t count, Random& random)
      : table_(table), first_(first), count_(count), random_(random) {}

  Node make() {
    std::vector<Node> columns;
    const Schema& schema = table_.schema();
    for (std::size_t i = 0; i < schema.size(); ++i) {
      const TagId id{static_cast<std::uint16_t>(i)};
      if (schema.tag(id).derived.empty()) columns.push_back(column(schema.tag(id), id));
    }
    columns.push_back(
        texts(schema.key(), pick<const char*>({"u", "U", "vu"}, random_), keys(), offset()));
    std::shuffle(columns.begin(), columns.end(), random_);
    // All batches of a stream are of one type, so the columns' order is one of names.
    std::sort(columns.begin(), columns.end(),
              [](const Node& a, const Node& b) { return a.name < b.name; });
    return batch(std::move(columns), 0, Entries<int>(count_, 0));
  }

 private:
  std::size_t offset() { return random_() % 20; }

  Cell cell(TagId tag, std::size_t i) const { return table_.row(first_ + i).cell(tag); }

  /// What `read(cell)` makes of each cell that is not NULL.
  template <class T, class Read>
  Entries<T> cells(TagId tag, Read read) const {
    Entries<T> values;
    for (std::size_t i = 0; i < count_; ++i) {
      const Cell one = cell(tag, i);
      values.push_back(is_null(one) ? std::nullopt : std::optional<T>(read(one)));
    }
    return values;
  }

  Node column(const Tag& tag, TagId id) {
    switch (tag.type) {
      case TagType::boolean:
        return bools(tag.name, cells<bool>(id, [](const Cell& c) { return std::get<bool>(c); }),
                     offset());
      case TagType::number:
        return numbers(tag, id);
      case TagType::date:
        return fixed<std::int32_t>(
            tag.name, "tdD",
            cells<std::int32_t>(id, [](const Cell& c) { return std::get<Date>(c).days; }), offset(),
            INT32_MAX);
      case TagType::category:
        return categories(tag, id);
      case TagType::category_set:
        return sets(tag, id);
    }
    return {};
  }

  Node numbers(const Tag& tag, TagId id) {
    const auto values = cells<double>(id, [](const Cell& c) {
      const double value = std::get<Number>(c).to_double();
      return value == 0 ? -0.0 : value;
    });
    return fixed<double>(tag.name, "g", values, offset(), std::nan(""));
  }

  Node categories(const Tag& tag, TagId id) {
    return dictionary<std::int16_t>(
        tag.name, "s",
        cells<std::int16_t>(
            id, [](const Cell& c) { return static_cast<std::int16_t>(std::get<CategoryCode>(c)); }),
        entries(tag), offset());
  }
  Node entries(const Tag& tag) {
    const Texts values(tag.values.begin(), tag.values.end());
    return texts("", "vu", values, offset());
  }

  Node sets(const Tag& tag, TagId id) {
    using Set = std::span<const CategoryCode>;
    Entries<std::int8_t> codes = {0};  // one before the first list
    const auto sizes = cells<int>(id, [&](const Cell& c) {
      for (const CategoryCode code : std::get<Set>(c)) {
        codes.push_back(static_cast<std::int8_t>(code));
      }
      return static_cast<int>(std::get<Set>(c).size());
    });
    return lists<std::int64_t>(tag.name, "+L", sizes,
                               dictionary<std::int8_t>("", "c", codes, entries(tag), offset()),
                               offset());
  }

  Texts keys() const {
    Texts keys;
    std::string buffer;
    for (std::size_t i = 0; i < count_; ++i) {
      keys.emplace_back(std::string(table_.key(first_ + i, buffer)));
    }
    return keys;
  }

  const UserTable& table_;
  std::size_t first_;
  std::size_t count_;
  Random& random_;
};

UserTable random_table(std::size_t users, Random& random) {
  UserTable table(testing_samples::schema());
  for (std::size_t i = 0; i < users; ++i) {
    (void)table
        .append("user " + std::to_string(i), testing_samples::random_user(table.schema(), random))
        .value();
  }
  return table;
}

ArrowUsers arrow_of(const UserTable& table, std::size_t most_a_batch, Random& random) {
  std::vector<Node> batches;
  for (std::size_t first = 0; first < table.size();) {
    const std::size_t count = std::min(random() % (most_a_batch + 1), table.size() - first);
    // The format of texts is the stream's.
    Random same(7);
    batches.push_back(RandomBatch(table, first, count, same).make());
    first += count;
  }
  ArrowArrayStream stream{};
  export_stream(std::move(batches), stream);
  return ArrowUsers::from_stream(table.schema(), stream).value();
}

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
}

}  // namespace
}  // namespace muster
