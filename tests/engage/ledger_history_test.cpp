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
