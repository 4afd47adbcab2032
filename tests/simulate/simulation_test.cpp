// Three courses of events over one market, and what they never do.

#include "simulate/simulation.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "muster/match/kernel.hpp"
#include "simulate/report.hpp"
#include "simulate/small_market.hpp"

namespace muster::simulate {
namespace {

TEST(Market, IsMadeOfEveryCatalogueThatDeploys) {
  Limits limits;
  limits.max_rule_literals = 2;
  const auto tight = Catalogue::from_json(R"({
    "schema": {"key": "customer_id", "tags": [{"name": "plan_fee", "type": "number"}]},
    "channels": [{"id": "call", "kind": "digital", "mode": "active"}],
    "policies": [{"id": "P", "name": "n", "segment": "plan_fee > 1 OR plan_fee = 0",
                  "eligibility": "plan_fee < 900 OR plan_fee = 950"}]})",
                                          limits);
  ASSERT_TRUE(tight) << tight.error().message;
  const auto market = Market::make(*tight, {.people = 5, .weeks = 1});
  EXPECT_TRUE(market) << market.error().message;
}

/// Made once: a run takes a second or so.
class SimulatedMarket : public testing::Test {
 protected:
  static void SetUpTestSuite() { small_ = new SmallMarket(); }
  static void TearDownTestSuite() { delete small_; }

  const Simulation& run() const { return small_->simulation(); }
  const Market& market() const { return run().market(); }
  Ledger& ledger() const { return small_->ledger(); }
  ChannelId channel(std::string_view id) const {
    return static_cast<ChannelId>(market().catalogue().find_channel(id));
  }
  const Channel& by(const Meeting& meeting) const {
    return market().catalogue().channels()[meeting.channel];
  }
  bool share_a_group(PolicyId a, PolicyId b) const {
    const auto policies = market().catalogue().policies();
    for (const std::string& group : policies[a].groups) {
      const auto& others = policies[b].groups;
      if (std::find(others.begin(), others.end(), group) != others.end()) return true;
    }
    return a == b;
  }

  static SmallMarket* small_;
};
SmallMarket* SimulatedMarket::small_ = nullptr;

TEST_F(SimulatedMarket, ActiveChannelsKeepTheirCapacities) {
  EXPECT_EQ(market().capacity(channel("outbound")), 8u);  // 4 000 for 100 000
  for (const World* world : {&run().old_way(), &run().muster()}) {
    std::map<std::pair<ChannelId, int>, std::uint64_t> contacts;
    for (const Meeting& meeting : world->meetings()) {
      if (by(meeting).active) ++contacts[{meeting.channel, meeting.day}];
    }
    ASSERT_FALSE(contacts.empty());
    for (const auto& [day, number] : contacts) EXPECT_LE(number, market().capacity(day.first));
  }
}

TEST_F(SimulatedMarket, NobodyHeldOutOrLeftInPeaceIsSought) {
  EXPECT_TRUE(run().alone().meetings().empty());
  for (const World* world : {&run().old_way(), &run().muster()}) {
    for (const Meeting& meeting : world->meetings()) {
      EXPECT_FALSE(market().held_out(meeting.person));
      const bool left_in_peace = market().left_in_peace(meeting.person, meeting.channel);
      EXPECT_FALSE(by(meeting).active && left_in_peace);
    }
  }
}

TEST_F(SimulatedMarket, MustersWayKeepsToTheTargetGroupAndNeverRepeats) {
  for (const Meeting& meeting : run().muster().meetings()) {
    EXPECT_TRUE(meeting.meant);
    EXPECT_FALSE(meeting.repeat);
  }
}

