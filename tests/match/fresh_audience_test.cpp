#include <gtest/gtest.h>

#include <limits>

#include "muster/match/audience.hpp"
#include "tags/random_arrow.hpp"

namespace muster {
namespace {

using arrow_builder::Random;
using testing_samples::refusal;

RuleSet compile_rules(const Schema& schema, const std::vector<std::string>& rules) {
  RuleSetBuilder builder(schema);
  for (const std::string& rule : rules) builder.add(rule).value();
  return std::move(builder).compile().value();
}

/// Something of every kind of tag, NULL or not.
const std::vector<std::string> rules = {
    "five_g",
    "complained",
    "NOT complained",
    "complained IS NULL OR five_g",
    "terminal = '华为' AND city <> '上海'",
    "terminal IN ('iPhone', 'Nokia')",
    "city IS NULL",
    "interests HAS ANY ('video', 'game') AND NOT channels HAS ALL ('app', 'sms')",
    "fee > 3 AND fee <= 7",
    "used BETWEEN -2 AND 6",
    "ratio < 0.5",
    "ratio IS NULL AND five_g",
    "since >= '1970-01-05' OR days_until(end) < 9",
    "end IS NULL AND used IS NOT NULL",
};

class FreshAudience : public testing::TestWithParam<std::size_t> {};

/// Batches of a few users, of about a tile, of more than a block, and one for all.
INSTANTIATE_TEST_SUITE_P(Batches, FreshAudience, testing::Values(60, 700, 6'000, 1'000'000));

TEST_P(FreshAudience, AnswersAsOneOfEncodedUsers) {
  Random random(GetParam());
  const UserTable table = arrow_builder::random_table(9'001, random);
  const ArrowUsers users = arrow_builder::arrow_of(table, GetParam(), random);
  const RuleSet rule_set = compile_rules(table.schema(), rules);
  const Audience audience(rule_set);
  const Date today{17};
  const EncodedUsers encoded = rule_set.encoder().encode(table, today).value();
  const auto counts = audience.counts(encoded).value();
  const Audience::Pairs pairs = audience.pairs(encoded).value();
  for (const unsigned threads : {1u, 2u, 5u}) {
    const RunOptions run{.threads = threads};
    EXPECT_EQ(audience.counts(users, today, run).value(), counts);
    EXPECT_EQ(audience.counts(table, today, run).value(), counts);
    const Audience::Pairs found = audience.pairs(users, today, run).value();
    EXPECT_EQ(found.first, pairs.first);
    EXPECT_EQ(found.rules, pairs.rules);
    EXPECT_EQ(audience.pairs(table, today, run)->rules, pairs.rules);
  }
  for (const std::uint64_t count : counts) EXPECT_GT(count, 0u);  // every rule is about somebody
}

TEST(FreshAudienceRefuses, UsersOfAnotherSchema) {
  const Audience audience(compile_rules(testing_samples::schema(), {"five_g"}));
  const UserTable others(*Schema::from_json(R"({"tags": [{"name": "five_g", "type": "bool"}]})"));
  const std::string refused = "schema_mismatch: the users are of another schema than the rules";
  EXPECT_EQ(refusal(audience.counts(others, Date{})), refused);
  EXPECT_EQ(refusal(audience.pairs(others, Date{})), refused);
}

TEST(FreshAudienceRefuses, DerivedTagsThatMustHaveAValue) {
  using namespace arrow_builder;
  const Schema schema = *Schema::from_json(R"({"tags": [
    {"name": "a", "type": "number"}, {"name": "c", "type": "number", "derived": "a"}]})");
  constexpr double endless = std::numeric_limits<double>::infinity();
  ArrowArrayStream stream{};
  export_stream({batch({fixed<double>("a", "g", {1, endless})})}, stream);
  const ArrowUsers users = ArrowUsers::from_stream(schema, stream).value();
  const Audience audience(compile_rules(schema, {"c > 1"}));
  EXPECT_EQ(refusal(audience.counts(users, Date{})), "missing_value: 'c' has no value");
  EXPECT_EQ(refusal(audience.pairs(users, Date{})), "missing_value: 'c' has no value");
}

TEST(FreshAudienceRefuses, ToGoOnWhenCancelled) {
  Random random(1);
  const UserTable table = arrow_builder::random_table(10, random);
  const Audience audience(compile_rules(table.schema(), {"five_g"}));
  CancelToken token;
  token.cancel();
  EXPECT_EQ(refusal(audience.counts(table, Date{}, {.cancel = &token})),
            "cancelled: cancelled by the caller");
}

}  // namespace
}  // namespace muster
