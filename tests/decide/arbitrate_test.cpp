#include "decide/arbitrate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "prepared_world.hpp"
#include "random_case.hpp"

namespace muster::testing {
namespace {

/// Policies A, B, C, … of these exclusion groups, and a view's places.
Draft draft_of(const std::vector<std::vector<std::string>>& groups, std::uint32_t primary,
               std::uint32_t secondary) {
  Draft draft = small_draft();
  draft.policies.clear();
  for (std::size_t i = 0; i < groups.size(); ++i) {
    draft.policies.push_back(policy(std::string(1, static_cast<char>('A' + i))));
    draft.policies.back().groups = groups[i];
  }
  draft.arbitration.primary = primary;
  draft.arbitration.secondary = secondary;
  return draft;
}

std::string text_of(const Contender& one) {
  return static_cast<char>('A' + one.policy) + (" " + std::string(name(one.reason)));
}

/// "C primary, A secondary | B excluded"; the rest by id.
std::string outcome(const Draft& draft, std::vector<Contender> contenders) {
  const auto catalogue = prepared(draft);
  Arbiter arbiter(*catalogue);
  arbiter.run(*catalogue, contenders);  // nothing of a decision is left for the next
  std::string offered, others;
  for (const std::uint32_t one : arbiter.run(*catalogue, contenders)) {
    offered += (offered.empty() ? "" : ", ") + text_of(contenders[one]);
  }
  for (const Contender& one : contenders) {
    if (step_of(one.reason) == Step::offered) continue;
    others += (others.empty() ? "" : ", ") + text_of(one);
  }
  return others.empty() ? offered : offered + " | " + others;
}

TEST(Arbitrate, OrdersByTierThenScoreThenId) {
  EXPECT_EQ(outcome(draft_of({{}, {}, {}, {}, {}}, 1, 3),
                    {{1, 5, 0}, {1, 9, 1}, {0, 1, 2}, {1, 5, 3}, {2, 99, 4}}),
            "C primary, B secondary, A secondary, D secondary | E outranked");
}

TEST(Arbitrate, OffersOnePolicyOfAGroup) {
  EXPECT_EQ(outcome(draft_of({{"g"}, {"g", "h"}, {"h"}, {}}, 1, 2),
                    {{1, 9, 0}, {1, 8, 1}, {1, 7, 2}, {1, 6, 3}}),
            "A primary, C secondary, D secondary | B excluded");
}

TEST(Arbitrate, WhatIsNotOfferedKeepsNoGroup) {
  EXPECT_EQ(outcome(draft_of({{}, {"g"}, {"g"}}, 1, 0), {{1, 9, 0}, {1, 8, 1}, {1, 7, 2}}),
            "A primary | B outranked, C outranked");
  EXPECT_EQ(outcome(draft_of({{"g"}, {}, {"g"}}, 1, 0), {{1, 9, 0}, {1, 8, 1}, {1, 7, 2}}),
            "A primary | B outranked, C excluded");
}

TEST(Arbitrate, MayHaveNothingToDo) {
  EXPECT_EQ(outcome(draft_of({{}}, 1, 1), {}), "");
  EXPECT_EQ(outcome(draft_of({{}}, 3, 3), {{1, 0, 0}}), "A primary");
}

// As plainly as it can be said.
std::map<PolicyIndex, Reason> plainly(const Draft& draft, std::vector<Contender> contenders) {
  std::sort(contenders.begin(), contenders.end(), is_better);
  std::vector<std::string> held;
  std::map<PolicyIndex, Reason> out;
  std::size_t offered = 0;
  for (const Contender& one : contenders) {
    const auto& groups = draft.policies[one.policy].groups;
    const bool excluded =
        std::find_first_of(held.begin(), held.end(), groups.begin(), groups.end()) != held.end();
    const std::size_t primary = draft.arbitration.primary;
    if (excluded) {
      out[one.policy] = Reason::excluded;
    } else if (offered == primary + draft.arbitration.secondary) {
      out[one.policy] = Reason::outranked;
    } else {
      out[one.policy] = offered++ < primary ? Reason::primary : Reason::secondary;
      held.insert(held.end(), groups.begin(), groups.end());
    }
  }
  return out;
}

TEST(Arbitrate, DoesAsSortingWould) {
  Dice dice(3);
  for (int i = 0; i < 300; ++i) {
    std::vector<std::vector<std::string>> groups(1 + dice.below(60));
    for (auto& its : groups) {
      for (const char* group : {"g", "h", "i", "k"}) {
        if (dice.one_in(5)) its.emplace_back(group);
      }
    }
    const Draft draft = draft_of(groups, static_cast<std::uint32_t>(1 + dice.below(3)),
                                 static_cast<std::uint32_t>(dice.below(6)));
    std::vector<Contender> contenders;
    for (std::uint32_t k = 0; k < groups.size(); ++k) {
      contenders.push_back({static_cast<std::int32_t>(dice.below(3)) - 1,
                            (static_cast<double>(dice.below(7)) - 3) * 0.7, k, 0,
                            Reason::outranked});
    }
    const auto right = plainly(draft, contenders);
    const auto catalogue = prepared(draft);
    Arbiter arbiter(*catalogue);
    const auto offered = arbiter.run(*catalogue, contenders);
    EXPECT_TRUE(std::is_sorted(offered.begin(), offered.end(), [&](auto a, auto b) {
      return is_better(contenders[a], contenders[b]);
    }));
    for (const Contender& one : contenders) EXPECT_EQ(one.reason, right.at(one.policy));
  }
}

}  // namespace
}  // namespace muster::testing
