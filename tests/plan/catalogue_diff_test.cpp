#include "muster/plan/catalogue_diff.hpp"

#include "muster/decide/engine.hpp"
#include "plan_world.hpp"

namespace muster::testing {
namespace {

constexpr std::string_view rows = "a,10,0\nb,50,0\nc,90,1\n";

CatalogueDiff diff_of(const Catalogue& before, const Catalogue& after) {
  return diff(before, plan_users(before, rows), after, plan_users(after, rows), Date{}).value();
}

TEST(CatalogueDiff, SaysWhoGainsAndLosesWhat) {
  const auto before = plan_catalogue(R"(
      {"id": "P1", "name": "n", "segment": "fee >= 50"},
      {"id": "gone", "name": "n", "segment": "fee = 10"})");
  const auto after = plan_catalogue(R"(
      {"id": "new", "name": "n", "segment": "quiet"},
      {"id": "P1", "name": "n", "segment": "fee <= 50", "eligibility": "fee > 5"})");
  const CatalogueDiff changes = diff_of(before, after);
  ASSERT_EQ(changes.policies.size(), 3u);
  EXPECT_EQ(changes.policies[0].policy, "P1");
  EXPECT_EQ(changes.policies[0].before, 2u);
  EXPECT_EQ(changes.policies[0].after, 2u);
  EXPECT_EQ(changes.policies[0].gained, 1u);
  EXPECT_EQ(changes.policies[0].lost, 1u);
  EXPECT_EQ(changes.policies[1].policy, "gone");
  EXPECT_EQ(changes.policies[1].lost, 1u);
  EXPECT_EQ(changes.policies[2].policy, "new");
  EXPECT_EQ(changes.policies[2].gained, 1u);
  ASSERT_EQ(changes.users.size(), 4u);
  const UserDiff expected[] = {{0, 0, true}, {0, 1, false}, {2, 0, false}, {2, 2, true}};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(changes.users[i].user, expected[i].user) << i;
    EXPECT_EQ(changes.users[i].policy, expected[i].policy) << i;
    EXPECT_EQ(changes.users[i].gained, expected[i].gained) << i;
  }
  EXPECT_EQ(changes.users_gaining, 2u);
  EXPECT_EQ(changes.users_losing, 2u);
}

TEST(CatalogueDiff, LooksAtReleasedPoliciesOnly) {
  const auto before = plan_catalogue(R"({"id": "P", "name": "n", "segment": "fee > 0"})");
  const auto after =
      plan_catalogue(R"({"id": "P", "name": "n", "segment": "fee > 0", "state": "suspended"})");
  const CatalogueDiff changes = diff_of(before, after);
  ASSERT_EQ(changes.policies.size(), 1u);
  EXPECT_EQ(changes.policies[0].lost, 3u);
  EXPECT_EQ(changes.users_losing, 3u);
}

TEST(CatalogueDiff, OfACatalogueWithItselfIsNothing) {
  const auto one = plan_catalogue(R"({"id": "P", "name": "n", "segment": "fee > 20"})");
  const CatalogueDiff changes = diff_of(one, one);
  EXPECT_TRUE(changes.users.empty());
  EXPECT_EQ(changes.policies[0].before, 2u);
}

TEST(CatalogueDiff, TakesEveryCatalogueThatDeploys) {
  Limits limits;
  limits.max_rule_literals = 2;
  limits.max_rule_bytes = 20;
  limits.max_rule_depth = 2;
  const auto tight = Catalogue::from_json(R"({
    "schema": {"key": "id", "tags": [{"name": "fee", "type": "number"},
                                     {"name": "quiet", "type": "bool", "nullable": true}]},
    "channels": [{"id": "app", "kind": "digital"}],
    "policies": [{"id": "P", "name": "n", "segment": "quiet OR fee >= 50",
                  "eligibility": "quiet OR fee < 100", "applicability": "fee > 0 OR quiet",
                  "suitability": "NOT quiet OR quiet"}]})",
                                          limits);
  ASSERT_TRUE(tight) << tight.error().message;
  Engine engine;
  EXPECT_TRUE(engine.deploy(*tight));
  const auto users = plan_users(*tight, rows);
  const auto changes = diff(*tight, users, *tight, users, Date{});
  ASSERT_TRUE(changes) << changes.error().message;
  EXPECT_EQ(changes->policies[0].before, 2u);
}

