// What deciding allocates: the view, in one block, and nothing else.

#include <gtest/gtest.h>

#include <algorithm>
#include <new>
#include <optional>

#include "counted_memory.hpp"
#include "draft.hpp"
#include "muster/decide/engine.hpp"

namespace muster::testing {
namespace {

Draft large_draft() {
  Draft draft = small_draft();
  for (int i = 0; i < 300; ++i) {
    Policy one = policy("P" + std::to_string(i), i % 5 == 0 ? "fee > 0" : "fee > 300");
    one.value = i;
    one.groups = {"g" + std::to_string(i % 40)};
    one.quota = 1000;
    one.script = "{fee}元 {likes}";
    draft.policies.push_back(std::move(one));
  }
  for (const auto counts : {ContactRule::Counts::all, ContactRule::Counts::channel,
                            ContactRule::Counts::policy, ContactRule::Counts::group}) {
    ContactRule rule;
    rule.id = "cap by " + std::string(name(counts));
    rule.counts = counts;
    rule.span = {ContactSpan::Unit::months, 1};
    rule.most = 50;
    draft.contact_rules.push_back(rule);
  }
  draft.propensities.logistic = {
      {any_policy, 1, 0, {{TagId{0}, {}, 0.01, 0}, {TagId{5}, {}, 1, 0}}}};
  return draft;
}

// The catalogue and what its parts say are held by the view, whatever happens to the engine.
TEST(DecisionMemory, AllocatesTheViewAndNothingElse) {
  const auto history = std::make_shared<MemoryHistory>();
  for (int i = 0; i < 20; ++i) {
    history->add("u",
                 {{noon.seconds - i * 3600}, "P" + std::to_string(i), "sms", Outcome::none, {}});
  }
  Engine engine({.history = history});
  ASSERT_TRUE(engine.deploy(large_draft().make()));
  User user = world_user(engine.catalogue()->schema());
  ASSERT_TRUE(user.set("likes", {"app", "game"}));
  // Long enough for an allocation of its own.
  const Subject subject{"a customer whose name is rather long", user};
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(engine.decide(subject, noon));

  const std::size_t allocated_before = allocations, freed_before = freed;
  std::size_t parts = 0;
  {
    const Result<PolicyView> view = engine.decide(subject, noon);
    parts = allocations - allocated_before;
    ASSERT_TRUE(view);
    EXPECT_EQ(freed, freed_before);  // nothing on the way
    EXPECT_EQ(view->offers().size(), 4u);
    EXPECT_GT(view->omissions().size(), 50u);
  }
  EXPECT_EQ(parts, 1u);
  EXPECT_EQ(freed - freed_before, parts);
}

/// Whether memory ran out in `work`, whose allocation number `number` fails.
template <class Work>
bool runs_out(std::size_t number, Work work) {
  fails_at = allocations + number;
  bool ran_out = false;
  try {
    work();
  } catch (const std::bad_alloc&) {
    ran_out = true;
  }
  fails_at = 0;
  return ran_out;
}

// What a decision leaves in the working memory that the next one gets must not change it.
TEST(DecisionMemory, MayRunOutAnywhere) {
  Draft draft = small_draft();
  for (int i = 0; i < 9; ++i) {
    draft.policies.push_back(policy("P" + std::to_string(i)));
    draft.policies.back().value = i;
    draft.policies.back().groups = {"g" + std::to_string(i / 2)};
    draft.policies.back().script = "{likes}";
  }
  ContactRule cap;
  cap.id = "cap";
  cap.most = 5;
  draft.contact_rules = {cap};
  draft.propensities.logistic = {
      {any_policy, any_channel, 0, {{TagId{7}, {}, 0.1, 0}}}};  // derived
  const Catalogue catalogue = draft.make();
  const auto history = std::make_shared<MemoryHistory>();
  history->add("u", {{noon.seconds - 60}, "P1", "sms", Outcome::none, {}});
  User user = world_user(catalogue.schema());
  ASSERT_TRUE(user.set("likes", {"app", "game"}));
  std::string right;
  for (std::size_t number = 0;; ++number) {
    Engine engine({.history = history});
    ASSERT_TRUE(engine.deploy(catalogue));
    const bool ran_out = runs_out(number, [&] {
      static_cast<void>(engine.decide({"u", user}, noon));
    });
    const std::string json = engine.decide({"u", user}, noon).value().to_json();
    if (number == 0) right = json;
    ASSERT_EQ(json, right) << number;
    if (number > 0 && !ran_out) break;
    ASSERT_EQ(ran_out, number > 0);
  }
}

TEST(DecisionMemory, MayRunOutWhileCataloguesAreExchanged) {
  Draft draft = small_draft();
  const Catalogue one = draft.make();
  draft.version = "2";
  const Catalogue two = draft.make();
  const User user = world_user(one.schema());
  const auto deployed = [](const Engine& engine) {
    std::string versions;
    for (const Deployment& each : engine.deployments()) versions += each.version + " ";
    return versions;
  };
  Engine counted({.catalogues_kept = 2});
  ASSERT_TRUE(counted.deploy(one));
  const std::size_t before = allocations;
  ASSERT_TRUE(counted.deploy(two));
  const std::size_t whole = allocations - before;
  std::size_t ran_out = 0;
  for (std::size_t number = whole - std::min<std::size_t>(whole, 40); number < whole + 5;
       ++number) {
    Engine engine({.catalogues_kept = 2});
    ASSERT_TRUE(engine.deploy(one));
    if (runs_out(number, [&] { static_cast<void>(engine.deploy(two)); })) {
      ++ran_out;
      ASSERT_EQ(deployed(engine), "1 ") << number;
      ASSERT_EQ(engine.decide({"u", user}, noon)->catalogue().version(), "1");
      ASSERT_TRUE(engine.deploy(two));
    }
    ASSERT_EQ(deployed(engine), "1 2 ");
    ASSERT_EQ(engine.decide({"u", user}, noon)->catalogue().version(), "2");
    if (runs_out(1 + number % 8, [&] { static_cast<void>(engine.roll_back()); })) {
      ASSERT_EQ(deployed(engine), "1 2 ") << number;
      ASSERT_TRUE(engine.roll_back());
    }
    ASSERT_EQ(deployed(engine), "1 ");
  }
  EXPECT_GT(ran_out, 10u);
}

// Freeing a catalogue takes long: that is done by whoever exchanges it, not by whoever decides.
TEST(DecisionMemory, TheLastViewOfADroppedCatalogueFreesItselfOnly) {
  Engine engine({.catalogues_kept = 1});
  Draft draft = large_draft();
  ASSERT_TRUE(engine.deploy(draft.make()));
  const User user = world_user(engine.catalogue()->schema());
  std::optional<PolicyView> view = engine.decide({"u", user}, noon).value();
  draft.version = "2";
  ASSERT_TRUE(engine.deploy(draft.make()));
  const std::size_t before = freed;
  view.reset();
  EXPECT_EQ(freed, before + 1);
  draft.version = "3";
  ASSERT_TRUE(engine.deploy(draft.make()));
  EXPECT_GT(freed, before + draft.policies.size());
}

TEST(DecisionMemory, GateAllocatesNothing) {
  Engine engine;
  ASSERT_TRUE(engine.deploy(large_draft().make()));
  const User user = world_user(engine.catalogue()->schema());
  ASSERT_TRUE(engine.check({"u", user}, "P0", "sms", noon).value().allowed);
  const std::size_t before = allocations;
  const bool allowed = engine.check({"u", user}, "P0", "sms", noon).value().allowed;
  EXPECT_EQ(allocations, before);
  EXPECT_TRUE(allowed);
}

}  // namespace
}  // namespace muster::testing
