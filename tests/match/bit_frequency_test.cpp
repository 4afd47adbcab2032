#include "match/bit_frequency.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

Schema small_schema() {
  return *Schema::make(
      {{.name = "vip", .type = TagType::boolean},
       {.name = "angry", .type = TagType::boolean, .nullable = true},
       {.name = "city", .type = TagType::category, .values = {"A", "B", "C", "D"}},
       {.name = "likes", .type = TagType::category_set, .values = {"u", "v", "w", "x", "y", "z"}},
       {.name = "fee", .type = TagType::number}});
}

Predicate codes(unsigned tag, std::initializer_list<int> codes, bool null = false) {
  Predicate out;
  out.tag = TagId(tag);
  out.null = null;
  for (const int code : codes) out.codes.push_back(CategoryCode(code));
  return out;
}

Predicate line(unsigned tag, std::initializer_list<double> cuts) {
  Predicate out;
  out.tag = TagId(tag);
  for (const double cut : cuts) out.cuts.push_back({cut, false});
  return out;
}

double share(Frequency frequency) { return static_cast<double>(frequency) / certain; }
Frequency frequency(double share) { return static_cast<Frequency>(share * certain + 0.5); }

TEST(BitFrequency, IsGuessedFromSchemaAndUses) {
  Predicate none_of = codes(3, {0});
  none_of.none_of = true;
  const struct {
    Predicate predicate;
    std::uint64_t uses;
    double share;
  } cases[] = {
      {codes(0, {1}), 10, 0.5},  // the flag that is asked for most
      {codes(0, {0}), 10, 0.5},
      {codes(1, {1}), 5, 0.9 * 0.25},
      {codes(1, {0}), 5, 0.9 * 0.75},
      {codes(1, {0}, true), 5, 0.9 * 0.75 + 0.1},
      {codes(1, {}, true), 5, 0.1},
      {codes(1, {0, 1}), 5, 0.9},
      {codes(2, {0}), 1, 0.25},
      {codes(2, {0, 1, 2}), 1, 0.75},
      {codes(3, {0}), 1, 0.5},  // three of six are guessed to be in a set
      {none_of, 1, 0.5},
      {codes(3, {0, 1, 2}), 1, 1},
      {line(4, {30}), 1, 0.75},  // of the cuts 30, 60 and 90
      {line(4, {90}), 1, 0.25},
      {line(4, {30, 60}), 1, 0.25},
      {line(4, {}), 1, 0},
  };
  std::vector<Predicate> predicates;
  std::vector<std::uint64_t> uses;
  for (const auto& test : cases) {
    predicates.push_back(test.predicate);
    uses.push_back(test.uses);
  }
  const auto guessed = guess_frequencies(small_schema(), predicates, uses);
  for (std::size_t i = 0; i < std::size(cases); ++i) {
    EXPECT_NEAR(share(guessed[i]), cases[i].share, 1e-4) << i;
  }
}

TEST(BitFrequency, IsMeasuredOverUsersSpreadEvenly) {
  const Schema schema = *Schema::make(
      {{.name = "n", .type = TagType::number}, {.name = "even", .type = TagType::boolean}});
  const Encoder encoder(schema, {line(0, {7'500}), codes(1, {1}), line(0, {1e9})});
  UserTable sample(schema);
  for (int i = 0; i < 10'000; ++i) {
    User user(schema);
    user.set("n", i).value();
    user.set("even", i % 2 == 0).value();
    sample.append({}, user).value();
  }
  const auto measured = measure_frequencies(encoder, sample, {}).value();
  EXPECT_NEAR(share(measured[0]), 0.25, 1e-3);
  EXPECT_NEAR(share(measured[1]), 0.5, 1e-3);
  EXPECT_EQ(measured[2], 0);
}

TEST(BitFrequency, OfNobodyIsNone) {
  const Schema schema = small_schema();
  const Encoder encoder(schema, {codes(0, {1})});
  EXPECT_EQ(measure_frequencies(encoder, UserTable(schema), {}).value(), std::vector<Frequency>{0});
}

TEST(BitFrequency, IsNotMeasuredOverAnotherSchema) {
  const Encoder encoder(small_schema(), {codes(0, {1})});
  const UserTable sample(*Schema::make({{.name = "vip", .type = TagType::boolean}}));
  const auto measured = measure_frequencies(encoder, sample, {});
  ASSERT_FALSE(measured);
  EXPECT_EQ(measured.error().code, Errc::schema_mismatch);
  EXPECT_EQ(measured.error().message, "the sample of users was made for another schema");
}

TEST(BitFrequency, OfSharedProgramsTakesLiteralsAsIndependent) {
  using Op = ProgramNode::Op;
  const auto bit = [](std::uint32_t bit, bool negated = false) {
    return ProgramNode{Op::literal, make_literal(bit, negated)};
  };
  ProgramList shared;
  shared.add(std::vector<ProgramNode>{bit(0), bit(1), {Op::all_of, 2}});
  shared.add(std::vector<ProgramNode>{bit(0, true), bit(1), {Op::any_of, 2}});
  shared.add(std::vector<ProgramNode>{bit(0), bit(2), {Op::all_of, 2}});  // 2 is the first above
  std::vector<Frequency> frequencies{frequency(0.5), frequency(0.25)};
  append_shared(frequencies, shared);
  ASSERT_EQ(frequencies.size(), 5u);
  EXPECT_NEAR(share(frequencies[2]), 0.125, 1e-4);
  EXPECT_NEAR(share(frequencies[3]), 0.625, 1e-4);
  EXPECT_NEAR(share(frequencies[4]), 0.0625, 1e-4);
}

}  // namespace
}  // namespace muster
