// The engine against a slow reference, and what must hold of every view.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "random_case.hpp"
#include "reference_decision.hpp"

namespace muster::testing {
namespace {

#ifdef MUSTER_SANITIZE
constexpr std::size_t catalogues = 60, cases = 20, many = 10;  // too few for a large catalogue
#else
constexpr std::size_t catalogues = 1000, cases = 100, many = 40;
#endif

bool near(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b)); }

std::string text_of(const ReferenceDecision& its) {
  std::string out = fmt::format("high {}\n", its.high_value);
  for (const auto& one : its.offers) {
    out += fmt::format("{} {} {} = {} {} {} {} {}", one.policy, one.primary, one.score,
                       one.propensity, one.value, one.context, one.lever, one.contact_cost);
    for (const auto& some : one.channels) {
      out +=
          fmt::format(" [{} {} {} {}]", some.channel, some.preferred, some.propensity, some.rank);
    }
    out += '\n';
  }
  for (const auto& [policy, reason] : its.omissions)
    out += policy + " " + std::string(name(reason)) + "\n";
  return out;
}

ReferenceDecision as_reference(const PolicyView& view) {
  ReferenceDecision out;
  const auto policies = view.catalogue().policies();
  out.high_value = view.high_value();
  for (const Offer& one : view.offers()) {
    out.offers.push_back({policies[one.policy].id,
                          one.primary,
                          one.score,
                          one.propensity,
                          one.value,
                          one.context,
                          one.lever,
                          one.contact_cost,
                          {one.channels.begin(), one.channels.end()}});
  }
  for (const Omission& one : view.omissions()) {
    out.omissions.emplace_back(policies[one.policy].id, one.reason);
  }
  return out;
}

bool same(const RankedChannel& a, const RankedChannel& b) {
  return a.channel == b.channel && a.preferred == b.preferred && near(a.propensity, b.propensity) &&
         near(a.rank, b.rank);
}

bool same(const ReferenceDecision::Offered& a, const ReferenceDecision::Offered& b) {
  return a.policy == b.policy && a.primary == b.primary && near(a.score, b.score) &&
         near(a.propensity, b.propensity) && a.value == b.value && near(a.context, b.context) &&
         near(a.lever, b.lever) && a.contact_cost == b.contact_cost &&
         std::equal(a.channels.begin(), a.channels.end(), b.channels.begin(), b.channels.end(),
                    [](const auto& x, const auto& y) { return same(x, y); });
}

bool same(const ReferenceDecision& a, const ReferenceDecision& b) {
  return a.high_value == b.high_value && a.omissions == b.omissions &&
         std::equal(a.offers.begin(), a.offers.end(), b.offers.begin(), b.offers.end(),
                    [](const auto& x, const auto& y) { return same(x, y); });
}

/// A random catalogue in engines that decide from the same history.
struct World {
  explicit World(std::uint64_t seed)
      : dice(seed), draft(random_draft(dice)), catalogue(draft.make()) {}

  Engine engine_with(const Catalogue& of) const {
    Engine engine({.history = history});
    EXPECT_TRUE(engine.deploy(of));
    return engine;
  }

  Dice dice;
  Draft draft;
  Catalogue catalogue;
  std::shared_ptr<FixedHistory> history = std::make_shared<FixedHistory>();
};

TEST(Reference, DecidesAsTheEngine) {
  std::size_t offers = 0, most_contenders = 0, numbered = 0;
  std::map<Reason, std::size_t> seen;
  for (std::uint64_t seed = 0; seed < catalogues; ++seed) {
    World world(seed);
    const Engine engine = world.engine_with(world.catalogue);
    Reference reference(world.catalogue);
    for (std::size_t i = 0; i < cases; ++i) {
      const User user = random_user(world.catalogue.schema(), world.dice);
      const std::string key = random_key(world.dice);
      const Moment now = random_moment(world.dice, world.catalogue.time_zone());
      *world.history = random_history(world.draft, now, world.dice);
      const Result<PolicyView> view = engine.decide({key, user}, now);
      ASSERT_TRUE(view) << view.error().message;
      const ReferenceDecision found = as_reference(*view);
      const ReferenceDecision right =
          reference.decide({key, user}, now, world.history->all, world.history->taken_of);
      ASSERT_TRUE(same(found, right)) << "catalogue " << seed << ", case " << i << "\nfound\n"
                                      << text_of(found) << "right\n"
                                      << text_of(right) << world.draft.to_json();
      offers += found.offers.size();
      std::size_t contenders = found.offers.size();
      for (const auto& [policy, reason] : found.omissions) {
        ++seen[reason];
        contenders += step_of(reason) == Step::arbitrate;
      }
      most_contenders = std::max(most_contenders, contenders);
      numbered += world.history->numbered;
    }
  }
  EXPECT_GT(offers, catalogues * cases / 4);
  // Every reason for a policy that matches comes up.
  EXPECT_EQ(seen.size(), 17u);
  // So does every way of taking the best, and of reading a history.
  EXPECT_GT(most_contenders, many);
  EXPECT_GT(numbered, catalogues * cases / 4);
}

TEST(Reference, ViewsHoldNoPolicyThatDoesNotMatchOrMayNotBeCarried) {
  for (std::uint64_t seed = 0; seed < catalogues / 10; ++seed) {
    World world(seed + 50'000);
    const Engine engine = world.engine_with(world.catalogue);
    const RuleSet rules = world.catalogue.compile().value();
    for (std::size_t i = 0; i < cases; ++i) {
      const User user = random_user(world.catalogue.schema(), world.dice);
      const Moment now = random_moment(world.dice, world.catalogue.time_zone());
      *world.history = random_history(world.draft, now, world.dice);
      const PolicyView view = engine.decide({"u3", user}, now).value();
      const auto bits =
          rules.encoder().encode(user, world.catalogue.time_zone().local(now).day).value();
      for (const Offer& one : view.offers()) {
        const Policy& policy = world.catalogue.policies()[one.policy];
        ASSERT_TRUE(rules.matches(bits, one.policy)) << policy.id;
        for (const RankedChannel& channel : one.channels) {
          const std::string& id = world.catalogue.channels()[channel.channel].id;
          const GateAnswer gate = engine.check({"u3", user}, policy.id, id, now).value();
          ASSERT_TRUE(gate.allowed) << policy.id << " on " << id << ": " << gate.text;
        }
      }
    }
  }
}

TEST(Reference, ViewsAreTheSameHoweverPoliciesAreOrdered) {
  for (std::uint64_t seed = 0; seed < catalogues / 10; ++seed) {
    World world(seed + 90'000);
    const Catalogue other = shuffled(world.draft, world.dice).make();
    ASSERT_EQ(other.content_hash(), world.catalogue.content_hash());
    const Engine one = world.engine_with(world.catalogue), two = world.engine_with(other);
    for (std::size_t i = 0; i < cases / 4; ++i) {
      const User user = random_user(world.catalogue.schema(), world.dice);
      const Moment now = random_moment(world.dice, world.catalogue.time_zone());
      *world.history = random_history(world.draft, now, world.dice);
      const std::string key = random_key(world.dice);
      std::vector<std::byte> record;
      const PolicyView view = one.decide({key, user}, now, {.seed = i, .record = &record}).value();
      std::reverse(world.history->all.begin(), world.history->all.end());
      ASSERT_EQ(two.decide({key, user}, now, {.seed = i}).value().to_json(), view.to_json());
      ASSERT_EQ(two.replay(record).value().to_json(), view.to_json());
    }
  }
}

}  // namespace
}  // namespace muster::testing
