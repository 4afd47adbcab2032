// What never wins is not offered, and what may win is not said never to.

#include <fmt/format.h>

#include "decide/random_case.hpp"
#include "findings_text.hpp"
#include "muster/decide/engine.hpp"

namespace muster::testing {
namespace {

/// Who never wins, of a policy A and a policy B.
std::string loser(const std::string& a, const std::string& b, const std::string& more = {}) {
  return only(Kind::never_wins, plan_catalogue(a + "," + b, more));
}

TEST(Outranks, FindsPoliciesThatAlwaysComeAfterAnother) {
  EXPECT_EQ(all(plan_catalogue(in_group("A", R"("tier": 1)", "fee > 50 AND quiet") + "," +
                               in_group("B", R"("tier": 0)"))),
            "A in B; A < B @g")
      << "and no overlap besides";
  EXPECT_EQ(loser(in_group("A", R"("value": 5)"), in_group("B", R"("value": 6)")), "A < B @g");
  EXPECT_EQ(loser(in_group("A", R"("lever": 2)"), in_group("B", "")), "B < A @g")
      << "of equal scores the lower id wins";
  EXPECT_EQ(loser(in_group("A", ""), in_group("B", "")), "B < A @g");
  EXPECT_EQ(loser(in_group("A", R"("tier": 0, "groups": ["g"])"),
                  in_group("B", R"("groups": ["g", "h"])")),
            "B < A @g");
  EXPECT_EQ(loser(in_group("A", R"("state": "test")"), in_group("B", R"("tier": 0)")), "A < B @g");
}

TEST(Outranks, KnowsWhenTheWinnerMayBeMissing) {
  const std::string first = R"("tier": 0)";
  EXPECT_EQ(loser(in_group("A", ""), in_group("B", first)), "A < B @g") << "else nothing is shown";
  for (const std::string more :
       {R"(, "quota": 9)", R"(, "budget": 9, "cost": 1)", R"(, "state": "draft")",
        R"(, "state": "test")", R"(, "valid": {"from": "2026-01-01"})",
        R"(, "valid": {"until": "2026-01-01"})", R"(, "channels": ["app"])", R"(, "groups": ["h"])",
        R"(, "groups": ["g", "h"])"}) {
    EXPECT_EQ(loser(in_group("A", ""), in_group("B", first + more)), "") << more;
  }
  EXPECT_EQ(loser(in_group("A", ""), in_group("B", first, "fee > 11")), "");
  EXPECT_EQ(loser(in_group("A", R"("state": "retired")"), in_group("B", first)), "");
  EXPECT_EQ(loser(in_group("A", R"("valid": {"until": "2026-01-01"})"),
                  in_group("B", first + R"(, "valid": {"until": "2026-02-01"})")),
            "A < B @g");
}

TEST(Outranks, KnowsWhichContactRulesBlockTheWinnerAlone) {
  const auto with = [](const std::string& of, const std::string& channel,
                       const std::string& groups = R"(["g"])") {
    return loser(in_group("A", R"("channels": ["app"], "groups": ["g", "h"])"),
                 in_group("B", R"("tier": 0, "groups": )" + groups),
                 R"("contact_rules": [{"id": "r", "kind": "cap", "most": 1, "of": ")" + of +
                     R"(", "within": {"rolling_days": 7}, "channels": [")" + channel + "\"]}],");
  };
  EXPECT_EQ(with("policy", "app"), "");
  EXPECT_EQ(with("policy", "call"), "A < B @g") << "a channel that the loser does not have";
  EXPECT_EQ(with("group", "app"), "A < B @g") << "contacts of its groups count for both";
  EXPECT_EQ(with("all", "app"), "A < B @g");
  EXPECT_EQ(with("channel", "app"), "A < B @g");
  EXPECT_EQ(loser(in_group("A", R"("channels": ["app"])"), in_group("B", R"("tier": 0)"),
                  R"("contact_rules": [{"id": "r", "kind": "cool_down", "after": "declined",
                      "of": "policy", "within": {"rolling_days": 7}}],)"),
            "");
}

