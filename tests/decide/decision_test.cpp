#include "decide/decision.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <set>

#include "engine_world.hpp"
#include "random_case.hpp"

namespace muster::testing {
namespace {

Reason only_reason(const PolicyView& view) {
  EXPECT_TRUE(view.offers().empty());
  EXPECT_EQ(view.omissions().size(), 1u);
  return view.omissions()[0].reason;
}

TEST(Decision, OffersAPolicyAndTakesItsScoreApart) {
  Draft draft = small_draft();
  draft.policies[0].lever = 2;
  draft.policies[0].channels = {{0, "", 0.5}, {1, "", 3}};
  draft.arbitration.context = {{"arpu > 100", 1.5, {}, 0x3f}, {"vip", 9, {}, 0x3f}};
  draft.propensities.constants = {{any_policy, 1, 0.25}};
  const PolicyView view = decide(engine_of(draft));
  ASSERT_EQ(view.offers().size(), 1u);
  const Offer& offer = view.offers()[0];
  EXPECT_TRUE(offer.primary);
  EXPECT_EQ(offer.propensity, 0.25);
  EXPECT_EQ(offer.value, 100);
  EXPECT_EQ(offer.context, 1.5);
  EXPECT_EQ(offer.lever, 6);
  EXPECT_EQ(offer.contact_cost, 0);
  EXPECT_EQ(offer.score, 0.25 * 100 * 1.5 * 6);
  ASSERT_EQ(offer.channels.size(), 2u);
  EXPECT_EQ(offer.channels[0].channel, 1);
  EXPECT_EQ(offer.channels[0].rank, 0.25);
  EXPECT_EQ(offer.channels[1].rank, -0.25);  // a contact costs 1, the dearest 4
  EXPECT_TRUE(view.omissions().empty());
  EXPECT_EQ(view.at(), noon);
  EXPECT_EQ(view.user(), "u");
}

TEST(Decision, SaysWhyAPolicyThatMatchesIsNotOffered) {
  const auto reason = [](const std::function<void(Draft&)>& change) {
    Draft draft = small_draft();
    change(draft);
    return only_reason(decide(engine_of(draft)));
  };
  const auto of_policy = [&](auto change) {
    return reason([&](Draft& draft) { change(draft.policies[0]); });
  };
  EXPECT_EQ(of_policy([](Policy& p) { p.eligibility = "vip"; }), Reason::not_eligible);
  EXPECT_EQ(of_policy([](Policy& p) { p.applicability = "vip"; }), Reason::not_applicable);
  EXPECT_EQ(of_policy([](Policy& p) { p.suitability = "vip"; }), Reason::not_suitable);
  for (const auto state :
       {PolicyState::draft, PolicyState::waiting, PolicyState::suspended, PolicyState::retired}) {
    EXPECT_EQ(of_policy([&](Policy& p) { p.state = state; }), Reason::not_released);
  }
  EXPECT_EQ(of_policy([](Policy& p) { p.state = PolicyState::test; }), Reason::test_only);
  EXPECT_EQ(of_policy([](Policy& p) { p.valid.from = {noon.seconds + 1}; }), Reason::not_yet_valid);
  EXPECT_EQ(of_policy([](Policy& p) { p.valid.until = noon; }), Reason::no_longer_valid);
  EXPECT_EQ(reason([](Draft& draft) {
              draft.channels.pop_back();
              draft.policies[0].service_class = ServiceClass::sensitive;
            }),
            Reason::channel_not_permitted);
  EXPECT_EQ(reason([](Draft& draft) {
              for (Channel& one : draft.channels) one.hours = {{0x7f, 0, 3600}};
            }),
            Reason::channel_closed);
}

TEST(Decision, ValidityBeginsAndEndsToTheSecond) {
  Draft draft = small_draft();
  draft.policies[0].valid = {noon, {noon.seconds + 10}};
  const Engine engine = engine_of(draft);
  EXPECT_EQ(only_reason(decide(engine, {noon.seconds - 1})), Reason::not_yet_valid);
  EXPECT_EQ(decide(engine, noon).offers().size(), 1u);
  EXPECT_EQ(decide(engine, {noon.seconds + 9}).offers().size(), 1u);
  EXPECT_EQ(only_reason(decide(engine, {noon.seconds + 10})), Reason::no_longer_valid);
}

TEST(Decision, OffersTestPoliciesToTestUsers) {
  Draft draft = small_draft();
  draft.policies[0].state = PolicyState::test;
  draft.test_users = {"tester", "another"};
  const Engine engine = engine_of(draft);
  EXPECT_EQ(decide(engine, noon, "tester").offers().size(), 1u);
  EXPECT_EQ(only_reason(decide(engine, noon, "somebody")), Reason::test_only);
}

TEST(Decision, QuotaAndBudgetAreUsedUpWhereOneMoreDoesNotFit) {
  const auto history = std::make_shared<FixedHistory>();
  Draft draft = small_draft();
  draft.policies[0].quota = 2;
  draft.policies[0].cost = 3;
  draft.policies[0].budget = 10;
  const Engine engine = engine_of(draft, {.history = history});
  history->taken_of["A"] = {1, 7};
  EXPECT_EQ(decide(engine).offers().size(), 1u);
  history->taken_of["A"] = {2, 0};
  EXPECT_EQ(only_reason(decide(engine)), Reason::quota_used_up);
  history->taken_of["A"] = {1, 7.5};
  EXPECT_EQ(only_reason(decide(engine)), Reason::budget_used_up);
  constexpr double endless = std::numeric_limits<double>::infinity();
  for (const double no_cost : {std::nan(""), -0.5, -endless, endless}) {
    history->taken_of["A"] = {1, no_cost};
    EXPECT_EQ(only_reason(decide(engine)), Reason::budget_used_up) << no_cost;
  }
}

// Twenty-five times 5.9, added up, is a little more than 147.5.
TEST(Decision, ABudgetOfDecimalsIsSpentToItsEnd) {
  const auto history = std::make_shared<FixedHistory>();
  Draft draft = small_draft();
  draft.policies[0].cost = 5.9;
  draft.policies[0].budget = 147.5;
  const Engine engine = engine_of(draft, {.history = history});
  Taken taken;
  for (int i = 0; i < 24; ++i) taken.cost += 5.9;
  ASSERT_GT(taken.cost + 5.9, 147.5);
  history->taken_of["A"] = taken;
  EXPECT_EQ(decide(engine).offers().size(), 1u);
  history->taken_of["A"].cost += 5.9;
  EXPECT_EQ(only_reason(decide(engine)), Reason::budget_used_up);
}

/// Says whatever it was told to.
class Oracle final : public PropensityModel {
 public:
  explicit Oracle(double answer) : answer_(answer) {}
  void estimate(const UserView&, std::uint64_t, std::span<const Placement>,
                std::span<double> out) const noexcept override {
    for (double& one : out) one = answer_;
  }

