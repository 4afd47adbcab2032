#include "muster/engage/ledger_history.hpp"

#include <gtest/gtest.h>

#include "each_store.hpp"

namespace muster::testing {
namespace {

class LedgerHistories : public EachStore {
 protected:
  std::vector<Contact> seen(const LedgerHistory& history, std::string_view user) {
    std::vector<Contact> out;
    history.contacts(
        user,
        [](void* context, std::span<const Contact> contacts) {
          static_cast<std::vector<Contact>*>(context)->assign(contacts.begin(), contacts.end());
        },
        &out);
    return out;
  }
  void settle(Ledger& with, std::string_view user, Moment now) {
    ContactReport report;
    report.task = task_of(with, user, "P1", "shop").id;
    const auto done = with.settle({keys.next(), now}, catalogue, report);
    ASSERT_TRUE(done) << done.error().message;
  }

  Catalogue catalogue = market({.policies = offer("P1", R"(, "cost": 7)")});
};
MUSTER_IN_EACH_STORE(LedgerHistories);

TEST_P(LedgerHistories, FollowsTheLedgerWhoeverWrites) {
  LedgerHistory history;
  ASSERT_TRUE(history.update(*ledger));
  EXPECT_EQ(history.sequence(), 0u);
  plan_for(*ledger, catalogue, "u");
  ContactReport report;
  report.task = task_of(*ledger, "u", "P1", "web").id;
  report.outcome = Outcome::declined;
  ASSERT_TRUE(ledger->contact(command(), catalogue, report));
  Ledger other = place->open();
  settle(other, "u", later(60));
  ASSERT_TRUE(history.update(*ledger));
  EXPECT_EQ(seen(history, "u"),
            (std::vector<Contact>{{noon, "P1", "web", Outcome::declined, {}},
                                  {later(60), "P1", "shop", Outcome::accepted, {}}}));
  EXPECT_EQ(history.taken("P1").acceptances, 1u);
  EXPECT_EQ(history.taken("P1").cost, 7);
  EXPECT_TRUE(seen(history, "v").empty());
  EXPECT_EQ(history.sequence(), ledger->events(0, 1'000)->back().sequence);

  LedgerHistory anew;
  ASSERT_TRUE(anew.update(other));
  EXPECT_EQ(seen(anew, "u"), seen(history, "u"));
}

TEST_P(LedgerHistories, DecisionsFollowIt) {
  const Catalogue once =
      market({.contact_rules = R"({"id": "no", "kind": "cool_down", "after": "declined",
        "within": {"rolling_days": 30}})"});
  const auto history = std::make_shared<LedgerHistory>();
  Engine engine({.history = history});
  ASSERT_TRUE(engine.deploy(once));
  User tags(once.schema());
  ASSERT_TRUE(tags.set("fee", 96.0));
  const auto offers = [&] { return engine.decide({"u", tags}, later(60))->offers().size(); };
  EXPECT_EQ(offers(), 1u);
  ContactReport report;
  report.user = "u";
  report.policy = "P1";
  report.channel = "hotline";
  report.outcome = Outcome::declined;
  ASSERT_TRUE(ledger->contact(command(), once, report));
  ASSERT_TRUE(history->update(*ledger));
  EXPECT_EQ(offers(), 0u);
}

// Caps count the call and not what is said of it later, when decided as when dispatched.
TEST_P(LedgerHistories, AnswersCountForCoolDownsAlone) {
  const Catalogue capped = market({.policies = offer("P1", R"(, "channels": ["call"])") + "," +
                                               offer("P2", R"(, "channels": ["sms"])"),
                                   .contact_rules = R"({"id": "cap", "kind": "cap", "most": 2,
        "within": {"rolling_days": 30}}, {"id": "no", "kind": "cool_down", "after": "declined",
        "within": {"rolling_days": 30}})"});
  const auto history = std::make_shared<LedgerHistory>();
  Engine engine({.history = history});
  ASSERT_TRUE(engine.deploy(capped));
  User tags(capped.schema());
  ASSERT_TRUE(tags.set("fee", 96.0));
  const auto offers = [&] {
    EXPECT_TRUE(history->update(*ledger));
    return engine.decide({"u", tags}, later(180))->offers().size();
  };
  plan_for(*ledger, capped, "u");
  ASSERT_TRUE(ledger->dispatch(command(), capped, "call", 1));
  ContactReport report;
  report.task = task_of(*ledger, "u", "P1", "call").id;
  ASSERT_TRUE(ledger->contact(command(later(60)), capped, report));
  ASSERT_TRUE(ledger->contact(command(later(120)), capped, report));
  EXPECT_EQ(offers(), 2u);
  EXPECT_TRUE(seen(*history, "u").at(1).answer);
  EXPECT_EQ(ledger->dispatch(command(later(180)), capped, "sms", 1)->changes.size(), 1u);
  report.outcome = Outcome::declined;
  ASSERT_TRUE(ledger->contact(command(later(180)), capped, report));
  EXPECT_EQ(offers(), 0u);
}

TEST_P(LedgerHistories, KnowsHouseholds) {
  ASSERT_TRUE(ledger->place(command(), "u", "", "home"));
  ASSERT_TRUE(ledger->place(command(), "v", "", "home"));
  plan_for(*ledger, catalogue, "u");
  settle(*ledger, "u", noon);
  LedgerHistory history;
  ASSERT_TRUE(history.update(*ledger));
  ASSERT_EQ(seen(history, "v").size(), 1u);
  EXPECT_EQ(seen(history, "v")[0].scope, ContactRule::Scope::household);
}

}  // namespace
}  // namespace muster::testing