/// The catalogue's caps: one call a week, four approaches a calendar month.
TEST_F(SimulatedMarket, MustersWayKeepsTheCaps) {
  std::map<std::pair<Person, int>, int> calls;
  std::map<std::pair<Person, int>, int> approaches;  // three weeks from 5 January: one month
  for (const Meeting& meeting : run().muster().meetings()) {
    if (!by(meeting).active) continue;
    if (meeting.channel == channel("outbound")) {
      EXPECT_EQ(++calls[std::pair(meeting.person, Calendar::week(meeting.day))], 1);
    }
    EXPECT_LE(++approaches[std::pair(meeting.person, 0)], 4);
  }
  EXPECT_FALSE(calls.empty());
}

/// And its cool-downs: of a policy once declined, of a group once one of it was accepted.
TEST_F(SimulatedMarket, MustersWayKeepsTheCoolDowns) {
  std::map<Person, std::vector<PolicyId>> declined, accepted;
  for (const Meeting& meeting : run().muster().meetings()) {
    for (const PolicyId before : declined[meeting.person]) EXPECT_NE(before, meeting.policy);
    for (const PolicyId before : accepted[meeting.person]) {
      EXPECT_FALSE(share_a_group(before, meeting.policy));
    }
    if (meeting.answer == Answer::declined) declined[meeting.person].push_back(meeting.policy);
    if (meeting.answer == Answer::accepted) accepted[meeting.person].push_back(meeting.policy);
  }
  EXPECT_FALSE(accepted.empty());
  EXPECT_FALSE(declined.empty());
}

/// What the ledger says was accepted is what happened, each once.
TEST_F(SimulatedMarket, EveryAcceptanceIsSettledOnce) {
  std::set<std::pair<std::string, std::string>> settled;
  for (Person person = 0; person < market().people(); ++person) {
    for (const Event& event : ledger().timeline(market().key(person)).value()) {
      if (event.outcome != Outcome::accepted) continue;
      EXPECT_TRUE(settled.emplace(event.user, event.policy).second);
    }
  }
  std::size_t asked = 0;
  for (const Meeting& meeting : run().muster().meetings()) {
    if (meeting.answer != Answer::accepted) continue;
    ++asked;
    EXPECT_EQ(settled.count({market().key(meeting.person),
                             market().catalogue().policies()[meeting.policy].id}),
              1u);
  }
  EXPECT_GT(asked, 0u);
  EXPECT_EQ(settled.size(), asked + run().muster().unasked().size());
}

TEST_F(SimulatedMarket, TheOldWayDisturbsAndLeaks) {
  const Figures old_way = add_up(run().old_way());
  EXPECT_GT(old_way.repeats.successes, 0u);
  EXPECT_GT(old_way.off_target.successes, 0u);
}

TEST_F(SimulatedMarket, HeldOutPeopleFareAsIfNobodyWereApproached) {
  EXPECT_EQ(add_up(run().muster()).takers_held_out, add_up(run().alone()).takers_held_out);
  EXPECT_EQ(add_up(run().old_way()).takers_held_out, add_up(run().alone()).takers_held_out);
}

TEST_F(SimulatedMarket, FiguresAreCountsOfWhatHappened) {
  const World& world = run().muster();
  const Figures figures = add_up(world);
  std::uint64_t contacts = 0, accepted = 0;
  for (const ChannelFigures& one : figures.channels) {
    contacts += one.contacts;
    accepted += one.success.successes;
  }
  EXPECT_EQ(contacts, world.meetings().size());
  EXPECT_EQ(accepted, figures.success.successes);
  EXPECT_EQ(figures.customers + figures.takers_held_out.trials, market().people());
  EXPECT_EQ(figures.net(), figures.value - figures.gifts - figures.contact_cost);
}

TEST_F(SimulatedMarket, TheSameNumbersGiveTheSameBytesOnEveryKernel) {
  const std::string once = to_text(run()), json = to_json(run());
  for (const std::string_view kernel : kernel_names()) {
    if (kernel != "scalar" && kernel != kernel_names().front()) continue;
    setenv("MUSTER_KERNEL", std::string(kernel).c_str(), 1);
    const SmallMarket again;
    unsetenv("MUSTER_KERNEL");
    EXPECT_EQ(to_text(again.simulation()), once) << kernel;
    EXPECT_EQ(to_json(again.simulation()), json) << kernel;
  }
  EXPECT_NE(to_text(SmallMarket(small_size(2)).simulation()), once);
}

