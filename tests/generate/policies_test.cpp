#include "generate/policies.hpp"

#include <gtest/gtest.h>

#include <set>

#include "generate/population.hpp"
#include "muster/match/audience.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster::generate {
namespace {

std::string catalogue_text(std::uint64_t seed, std::size_t policies) {
  const Population population = Population::make(seed).value();
  std::string text;
  EXPECT_TRUE(write_catalogue(population.schema(), seed, policies, [&](std::string_view part) {
    text += part;
    return true;
  }));
  return text;
}

Catalogue catalogue(std::uint64_t seed, std::size_t policies) {
  auto read = Catalogue::from_json(catalogue_text(seed, policies));
  EXPECT_TRUE(read) << read.error().message;
  return std::move(*read);
}

class Seeds : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Seeds, GiveCataloguesWithoutErrors) {
  const Catalogue made = catalogue(GetParam(), 2'000);
  EXPECT_EQ(made.policies().size(), 2'000u);
  EXPECT_EQ(made.segments().size(), segment_texts().size());
}

INSTANTIATE_TEST_SUITE_P(Policies, Seeds, testing::Range<std::uint64_t>(0, 5));

TEST(Policies, AreTheSameForASeed) {
  EXPECT_EQ(catalogue_text(5, 300), catalogue_text(5, 300));
  EXPECT_NE(catalogue_text(5, 300), catalogue_text(6, 300));
}

TEST(Policies, AFewMoreLeaveTheFirstAsTheyAre) {
  const Catalogue few = catalogue(5, 100);
  const Catalogue many = catalogue(5, 200);
  for (std::size_t i = 0; i < few.policies().size(); ++i) {
    EXPECT_EQ(few.policies()[i].segment, many.policies()[i].segment);
  }
}

TEST(Policies, BlanksAreAllFilled) {
  const Catalogue made = catalogue(9, 1'000);
  for (const Policy& policy : made.policies()) {
    EXPECT_EQ(policy.segment.find_first_of("{}*"), std::string::npos) << policy.segment;
  }
}

TEST(Policies, UseEveryTypeOfTag) {
  const Catalogue made = catalogue(1, 60);
  const RuleSet rules = made.compile().value();
  std::set<TagType> types;
  for (const Predicate& predicate : rules.encoder().predicates()) {
    types.insert(made.schema().tag(predicate.tag).type);
  }
  EXPECT_EQ(types.size(), 5u);
}

TEST(Policies, AreNarrowButFitSomebody) {
  constexpr std::size_t kUsers = 20'000;
  const Population population = Population::make(1).value();
  const Catalogue made = catalogue(1, 60);
  const RuleSet rules = made.compile().value();
  const UserTable users = population.table(kUsers).value();
  const EncodedUsers encoded = rules.encoder().encode(users, population.today()).value();
  const auto counts = Audience(rules).counts(encoded).value();
  std::size_t empty = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    EXPECT_LT(counts[i], kUsers * 3 / 10) << made.policies()[i].segment;
    empty += counts[i] == 0;
  }
  EXPECT_LE(empty, 12u);
}

TEST(Policies, StopWhereNobodyWants) {
  const Population population = Population::make(1).value();
  int pieces = 0;
  EXPECT_FALSE(write_catalogue(population.schema(), 1, 100'000, [&](std::string_view) {
    ++pieces;
    return false;
  }));
  EXPECT_EQ(pieces, 1);
}

}  // namespace
}  // namespace muster::generate
