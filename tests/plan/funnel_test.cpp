#include "muster/plan/funnel.hpp"

#include "plan_world.hpp"

namespace muster::testing {
namespace {

constexpr Moment noon{1'774'872'000};  // 2026-03-30T12:00:00Z

Engine engine_of(const Catalogue& catalogue) {
  Engine engine;
  EXPECT_TRUE(engine.deploy(catalogue));
  return engine;
}

TEST(Funnel, CountsWhatEachStepRemoves) {
  const auto catalogue = plan_catalogue(R"(
      {"id": "late", "name": "n", "segment": "fee >= 50", "valid": {"until": "2026-03-01"}},
      {"id": "picky", "name": "n", "segment": "fee >= 10", "suitability": "fee < 60", "value": 9},
      {"id": "call", "name": "n", "segment": "fee >= 10", "channels": ["call"], "value": 5},
      {"id": "help", "name": "n", "segment": "fee >= 10", "class": "sensitive"})",
                                        R"(
      "contact_rules": [{"id": "dnc", "kind": "do_not_contact", "when": "quiet",
                         "channels": ["call"]}],
      "arbitration": {"primary": 1, "secondary": 0},)");
  const auto users = plan_users(catalogue, "a,5,0\nb,50,0\nc,90,1\nd,70,0\n");
  const Funnel funnel = make_funnel(engine_of(catalogue), users, noon).value();
  EXPECT_EQ(funnel.users, 4u);
  EXPECT_EQ(funnel.users_offered, 2u);
  EXPECT_EQ(funnel.holdout, 0u);
  ASSERT_EQ(funnel.policies.size(), 4u);

  const PolicyFunnel& late = funnel.policies[0];
  EXPECT_EQ(late.policy, "late");
  EXPECT_EQ(late.matched, 3u);
  EXPECT_EQ(late.live, 0u);
  EXPECT_EQ(late.removed[static_cast<std::size_t>(Reason::no_longer_valid)], 3u);

  const PolicyFunnel& picky = funnel.policies[1];
  EXPECT_EQ(picky.matched, 1u);
  EXPECT_EQ(picky.removed[static_cast<std::size_t>(Reason::not_suitable)], 2u);
  EXPECT_EQ(picky.offered, 1u);
  EXPECT_EQ(picky.primary, 1u);

  const PolicyFunnel& call = funnel.policies[2];
  EXPECT_EQ(call.matched, 3u);
  EXPECT_EQ(call.permitted, 3u);
  EXPECT_EQ(call.contactable, 2u);
  EXPECT_EQ(call.removed[static_cast<std::size_t>(Reason::do_not_contact)], 1u);
  EXPECT_EQ(call.removed[static_cast<std::size_t>(Reason::outranked)], 1u);
  EXPECT_EQ(call.offered, 1u);

  const PolicyFunnel& help = funnel.policies[3];
  EXPECT_EQ(help.live, 3u);
  EXPECT_EQ(help.permitted, 0u);
  EXPECT_EQ(help.removed[static_cast<std::size_t>(Reason::channel_not_permitted)], 3u);
}

TEST(Funnel, IsTheSameForAnyNumberOfThreads) {
  const auto catalogue = plan_catalogue(R"({"id": "P", "name": "n", "segment": "fee >= 3000"})");
  std::string rows;
  for (int i = 0; i < 5'000; ++i) {
    rows += "u" + std::to_string(i) + "," + std::to_string(i) + ",\n";
  }
  const auto users = plan_users(catalogue, rows);
  const Engine engine = engine_of(catalogue);
  for (const unsigned threads : {1u, 3u}) {
    const Funnel funnel = make_funnel(engine, users, noon, {.threads = threads}).value();
    EXPECT_EQ(funnel.users, 5'000u);
    EXPECT_EQ(funnel.policies[0].offered, 2'000u);
  }
}

TEST(Funnel, NeedsACatalogueAndCanBeCancelled) {
  const auto catalogue = plan_catalogue("");
  const auto users = plan_users(catalogue, "a,5,0\n");
  const auto none = make_funnel(Engine(), users, noon);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::no_catalogue);
  CancelToken cancel;
  cancel.cancel();
  const auto cancelled = make_funnel(engine_of(catalogue), users, noon, {.cancel = &cancel});
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().code, Errc::cancelled);
}

}  // namespace
}  // namespace muster::testing