 private:
  double answer_;
};

TEST(Decision, PutsRightWhatModelsSay) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double said[] = {std::nan(""), -infinity, -0.5, 0.25, 1.5, infinity};
  const double taken[] = {0, 0, 0, 0.25, 1, 1};
  for (std::size_t i = 0; i < std::size(said); ++i) {
    const Engine engine = engine_of(small_draft(), {.model = std::make_shared<Oracle>(said[i])});
    const PolicyView view = decide(engine);
    EXPECT_EQ(view.offers()[0].propensity, taken[i]) << said[i];
    EXPECT_EQ(view.to_json().find("nan"), std::string::npos);
    EXPECT_EQ(view.to_json().find("inf"), std::string::npos);
  }
}

/// Gives cells that are of no tag.
class Liar final : public UserView {
 public:
  explicit Liar(std::vector<Cell> cells) : cells_(std::move(cells)) {}
  Cell cell(TagId tag) const override { return cells_[static_cast<std::size_t>(tag)]; }

 private:
  std::vector<Cell> cells_;
};

TEST(Decision, TakesNothingThatIsNoValueForOne) {
  Draft draft = small_draft();
  draft.policies[0].script = "{brand} {likes} {contract_end} {arpu} {vip}";
  draft.propensities.logistic = {
      {any_policy, any_channel, 0, {{TagId{1}, {}, 1, 0}, {TagId{4}, CategoryCode{2}, 1, 0}}}};
  const Engine engine = engine_of(draft);
  const std::vector<CategoryCode> codes = {CategoryCode{77}};
  const std::vector<Cell> lies = {Number(96),        CategoryCode{9},
                                  std::monostate{},  Number(1),
                                  CategoryCode{500}, std::span<const CategoryCode>(codes),
                                  Date{9'000'000},   true};
  const PolicyView view = engine.decide({"u", Liar(lies)}, noon).value();
  EXPECT_EQ(view.script(0, 0), "– – – – –");
  EXPECT_EQ(view.offers()[0].propensity, 0.5);
}

TEST(Decision, WithstandsMomentsOutsideTheCalendar) {
  Draft draft = small_draft();
  draft.time_zone = "Europe/Berlin";
  ContactRule cap;
  cap.id = "cap";
  cap.span = {ContactSpan::Unit::months, 12};
  cap.most = 1;
  draft.contact_rules = {cap};
  const auto history = std::make_shared<FixedHistory>();
  const Engine engine = engine_of(draft, {.history = history});
  for (const std::int64_t second : {std::numeric_limits<std::int64_t>::min(), std::int64_t{0},
                                    std::numeric_limits<std::int64_t>::max() - 1}) {
    history->all = {{{second}, "A", "sms", Outcome::none, ContactRule::Scope::user}};
    EXPECT_EQ(decide(engine, {second}).omissions().size(), 1u) << second;
    history->all.clear();
    EXPECT_EQ(decide(engine, {second}).offers().size(), 1u) << second;
  }
}

// A contact counts at its own moment and not before: begins of spans kept from the decision before
// would show.
TEST(Decision, DependsOnNoEarlierOne) {
  Draft draft = small_draft();
  ContactRule cap;
  cap.id = "cap";
  cap.span = {ContactSpan::Unit::days, 1};
  cap.most = 1;
  draft.contact_rules = {cap};
  constexpr std::int64_t first = std::numeric_limits<std::int64_t>::min();
  // Clocks were put back from 00:01 to 23:01 of the day before, so that a day began twice.
  const std::int64_t twice = parse_moment("2010-11-07T00:00:30-02:30")->seconds;
  for (const auto& [zone, begin] :
       {std::pair("Asia/Shanghai", first), {"America/St_Johns", twice}}) {
    draft.time_zone = zone;
    const auto history = std::make_shared<FixedHistory>();
    history->all = {{{begin}, "A", "sms", Outcome::none, ContactRule::Scope::user}};
    for (const std::int64_t later : {1, 20}) {
      const Engine fresh = engine_of(draft, {.history = history});
      const Engine used = engine_of(draft, {.history = history});
      decide(used, {begin});
      EXPECT_EQ(decide(used, {begin + later}).to_json(), decide(fresh, {begin + later}).to_json())
          << zone << ' ' << later;
    }
  }
}

/// Shows its contacts one by one.
struct PagedHistory final : ContactHistory {
  std::vector<Contact> all;
  void contacts(std::string_view, See see, void* context) const override {
    for (const Contact& one : all) see(context, {&one, 1});
    see(context, {});
  }
  Taken taken(std::string_view) const noexcept override { return {}; }
};

TEST(Decision, KnowsContactsThatAreShownInPages) {
  Draft draft = small_draft();
  ContactRule cap;
  cap.id = "cap";
  cap.most = 3;
  draft.contact_rules = {cap};
  const auto whole = std::make_shared<FixedHistory>();
  const auto paged = std::make_shared<PagedHistory>();
  for (int contacts = 0; contacts < 100; ++contacts) {
    const std::string json = decide(engine_of(draft, {.history = whole}), noon).to_json();
    const Engine engine = engine_of(draft, {.history = paged});
    EXPECT_EQ(decide(engine, noon).to_json(), json) << contacts;
    std::vector<std::byte> record;
    User user = world_user(engine.catalogue()->schema());
    const auto view = engine.decide({"u", user}, noon, {.record = &record});
    EXPECT_EQ(engine.replay(record)->to_json(), view->to_json());
    whole->all.push_back(
        {{noon.seconds - contacts}, "A", "sms", Outcome::none, ContactRule::Scope::user});
    paged->all = whole->all;
  }
}

TEST(Decision, MarksTheHoldoutAndDecidesAsUsual) {
  Draft draft = small_draft();
  draft.holdout = {1, "k"};
  const PolicyView view = decide(engine_of(draft));
  EXPECT_TRUE(view.holdout());
  EXPECT_EQ(view.offers().size(), 1u);
}

TEST(Decision, IdChangesWithEverythingItWasDecidedFrom) {
  const auto history = std::make_shared<FixedHistory>();
  Draft draft = small_draft();
  ContactRule cap;
  cap.id = "cap";
  cap.most = 5;
  draft.contact_rules = {cap};
  draft.policies[0].quota = 9;
  draft.policies[0].script = "{brand}";
  draft.propensities.logistic = {{any_policy, any_channel, 0, {{TagId{1}, {}, 0.001, 0}}}};
  const Engine engine = engine_of(draft, {.history = history});
  User user = world_user(engine.catalogue()->schema());
  std::set<std::uint64_t> ids;
  const auto decide_with = [&](std::string_view key, Moment now, std::uint64_t seed) {
    return engine.decide({key, user}, now, {.seed = seed}).value().decision_id();
  };
  ids.insert(decide_with("u", noon, 0));
  EXPECT_EQ(*ids.begin(), decide_with("u", noon, 0));
  ids.insert(decide_with("v", noon, 0));
  ids.insert(decide_with("u", {noon.seconds + 1}, 0));
  ids.insert(decide_with("u", noon, 1));
  history->all = {{{noon.seconds - 9}, "A", "sms", Outcome::none, ContactRule::Scope::user}};
  ids.insert(decide_with("u", noon, 0));
  history->all[0].outcome = Outcome::declined;
  ids.insert(decide_with("u", noon, 0));
  history->taken_of["A"] = {1, 0};
  ids.insert(decide_with("u", noon, 0));
  ASSERT_TRUE(user.set("arpu", 119));
  ids.insert(decide_with("u", noon, 0));
  ASSERT_TRUE(user.set("brand", "Apple"));
  ids.insert(decide_with("u", noon, 0));
  EXPECT_EQ(ids.size(), 9u);
}

}  // namespace
}  // namespace muster::testing