TEST(CatalogueDiff, NeedsTheSameUsers) {
  const auto one = plan_catalogue("");
  for (const char* others : {"a,10,0\n", "a,10,0\nb,50,0\nd,90,1\n", "b,50,0\na,10,0\nc,90,1\n"}) {
    const auto failed = diff(one, plan_users(one, rows), one, plan_users(one, others), Date{});
    ASSERT_FALSE(failed) << others;
    EXPECT_EQ(failed.error().code, Errc::invalid_argument);
    EXPECT_EQ(failed.error().message, "the tables do not hold the same users");
  }
}

/// Policies of many users: every third gains one, every fifth loses one.
TEST(CatalogueDiff, IsTheSameForAnyNumberOfThreads) {
  constexpr std::size_t users = 10'000;
  std::string many;
  for (std::size_t i = 0; i < users; ++i) {
    many += std::to_string(i) + (i % 5 == 0 ? ",50," : ",10,") + (i % 3 == 0 ? "1\n" : "0\n");
  }
  const auto before = plan_catalogue(R"({"id": "P", "name": "n", "segment": "fee = 50"})");
  const auto after = plan_catalogue(R"({"id": "Q", "name": "n", "segment": "quiet"})");
  const auto before_users = plan_users(before, many), after_users = plan_users(after, many);
  for (const unsigned threads : {1u, 2u, 7u}) {
    const auto changes =
        diff(before, before_users, after, after_users, Date{}, {.threads = threads}).value();
    EXPECT_EQ(changes.policies[0].lost, 2'000u);
    EXPECT_EQ(changes.policies[1].gained, 3'334u);
    EXPECT_EQ(changes.users_losing, 2'000u);
    EXPECT_EQ(changes.users_gaining, 3'334u);
    ASSERT_EQ(changes.users.size(), 5'334u);
    std::size_t at = 0;
    for (UserIndex user = 0; user < users; ++user) {
      for (const bool gained : {false, true}) {
        if (user % (gained ? 3 : 5) != 0) continue;
        EXPECT_EQ(changes.users[at].user, user);
        EXPECT_EQ(changes.users[at].policy, gained ? 1u : 0u);
        EXPECT_EQ(changes.users[at++].gained, gained);
      }
    }
  }
}

TEST(CatalogueDiff, CanBeCancelled) {
  const auto one = plan_catalogue(R"({"id": "P", "name": "n", "segment": "fee > 20"})");
  const auto users = plan_users(one, rows);
  CancelToken cancel;
  cancel.cancel();
  const auto failed = diff(one, users, one, users, Date{}, {.cancel = &cancel});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, Errc::cancelled);
}

TEST(CatalogueDiff, CanBeCancelledAfterAllAreMatched) {
  const auto one = plan_catalogue(R"({"id": "P", "name": "n", "segment": "fee > 20"})");
  const auto users = plan_users(one, rows);
  std::size_t told = 0;
  const auto count = [&](std::uint64_t, std::uint64_t) { ++told; };
  ASSERT_TRUE(diff(one, users, one, users, Date{}, {.progress = count}));
  CancelToken cancel;
  const auto stop = [&](std::uint64_t, std::uint64_t) {
    if (--told == 0) cancel.cancel();
  };
  const auto failed = diff(one, users, one, users, Date{}, {.progress = stop, .cancel = &cancel});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, Errc::cancelled);
}

}  // namespace
}  // namespace muster::testing