TEST(Outranks, ComparesScoresOnlyWhereContextWeightsAreTheSame) {
  const auto weight = [](const std::string& more) {
    return loser(in_group("A", R"("value": 5)"), in_group("B", R"("value": 6)"),
                 R"("arbitration": {"context": [{"when": "quiet", "weight": 0.5)" + more + "}]},");
  };
  EXPECT_EQ(weight(""), "A < B @g");
  EXPECT_EQ(weight(R"(, "policies": ["A"])"), "");
  EXPECT_EQ(weight(R"(, "policies": ["A", "B"])"), "A < B @g");
  EXPECT_EQ(weight(R"(, "classes": ["retention"])"), "A < B @g");
  EXPECT_EQ(loser(in_group("A", R"("value": 5)"), in_group("B", R"("value": 6)"),
                  R"("arbitration": {"context": [{"when": "quiet", "weight": 0}]},)"),
            "")
      << "scores that come to nothing are equal, and A's id is lower";
}

/// The same of a catalogue whose channels differ in cost.
std::string loser_with(const std::string& propensity, const std::string& a, const std::string& b,
                       const std::string& more = {}) {
  const std::string json = R"({
    "schema": {"key": "id", "tags": [{"name": "fee", "type": "number"}]},
    "channels": [{"id": "app", "kind": "digital", "cost": 1},
                 {"id": "shop", "kind": "digital", "cost": 9}],
    "propensity": )" + propensity +
                           R"(, "policies": [)" + a + "," + b + "]" + more + "}";
  return only(Kind::never_wins, Catalogue::from_json(json).value());
}

TEST(Outranks, ComparesScoresOverAllChannelsWhereTheChoiceMayDiffer) {
  const std::string a = in_group("A", R"("value": 10)"), b = in_group("B", R"("value": 20)");
  const std::string own = R"({"constants": [{"probability": 0.5}, {"policy": "B", "probability": )";
  EXPECT_EQ(loser_with(R"({"constants": [{"probability": 0.5}]})", a, b), "A < B @g")
      << "on one channel both";
  EXPECT_EQ(loser_with(own + "0.6}]}", a, b), "")
      << "12 - 9 in the shop are less than 5 - 1 in the app";
  EXPECT_EQ(loser_with(own + "0.7}]}", a, b), "A < B @g") << "14 - 9 are more";
  EXPECT_EQ(loser_with(own + "0.1}]}", a, b), "");
  EXPECT_EQ(loser_with(own + "0.7}, {\"policy\": \"B\", \"channel\": \"shop\", "
                             "\"probability\": 0.6}]}",
                       a, b),
            "")
      << "the entry that names both counts";
}

TEST(Outranks, ComparesScoresOverAllChannelsWhereGroupsMayBlockOne) {
  const auto loser_of = [](const std::string& groups, const std::string& of) {
    return loser_with(R"({"constants": [{"probability": 0.5}]})",
                      in_group("A", R"("value": 10, "groups": )" + groups),
                      in_group("B", R"("value": 20)"),
                      R"(, "contact_rules": [{"id": "r", "kind": "cap", "most": 1, "of": ")" + of +
                          R"(", "within": {"rolling_days": 7}}])");
  };
  EXPECT_EQ(loser_of(R"(["g", "h"])", "all"), "A < B @g");
  EXPECT_EQ(loser_of(R"(["g"])", "group"), "A < B @g") << "blocked alike";
  EXPECT_EQ(loser_of(R"(["g", "h"])", "group"), "") << "A may have fewer channels";
}

TEST(Outranks, ComparesScoresOfALogisticPropensityOnlyIfItIsOneForBoth) {
  const std::string less = R"("value": 10)", more = R"("value": 20)";
  const std::string both = R"({"logistic": [{"intercept": 1, "terms": []}]})";
  EXPECT_EQ(loser_with(both, in_group("A", more), in_group("B", less)), "B < A @g");
  EXPECT_EQ(loser_with(both, in_group("A", less), in_group("B", more)), "")
      << "where it is nil, the lower id wins";
  EXPECT_EQ(loser_with(R"({"logistic": [{"intercept": 1, "terms": []},
                                {"policy": "B", "intercept": 0, "terms": []}]})",
                       in_group("A", more), in_group("B", less)),
            "");
}

