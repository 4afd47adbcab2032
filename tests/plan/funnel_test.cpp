#include "muster/plan/funnel.hpp"

#include <memory>
#include <optional>
#include <utility>

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

/// Exchanges the catalogue of an engine while that decides.
class Meddler final : public ContactHistory {
 public:
  void contacts(std::string_view, See, void*) const override {}
  Taken taken(std::string_view) const noexcept override {
    if (next) {
      EXPECT_TRUE(engine->deploy(*std::exchange(next, std::nullopt)));
    }
    return {};
  }
  Engine* engine = nullptr;
  mutable std::optional<Catalogue> next;
};

TEST(Funnel, NeverMixesCatalogues) {
  const std::string a = R"({"id": "A", "name": "n", "segment": "fee > 0", "quota": 9})",
                    b = R"({"id": "B", "name": "n", "segment": "fee > 60", "quota": 9})";
  const auto first = plan_catalogue(a + "," + b), turned = plan_catalogue(b + "," + a);
  ASSERT_EQ(first.content_hash(), turned.content_hash());
  const auto users = plan_users(first, "a,5,0\nb,50,0\nc,90,1\n");
  const auto history = std::make_shared<Meddler>();
  Engine engine({.history = history});
  history->engine = &engine;
  ASSERT_TRUE(engine.deploy(first));
  history->next = turned;
  const auto funnel = make_funnel(engine, users, noon);
  ASSERT_FALSE(funnel);
  EXPECT_EQ(funnel.error().code, Errc::unknown_catalogue);
  EXPECT_EQ(funnel.error().message, "another catalogue was deployed meanwhile");
}

TEST(Funnel, CountsTheHoldout) {
  const auto catalogue = plan_catalogue(R"({"id": "P", "name": "n", "segment": "fee > 0"})",
                                        R"("holdout": {"share": 1, "key": "k"},)");
  const auto users = plan_users(catalogue, "a,5,0\nb,50,0\n");
  const Funnel funnel = make_funnel(engine_of(catalogue), users, noon).value();
  EXPECT_EQ(funnel.holdout, 2u);
  EXPECT_EQ(funnel.users_offered, 2u);  // decided as all others
}

TEST(Funnel, NeedsACatalogueAndCanBeCancelled) {
  const auto catalogue = plan_catalogue("");
  const auto users = plan_users(catalogue, "a,5,0\n");
  const auto none = make_funnel(Engine(), users, noon);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::no_catalogue);
  EXPECT_EQ(none.error().message, "no catalogue is deployed");
  CancelToken cancel;
  cancel.cancel();
  const auto cancelled = make_funnel(engine_of(catalogue), users, noon, {.cancel = &cancel});
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().code, Errc::cancelled);
}

}  // namespace
}  // namespace muster::testing
