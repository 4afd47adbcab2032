#include "muster/decide/prepared_user.hpp"

#include <gtest/gtest.h>

#include "draft.hpp"
#include "muster/decide/engine.hpp"

namespace muster::testing {
namespace {

constexpr Moment noon{1'774'872'000};  // 2026-03-30T12:00:00Z
constexpr std::int64_t day = 86'400;

/// A policy for those whose contract ends within three days.
Draft ending_soon() {
  Draft draft = small_draft();
  draft.policies[0].segment = "days_until(contract_end) BETWEEN 0 AND 3";
  draft.policies.push_back(policy("B", "fee > 90"));
  return draft;
}

User user_until(const Schema& schema, std::string_view contract_end) {
  User user = world_user(schema);
  EXPECT_TRUE(user.set("contract_end", contract_end));
  return user;
}

std::string json(const Engine& engine, const Subject& subject, Moment now) {
  return engine.decide(subject, now).value().to_json();
}

TEST(PreparedUser, MakesNoDifferenceToDecisionsAndChecks) {
  Engine engine;
  ASSERT_TRUE(engine.deploy(ending_soon().make()));
  const User user = user_until(engine.catalogue()->schema(), "2026-04-02");
  const PreparedUser prepared = engine.prepare(user, noon).value();
  // The day moves on, and with it who is meant.
  for (int days = -3; days < 6; ++days) {
    const Moment now{noon.seconds + days * day};
    EXPECT_EQ(json(engine, {"u", user, &prepared}, now), json(engine, {"u", user}, now));
    EXPECT_EQ(engine.check({"u", user, &prepared}, "A", "sms", now)->allowed, days >= 0 && days < 4)
        << days;
  }
  const PreparedUser nothing;
  EXPECT_EQ(json(engine, {"u", user, &nothing}, noon), json(engine, {"u", user}, noon));
}

TEST(PreparedUser, IsReadInPlaceOfTags) {
  Engine engine;
  ASSERT_TRUE(engine.deploy(ending_soon().make()));
  const Schema schema = engine.catalogue()->schema();
  const User soon = user_until(schema, "2026-04-02"), later = user_until(schema, "2027-01-01");
  const PreparedUser prepared = engine.prepare(soon, noon).value();
  EXPECT_EQ(engine.decide({"u", later}, noon)->offers().size(), 1u);
  EXPECT_EQ(engine.decide({"u", later, &prepared}, noon)->offers().size(), 2u);
  // On another day it is of no use, and tags are what they are.
  EXPECT_EQ(engine.decide({"u", later, &prepared}, {noon.seconds + day})->offers().size(), 1u);
}

TEST(PreparedUser, HasThePropensitiesOfItsCatalogueOnly) {
  Engine engine;
  Draft draft = small_draft();
  const auto by_tag = [](std::uint16_t tag, double coefficient) {
    return LogisticPropensity{any_policy, any_channel, 0, {{TagId{tag}, {}, coefficient, 0}}};
  };
  draft.propensities.logistic = {by_tag(0, 0.01)};
  ASSERT_TRUE(engine.deploy(draft.make()));
  User user = world_user(engine.catalogue()->schema());
  const PreparedUser prepared = engine.prepare(user, noon).value();
  const std::string before = json(engine, {"u", user}, noon);
  EXPECT_EQ(json(engine, {"u", user, &prepared}, noon), before);
  ASSERT_TRUE(user.set("fee", 500));  // not seen any more
  EXPECT_EQ(json(engine, {"u", user, &prepared}, noon), before);
  // The same rules, other propensities: those are read from the tags.
  draft.propensities.logistic = {by_tag(1, 0.02)};
  ASSERT_TRUE(engine.deploy(draft.make()));
  EXPECT_EQ(json(engine, {"u", user, &prepared}, noon), json(engine, {"u", user}, noon));
}

TEST(PreparedUser, IsPutAsideWhereAnotherCatalogueAsksOtherThings) {
  Engine engine;
  ASSERT_TRUE(engine.deploy(ending_soon().make()));
  const User user = user_until(engine.catalogue()->schema(), "2026-04-02");
  const PreparedUser prepared = engine.prepare(user, noon).value();
  Draft other = small_draft();
  other.policies[0].segment = "vip OR arpu > 100";
  ASSERT_TRUE(engine.deploy(other.make()));
  EXPECT_EQ(json(engine, {"u", user, &prepared}, noon), json(engine, {"u", user}, noon));
  ASSERT_TRUE(engine.roll_back());
  EXPECT_EQ(json(engine, {"u", user, &prepared}, noon), json(engine, {"u", user}, noon));
}

// Propensities and scripts still read the tags.
TEST(PreparedUser, DoesNotExcuseTagsOfAnotherSchema) {
  Engine engine;
  ASSERT_TRUE(engine.deploy(small_draft().make()));
  const User user = world_user(engine.catalogue()->schema());
  const PreparedUser prepared = engine.prepare(user, noon).value();
  const User other(*Schema::from_json(R"({"tags": [{"name": "x", "type": "bool"}]})"));
  const Subject subject{"u", other, &prepared};
  EXPECT_EQ(engine.decide(subject, noon).error().code, Errc::schema_mismatch);
  EXPECT_EQ(engine.check(subject, "A", "sms", noon).error().code, Errc::schema_mismatch);
}

TEST(PreparedUser, IsRefusedAsDecisionsAre) {
  Engine engine;
  const User user = world_user(small_draft().make().schema());
  EXPECT_EQ(engine.prepare(user, noon).error().message, "the engine has no catalogue yet");
  ASSERT_TRUE(engine.deploy(small_draft().make()));
  const User empty(engine.catalogue()->schema());
  EXPECT_EQ(engine.prepare(empty, noon).error().message, "'fee' is not nullable, but has no value");
  const User other(*Schema::from_json(R"({"tags": [{"name": "x", "type": "bool"}]})"));
  EXPECT_EQ(engine.prepare(other, noon).error().message,
            "the user is of another schema than the running catalogue");
}

}  // namespace
}  // namespace muster::testing