#ifdef MUSTER_SANITIZE
constexpr std::size_t catalogues = 60;
#else
constexpr std::size_t catalogues = 300;
#endif

/// Many policies of few audiences in few groups, alike enough for some to lose always.
Draft crowded_draft(Dice& dice) {
  static const std::vector<std::string> segments = {"fee >= 0", "vip", "fee >= 96",
                                                    "vip OR fee > 9"};
  Draft draft = random_draft(dice);
  for (Policy& policy : draft.policies) {
    policy.segment = dice.pick(segments);
    policy.eligibility = policy.applicability = policy.suitability = {};
    policy.service_class = ServiceClass::sales;
    policy.channels.clear();
    if (!dice.one_in(4)) policy.quota = 0, policy.budget = 0;
    if (!dice.one_in(4)) policy.valid = {};
    if (!dice.one_in(4)) policy.tier = 0;
    if (policy.groups.empty()) policy.groups = {"g"};
  }
  if (dice.one_in(2)) draft.contact_rules.clear();
  if (!dice.one_in(3)) draft.propensities.logistic.clear();
  for (ContactRule& rule : draft.contact_rules) {
    if (!dice.one_in(3) && rule.counts == ContactRule::Counts::policy) {
      rule.counts = ContactRule::Counts::group;
    }
  }
  return draft;
}

struct Losers {
  std::size_t policies = 0, matches = 0;
};

/// Decides for some users; no policy that never wins is offered.
void decide_for_some(const Draft& draft, Dice& dice, Losers& losers) {
  const Catalogue catalogue = draft.make();
  std::vector<char> loses(catalogue.policies().size());
  const auto findings = analyse(catalogue);
  for (const CatalogueFinding& finding : findings.value()) {
    if (finding.kind != Kind::never_wins) continue;
    loses[finding.one] = true;
    ++losers.policies;
  }
  for (int i = 0; i < 40; ++i) {
    const Moment now = random_moment(dice, catalogue.time_zone());
    Engine engine(
        {.history = std::make_shared<const FixedHistory>(random_history(draft, now, dice))});
    ASSERT_TRUE(engine.deploy(catalogue));
    const User user = random_user(catalogue.schema(), dice);
    const auto view = engine.decide({random_key(dice), user}, now);
    for (const Offer& offer : view.value().offers()) {
      EXPECT_FALSE(loses[offer.policy]) << catalogue.policies()[offer.policy].id << draft.to_json();
    }
    for (const Omission& one : view.value().omissions()) {
      losers.matches += loses[one.policy] && one.reason == Reason::excluded;
    }
  }
}

TEST(Outranks, NoDecisionOffersWhatNeverWins) {
  Dice dice(7);
  Losers losers;
  for (std::size_t i = 0; i < catalogues && !HasFailure(); ++i)
    decide_for_some(crowded_draft(dice), dice, losers);
  EXPECT_GT(losers.policies, catalogues / 2);
  EXPECT_GT(losers.matches, catalogues * 4) << "excluded by the policy that always comes first";
}

/// The example of an overlap fits both policies, whatever other tags are.
TEST(Outranks, ExamplesOfOverlapsFitBoth) {
  Dice dice(8);
  std::size_t examples = 0;
  for (std::size_t i = 0; i < catalogues; ++i) {
    const Catalogue catalogue = random_draft(dice).make();
    Checker checker = catalogue.checker();
    const auto formula = [&](const std::string& rule) {
      return checker.spell_out(checker.check(rule).value().formula).value();
    };
    const auto findings = analyse(catalogue);
    for (const CatalogueFinding& finding : findings.value()) {
      if (finding.kind != Kind::exclusive_overlap) continue;
      const Formula example = formula(finding.example);
      ++examples;
      for (const std::uint32_t policy : {finding.one, finding.other}) {
        const Formula whole = formula(whole_rule(catalogue.policies()[policy]));
        EXPECT_EQ(contained(example, whole, checker.predicates()), Verdict::yes)
            << finding.example << " / " << whole_rule(catalogue.policies()[policy]);
      }
    }
  }
  EXPECT_GT(examples, catalogues);
}

}  // namespace
}  // namespace muster::testing