TEST_F(SimulatedMarket, TheReportHasEveryFigure) {
  const std::string text = to_text(run());
  for (const char* part :
       {"customers and ", " held out, 42 policies, 3 weeks from 2026-01-05, seed 1\n",
        "success: accepted, of contacts that met", "participation: met, of those with an offer",
        "contacts per customer", "contacts about what was taken or declined",
        "weeks sought by several channels", "contacts outside the target group",
        "contact cost per acceptance asked", "value of acceptances",
        "more than the held out, points", "more than if left alone, points", "special_zone"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

std::string retention_text() {
  std::ifstream file(MUSTER_EXAMPLES "/retention/catalogue.json");
  return {std::istreambuf_iterator<char>(file), {}};
}

void replace(std::string& text, const std::string& from, const std::string& to) {
  ASSERT_NE(text.find(from), text.npos) << from;
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

TEST(Simulation, GoesOnWhereNothingIsLeft) {
  std::string text = retention_text();
  for (const char* group : {"挽留", "续约", "5G", "换卡", "融合", "提速", "全屋"}) {
    const std::string groups = std::string(R"("groups": [")") + group + "\"]";
    replace(text, groups, R"("quota": 1, )" + groups);
  }
  const Catalogue scarce = Catalogue::from_json(text).value();
  const SmallMarket small({.people = 600, .weeks = 3, .seed = 1}, scarce);
  const World& world = small.simulation().muster();
  EXPECT_GT(world.turned_away(), 0u);
  std::map<PolicyId, std::uint64_t> taken;
  for (const Meeting& meeting : world.meetings()) {
    if (meeting.answer == Answer::accepted) ++taken[meeting.policy];
  }
  for (const Wish& wish : world.unasked()) ++taken[wish.policy];
  for (const auto& [policy, times] : taken) {
    const std::uint64_t quota = scarce.policies()[policy].quota;
    if (quota != 0) {
      EXPECT_LE(times, quota) << policy;
    }
  }
  EXPECT_NE(to_text(small.simulation()).find("unasked, but nothing was left"), std::string::npos);
}

TEST(Simulation, SaysSomethingOfNoCustomersToo) {
  std::string text = retention_text();
  replace(text, R"("share": 0.02)", R"("share": 1)");
  const SmallMarket nobody({.people = 5, .weeks = 1, .seed = 1},
                           Catalogue::from_json(text).value());
  EXPECT_EQ(add_up(nobody.simulation().muster()).customers, 0u);
  EXPECT_EQ(to_text(nobody.simulation()).find("nan"), std::string::npos);
}

TEST(Market, IsRefusedWhereItCanNotBe) {
  const Catalogue catalogue = retention();
  const char* size =
      "a market has 1 to 100 000 people, 1 to 52 weeks, and capacities for 1 to "
      "2 000 000 000 customers";
  for (const MarketSize wrong :
       {MarketSize{.people = 0}, MarketSize{.people = max_people + 1}, MarketSize{.weeks = 0},
        MarketSize{.weeks = max_weeks + 1}, MarketSize{.customer_base = 0},
        MarketSize{.customer_base = max_customer_base + 1}}) {
    EXPECT_EQ(Market::make(catalogue, wrong).error().message, size);
  }
  const auto said = [](const char* json) {
    return Market::make(Catalogue::from_json(json).value(), small_size()).error().message;
  };
  EXPECT_EQ(said(R"({"schema": {"key": "id", "tags": []}, "policies": []})"),
            "the made-up population's key is 'customer_id'");
  EXPECT_EQ(said(R"({"schema": {"key": "customer_id", "tags": []}, "policies": []})"),
            "a market needs policies and an active channel");
}

}  // namespace
}  // namespace muster::simulate
