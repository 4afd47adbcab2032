#include "muster/tags/encoder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "core/bits.hpp"
#include "tags/sample_predicates.hpp"
#include "tags/table_samples.hpp"

namespace muster {
namespace {

using testing_samples::predicates_of_all;
using testing_samples::random_predicates;
using testing_samples::random_user;
using testing_samples::schema;
using testing_samples::user;

constexpr Date today{17};

void expect_bits(const Encoder& encoder, const UserView& user, Date day,
                 const std::vector<std::uint64_t>& bits) {
  ASSERT_EQ(bits.size(), words_for(encoder.bits()));
  for (std::size_t i = 0; i < encoder.bits(); ++i) {
    const Predicate& predicate = encoder.predicates()[i];
    const Cell cell = value_of(encoder.schema(), user, predicate.tag);
    ASSERT_EQ(test_bit(bits.data(), i), holds(predicate, cell, day))
        << "bit " << i << ", tag " << encoder.schema().tag(predicate.tag).name;
  }
  for (std::size_t i = encoder.bits(); i < bits.size() * 64; ++i) {
    ASSERT_FALSE(test_bit(bits.data(), i));
  }
}

void expect_population(const Encoder& encoder, const UserTable& table, Date day,
                       unsigned threads = 1) {
  RunOptions run;
  run.threads = threads;
  const auto encoded = encoder.encode(table, day, run);
  ASSERT_TRUE(encoded) << encoded.error().message;
  ASSERT_EQ(encoded->users(), table.size());
  ASSERT_EQ(encoded->bits(), encoder.bits());
  std::vector<std::uint64_t> bits(encoder.words());
  for (UserIndex i = 0; i < table.size(); ++i) {
    encoded->user(i, bits);
    ASSERT_NO_FATAL_FAILURE(expect_bits(encoder, table.row(i), day, bits)) << "user " << i;
  }
  const std::size_t spare = encoded->tiles() * EncodedUsers::tile_users - table.size();
  if (spare == 0) return;
  for (std::size_t bit = 0; bit < encoder.bits(); ++bit) {
    const std::uint64_t* column = encoded->column(encoded->tiles() - 1, bit);
    for (std::size_t i = EncodedUsers::tile_users - spare; i < EncodedUsers::tile_users; ++i) {
      ASSERT_FALSE(test_bit(column, i));
    }
  }
}

UserTable random_table(const Schema& schema, std::size_t users, std::mt19937_64& random) {
  UserTable table(schema);
  for (std::size_t i = 0; i < users; ++i) {
    EXPECT_TRUE(table.append("", random_user(schema, random)));
  }
  return table;
}

TEST(Encoder, AgreesWithHoldsOnEveryTypeForOneUser) {
  std::mt19937_64 random(1);
  const Schema tags = schema("");
  for (int round = 0; round < 20; ++round) {
    const Encoder encoder(tags, predicates_of_all(tags, 1 + random() % 12, random));
    for (int i = 0; i < 50; ++i) {
      User one = random_user(tags, random);
      if (i % 10 == 0) {
        EXPECT_TRUE(one.set("fee", std::int64_t{9007199254740993}));
      }
      const auto bits = encoder.encode(one, today);
      ASSERT_TRUE(bits);
      ASSERT_NO_FATAL_FAILURE(expect_bits(encoder, one, today, *bits));
    }
  }
}

TEST(Encoder, AgreesWithHoldsOnEveryTypeForTables) {
  std::mt19937_64 random(2);
  const Schema tags = schema("");
  for (const std::size_t users : {0u, 1u, 63u, 64u, 65u, 4096u, 4097u, 9000u}) {
    const UserTable table = random_table(tags, users, random);
    const Encoder encoder(tags, predicates_of_all(tags, 3, random));
    ASSERT_NO_FATAL_FAILURE(expect_population(encoder, table, today, users % 2 == 0 ? 1 : 3));
  }
}

TEST(Encoder, ManyPredicatesPerTagTakeOtherWaysToTheSameBits) {
  std::mt19937_64 random(3);
  const Schema tags = schema("");
  UserTable table = random_table(tags, 300, random);
  const Encoder encoder(tags, predicates_of_all(tags, 150, random));
  ASSERT_NO_FATAL_FAILURE(expect_population(encoder, table, today));
  User big = user(tags);
  EXPECT_TRUE(big.set("fee", std::int64_t{9007199254740993}));
  ASSERT_TRUE(table.append("", big));
  ASSERT_NO_FATAL_FAILURE(expect_population(encoder, table, today));
}

Schema city_schema(std::size_t categories, bool nullable) {
  Tag city;
  city.name = "city";
  city.type = TagType::category;
  city.nullable = nullable;
  for (std::size_t i = 0; i < categories; ++i)
    city.values.push_back(std::string(1, 'c').append(std::to_string(i)));
  return *Schema::make({city});
}

TEST(Encoder, CategoriesAreEncodedAlikeByComparisonTransposingAndScattering) {
  std::mt19937_64 random(4);
  const struct {
    std::size_t categories, predicates, codes;
  } shapes[] = {{5, 3, 1},      {5, 100, 2},    {400, 400, 1},
                {400, 70, 200}, {400, 130, 40}, {3000, 2, 5}};
  for (const auto& shape : shapes) {
    for (const bool nullable : {false, true}) {
      const Schema tags = city_schema(shape.categories, nullable);
      const UserTable table = random_table(tags, 5000, random);
      std::vector<Predicate> predicates(shape.predicates);
      for (Predicate& p : predicates) {
        p.null = random() % 2 == 0;
        for (std::size_t i = 0; i < shape.codes; ++i) {
          p.codes.push_back(CategoryCode{static_cast<std::uint16_t>(random() % shape.categories)});
        }
        std::sort(p.codes.begin(), p.codes.end());
        p.codes.erase(std::unique(p.codes.begin(), p.codes.end()), p.codes.end());
      }
      ASSERT_NO_FATAL_FAILURE(expect_population(Encoder(tags, predicates), table, today));
    }
  }
}

/// `v >= i` for i from 0 to count - 1, in an order that scatters bits over words.
std::vector<Predicate> thermometer(std::size_t count, std::mt19937_64& random) {
  std::vector<Predicate> predicates(count);
  for (std::size_t i = 0; i < count; ++i) {
    predicates[i].cuts = {{Number(static_cast<std::int64_t>(i)), false}};
  }
  std::shuffle(predicates.begin(), predicates.end(), random);
  return predicates;
}

TEST(Encoder, ThermometersOfManyCutsAgree) {
  std::mt19937_64 random(5);
  const Schema tags = *Schema::from_json(R"({"tags": [{"name": "v", "type": "number"}]})");
  for (const std::size_t count : {9u, 300u, 3000u, 70'000u}) {
    const Encoder encoder(tags, thermometer(count, random));
    UserTable table(tags);
    for (const double value : {-1.0, 0.0, 0.5, 1.0, 8.0, 299.0, 2999.5, 69'999.0, 1e300}) {
      User one(tags);
      ASSERT_TRUE(one.set("v", value));
      ASSERT_TRUE(table.append("", one));
      const auto bits = encoder.encode(one, today);
      ASSERT_TRUE(bits);
      ASSERT_NO_FATAL_FAILURE(expect_bits(encoder, one, today, *bits));
    }
    ASSERT_NO_FATAL_FAILURE(expect_population(encoder, table, today));
  }
}

TEST(Encoder, CutsAtTheEdgesOfNumbers) {
  const Schema tags = *Schema::from_json(R"({"tags": [{"name": "v", "type": "number"}]})");
  const double inf = std::numeric_limits<double>::infinity();
  const double tiny = std::numeric_limits<double>::denorm_min();
  const std::vector<Number> numbers = {-inf,
                                       -1.5,
                                       -tiny,
                                       0,
                                       tiny,
                                       0x1p53,
                                       std::int64_t{9007199254740993},
                                       std::numeric_limits<std::int64_t>::max() - 1,
                                       std::numeric_limits<std::int64_t>::max(),
                                       0x1p63,
                                       std::numeric_limits<double>::max(),
                                       inf};
  std::vector<Predicate> predicates;
  for (const Number& at : numbers) {
    for (const bool after : {false, true}) {
      predicates.emplace_back();
      predicates.back().cuts = {{at, after}};
    }
  }
  const Encoder all(tags, predicates);
  UserTable exact(tags), doubles(tags);
  for (const Number& number : numbers) {
    User one(tags);
    if (number.beyond_double()) {
      ASSERT_TRUE(one.set(
          "v", static_cast<std::int64_t>(number.to_double() - 1024) + (1024 + number.rest())));
    } else {
      ASSERT_TRUE(one.set("v", number.to_double()));
      ASSERT_TRUE(doubles.append("", one));
    }
    ASSERT_TRUE(exact.append("", one));
  }
  for (const UserTable* table : {&exact, &doubles}) {
    ASSERT_NO_FATAL_FAILURE(expect_population(all, *table, today));
    for (const Predicate& predicate : predicates) {  // few cuts: compared directly
      ASSERT_NO_FATAL_FAILURE(expect_population(Encoder(tags, {predicate}), *table, today));
    }
  }
}

TEST(Encoder, DatesMeetCutsOfAnySize) {
  const Schema tags =
      *Schema::from_json(R"({"tags": [{"name": "d", "type": "date", "nullable": true}]})");
  std::vector<Predicate> predicates;
  for (const double at : {-1e300, -3e9, -0.5, 0.0, 0.5, 7.0, 3e9, 1e300}) {
    for (const bool after : {false, true}) {
      for (const Aspect aspect : {Aspect::value, Aspect::days_until}) {
        predicates.emplace_back();
        predicates.back().cuts = {{at, after}};
        predicates.back().aspect = aspect;
      }
    }
  }
  UserTable table(tags);
  for (const std::int32_t day : {-719162, -1, 0, 1, 16, 17, 18, 24, 2932896}) {
    User one(tags);
    ASSERT_TRUE(one.set("d", Date{day}));
    ASSERT_TRUE(table.append("", one));
  }
  ASSERT_TRUE(table.append("", User(tags)));
  const Encoder encoder(tags, predicates);
  for (const std::int32_t day :
       {17, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()}) {
    ASSERT_NO_FATAL_FAILURE(expect_population(encoder, table, Date{day}));
  }
}

TEST(Encoder, MemoryIsLinearInTheCuts) {
  std::mt19937_64 random(6);
  const Schema tags = *Schema::from_json(R"({"tags": [{"name": "v", "type": "number"}]})");
  const Encoder encoder(tags, thermometer(200'000, random));
  EXPECT_LT(encoder.memory_bytes(), 200'000u * 400);
}

TEST(Encoder, RefusesNullWhereTheTagIsNotNullable) {
  const Schema tags = schema("");
  Predicate fee;
  fee.tag = *tags.find("fee");
  fee.cuts = {{Number(1), false}};
  const auto bits = Encoder(tags, {fee}).encode(User(tags), today);
  ASSERT_FALSE(bits);
  EXPECT_EQ(bits.error().code, Errc::missing_value);
  EXPECT_EQ(bits.error().message, "'fee' is not nullable, but has no value");
}

/// A view that breaks its promise about types.
class Liar final : public UserView {
 public:
  explicit Liar(Cell cell) : cell_(std::move(cell)) {}
  Cell cell(TagId) const override { return cell_; }

 private:
  Cell cell_;
};

TEST(Encoder, RefusesCellsThatATagCanNotHave) {
  const Schema tags = schema("");
  static constexpr CategoryCode past[] = {CategoryCode{900}};
  for (const Tag& tag : tags.tags()) {
    if (!tag.derived.empty()) continue;
    Predicate predicate;
    predicate.tag = *tags.find(tag.name);
    const Encoder encoder(tags, {predicate});
    const Cell wrong = tag.type == TagType::category       ? Cell(past[0])
                       : tag.type == TagType::category_set ? Cell(std::span(past))
                       : tag.type == TagType::boolean      ? Cell(Number(1))
                                                           : Cell(true);
    const auto bits = encoder.encode(Liar(wrong), today);
    ASSERT_FALSE(bits) << tag.name;
    EXPECT_EQ(bits.error().code, Errc::wrong_type);
    EXPECT_EQ(bits.error().message, "'" + tag.name + "' is a " + std::string(name(tag.type)) +
                                        ", but has a value outside it");
  }
}

TEST(Encoder, RefusesUsersOfAnotherSchema) {
  const Schema tags = schema(""), other = city_schema(3, true);
  const Encoder encoder(tags, {});
  UserTable table(other);
  ASSERT_TRUE(table.append("", User(other)));
  const auto all = encoder.encode(table, today);
  const auto one = encoder.encode(User(other), today), row = encoder.encode(table.row(0), today);
  ASSERT_FALSE(all || one || row);
  for (const Error& error : {all.error(), one.error(), row.error()}) {
    EXPECT_EQ(error.code, Errc::schema_mismatch);
    EXPECT_EQ(error.message, "the users are of another schema than the rules");
  }
}

TEST(Encoder, NoPredicatesGiveNoBits) {
  std::mt19937_64 random(7);
  const Schema tags = schema("");
  const Encoder encoder(tags, {});
  EXPECT_EQ(encoder.words(), 0u);
  const auto encoded = encoder.encode(random_table(tags, 10, random), today);
  ASSERT_TRUE(encoded);
  EXPECT_EQ(encoded->users(), 10u);
  EXPECT_EQ(encoded->bits(), 0u);
}

TEST(Encoder, ReportsProgressAndStopsWhenCancelled) {
  std::mt19937_64 random(8);
  const Schema tags = city_schema(3, false);
  const UserTable table = random_table(tags, 10'000, random);
  const Encoder encoder(tags, random_predicates(tags, TagId{0}, Aspect::value, 2, random));
  RunOptions run;
  std::uint64_t reported = 0;
  run.progress = [&](std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(total, 3u);
    reported = done;
  };
  EXPECT_TRUE(encoder.encode(table, today, run));
  EXPECT_EQ(reported, 3u);
  CancelToken cancel;
  cancel.cancel();
  run.cancel = &cancel;
  const auto stopped = encoder.encode(table, today, run);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, Errc::cancelled);
}

}  // namespace
}  // namespace muster
