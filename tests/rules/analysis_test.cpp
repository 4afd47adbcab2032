#include "muster/rules/analysis.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "rules/small_world.hpp"

namespace muster {
namespace {

using small_world::today;
using small_world::WorldUser;

class Analysis : public testing::Test {
 protected:
  Checker checker{small_world::schema()};

  Formula formula(const std::string& rule) {
    const auto checked = checker.check(rule);
    EXPECT_TRUE(checked) << rule;
    return checked ? *checker.spell_out(checked->formula) : Formula{};
  }
  bool is_never_true(const std::string& rule) {
    const Verdict verdict = never_true(formula(rule), checker.predicates());
    EXPECT_NE(verdict, Verdict::unknown);
    return verdict == Verdict::yes;
  }
  bool is_contained(const std::string& inner, const std::string& outer) {
    const Verdict verdict = contained(formula(inner), formula(outer), checker.predicates());
    EXPECT_NE(verdict, Verdict::unknown);
    return verdict == Verdict::yes;
  }
};

TEST_F(Analysis, KnowsThatACategoryHasOneValue) {
  EXPECT_TRUE(is_never_true("(c = 'x' OR b) AND c = 'y' AND NOT b"));
  EXPECT_FALSE(is_never_true("(c = 'x' OR b) AND c = 'y'"));
  EXPECT_TRUE(is_contained("c = 'x' AND b", "c <> 'y' AND c <> 'z'"));
}

TEST_F(Analysis, KnowsThatNumbersAreOrdered) {
  EXPECT_TRUE(is_never_true("(n < 1 OR n > 5) AND (n BETWEEN 2 AND 3 OR n IS NULL)"));
  EXPECT_TRUE(is_contained("n > 3 AND b", "n >= 1"));
  EXPECT_FALSE(is_contained("n >= 1", "n > 1"));
}

TEST_F(Analysis, KnowsThatNullIsApart) {
  EXPECT_TRUE(is_never_true("(n < 1 OR b) AND n IS NULL AND NOT b"));
  const auto always = [&](const char* rule) {
    return always_true(formula(rule), checker.predicates());
  };
  EXPECT_EQ(always("(n < 1 OR b) OR (n >= 1 OR NOT b)"), Verdict::yes);
  EXPECT_EQ(always("n < 1 OR (n >= 1 AND (b OR NOT b))"), Verdict::no);
  EXPECT_EQ(always("n < 1 OR n IS NULL OR (n >= 1 AND (b OR NOT b))"), Verdict::yes);
}

TEST_F(Analysis, KnowsWhatSetsShare) {
  EXPECT_TRUE(
      is_never_true("s HAS ANY ('u', 'v') AND (b OR NOT s HAS ANY ('u')) AND "
                    "(b OR NOT s HAS ANY ('v')) AND NOT b"));
  EXPECT_FALSE(
      is_never_true("s HAS ANY ('u', 'v') AND s HAS ANY ('u', 'w') AND "
                    "NOT s HAS ANY ('u')"));
  EXPECT_TRUE(is_contained("s HAS ALL ('u', 'v')", "s HAS ANY ('v', 'w')"));
  EXPECT_FALSE(is_contained("s HAS ANY ('v', 'w')", "s HAS ANY ('v')"));
}

TEST_F(Analysis, KnowsThatUnknownDatesAreNoNumberOfDaysAway) {
  EXPECT_TRUE(is_never_true("(days_until(d) < 0 OR b) AND days_until(d) > 5 AND NOT b"));
  EXPECT_FALSE(is_never_true("days_until(d) < 0 AND d > '2030-01-01'"));
}

TEST_F(Analysis, GivesUpWithinTheBudget) {
  // As many pigeons as holes and one more, as booleans: hard for any search of this kind.
  std::vector<Tag> tags;
  const int holes = 8;
  for (int i = 0; i < holes * (holes + 1); ++i) {
    tags.push_back({.name = "p" + std::to_string(i), .type = TagType::boolean});
  }
  Checker pigeons(*Schema::make(std::move(tags)));
  const auto name = [&](int pigeon, int hole) {
    return "p" + std::to_string(pigeon * holes + hole);
  };
  std::string rule = "TRUE";
  for (int p = 0; p <= holes; ++p) {
    rule += " AND (FALSE";
    for (int h = 0; h < holes; ++h) rule += " OR " + name(p, h);
    rule += ")";
    for (int q = 0; q < p; ++q) {
      for (int h = 0; h < holes; ++h)
        rule += " AND NOT (" + name(p, h) + " AND " + name(q, h) + ")";
    }
  }
  const auto checked = pigeons.check(rule);
  ASSERT_TRUE(checked) << checked.error().message;
  EXPECT_EQ(never_true(checked->formula, pigeons.predicates()), Verdict::unknown);
  EXPECT_EQ(find_user(checked->formula, pigeons.predicates(), {.max_steps = 0}).found,
            Verdict::unknown);
}

TEST_F(Analysis, FindsUsersThatMatch) {
  const Formula wanted = formula("(n < 2 OR c = 'x') AND NOT b AND s HAS ALL ('u', 'v')");
  const Witness witness = find_user(wanted, checker.predicates());
  ASSERT_EQ(witness.found, Verdict::yes);
  int users = 0;
  int missed = 0;
  small_world::for_each_user([&](const WorldUser& user) {
    const bool fits =
        std::all_of(witness.tags.begin(), witness.tags.end(),
                    [&](const Predicate& tag) { return holds(tag, user.cell(tag.tag), today); });
    users += fits;
    missed += fits && !holds(wanted, checker.predicates(), user, today);
  });
  EXPECT_GT(users, 0);
  EXPECT_EQ(missed, 0);
}

// Rules that do not mix a date and the days until it: with today open these are independent,
// which a fixed today can not show.
TEST_F(Analysis, AgreesWithTryingEveryUser) {
  small_world::Random random(11);
  for (int i = 0; i < 150; ++i) {
    const std::string inner = small_world::random_rule(random, 2, false);
    const std::string outer = small_world::random_rule(random, 2, false);
    const Formula a = formula(inner);
    const Formula b = formula(outer);
    bool some = false;
    bool all = true;
    bool within = true;
    small_world::for_each_user([&](const WorldUser& user) {
      const bool in_a = holds(a, checker.predicates(), user, today);
      some |= in_a;
      all &= in_a;
      within &= !in_a || holds(b, checker.predicates(), user, today);
    });
    const auto verdict = [](bool yes) { return yes ? Verdict::yes : Verdict::no; };
    EXPECT_EQ(never_true(a, checker.predicates()), verdict(!some)) << inner;
    EXPECT_EQ(always_true(a, checker.predicates()), verdict(all)) << inner;
    EXPECT_EQ(contained(a, b, checker.predicates()), verdict(within)) << inner << " / " << outer;
  }
}

std::string to_text(const std::vector<Finding>& findings) {
  static const char* names[] = {"never_true", "always_true", "equal", "contained", "gave_up"};
  std::string out;
  for (const Finding& finding : findings) {
    if (!out.empty()) out += ", ";
    out += std::to_string(finding.rule) + " " + names[static_cast<int>(finding.kind)];
    const bool single =
        finding.kind == Finding::Kind::never_true || finding.kind == Finding::Kind::always_true;
    if (!single) out += " " + std::to_string(finding.other);
  }
  return out;
}

TEST_F(Analysis, ListsWhatIsOddAboutRules) {
  std::vector<Formula> rules;
  for (const char* rule :
       {"n > 1", "n > 2 AND b", "b AND (n < 1 OR c = 'x') AND n >= 1 AND c = 'y'", "b AND n > 2",
        "c = 'x' OR (c <> 'x' AND n < 5) OR c IS NULL OR n >= 5 OR n IS NULL", "NOT b",
        "b AND NOT (n <= 2)", "n > 2", "q"}) {
    rules.push_back(formula(rule));
  }
  EXPECT_EQ(to_text(analyse(rules, checker.predicates()).value()),
            "1 contained 0, 1 contained 7, 2 never_true, 3 equal 1, 4 always_true, 6 equal 1, "
            "7 contained 0");
}

TEST_F(Analysis, PairsAgreeWithTryingEveryUser) {
  small_world::Random random(3);
  std::vector<Formula> rules;
  std::vector<std::vector<bool>> users;
  for (int i = 0; i < 40; ++i) {
    rules.push_back(formula(small_world::random_rule(random, 1, false)));
    users.emplace_back();
    small_world::for_each_user([&](const WorldUser& user) {
      users.back().push_back(holds(rules.back(), checker.predicates(), user, today));
    });
  }
  std::string expected;
  const auto add = [&](std::size_t rule, const std::string& what) {
    expected += (expected.empty() ? "" : ", ") + std::to_string(rule) + " " + what;
  };
  const auto within = [&](std::size_t a, std::size_t b) {
    return std::equal(users[a].begin(), users[a].end(), users[b].begin(),
                      [](bool x, bool y) { return !x || y; });
  };
  std::vector<bool> aside(rules.size());
  std::vector<std::string> single(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto yes = std::count(users[i].begin(), users[i].end(), true);
    if (yes == 0) single[i] = "never_true";
    if (yes == static_cast<std::ptrdiff_t>(users[i].size())) single[i] = "always_true";
    for (std::size_t j = 0; j < i && single[i].empty(); ++j) {
      if (!aside[j] && users[i] == users[j]) single[i] = "equal " + std::to_string(j);
    }
    aside[i] = !single[i].empty();
  }
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (aside[i]) add(i, single[i]);
    for (std::size_t j = 0; j < rules.size(); ++j) {
      if (i != j && !aside[i] && !aside[j] && within(i, j))
        add(i, "contained " + std::to_string(j));
    }
  }
  EXPECT_EQ(to_text(analyse(rules, checker.predicates()).value()), expected);
}

TEST_F(Analysis, TellsProgress) {
  const std::vector<Formula> rules(100, formula("b AND n > 2"));
  std::vector<std::uint64_t> told;
  RunOptions run;
  run.progress = [&](std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(total, 300u);
    told.push_back(done);
  };
  EXPECT_EQ(analyse(rules, checker.predicates(), {}, run)->size(), 99u);
  EXPECT_EQ(told, (std::vector<std::uint64_t>{64, 128, 192, 256, 300}));
  told.clear();
  EXPECT_TRUE(analyse({}, checker.predicates(), {}, run)->empty());
  EXPECT_TRUE(told.empty());
}

// In each of the passes.
TEST_F(Analysis, CanBeCancelled) {
  const std::vector<Formula> rules(100, formula("b AND n > 2"));
  for (const std::uint64_t when : {64u, 128u, 256u, 300u}) {
    CancelToken cancel;
    std::uint64_t last = 0;
    RunOptions run;
    run.cancel = &cancel;
    run.progress = [&](std::uint64_t done, std::uint64_t) {
      last = done;
      if (done == when) cancel.cancel();
    };
    const auto findings = analyse(rules, checker.predicates(), {}, run);
    ASSERT_FALSE(findings) << when;
    EXPECT_EQ(findings.error().code, Errc::cancelled);
    EXPECT_EQ(findings.error().message, "the analysis was cancelled");
    EXPECT_EQ(last, when);
  }
}

TEST_F(Analysis, ComparesAThousandRules) {
  small_world::Random random(5);
  std::vector<Tag> tags;
  for (int i = 0; i < 200; ++i) {
    tags.push_back({.name = "t" + std::to_string(i), .type = TagType::boolean});
  }
  Checker many(*Schema::make(std::move(tags)));
  std::vector<Formula> rules;
  for (int i = 0; i < 1000; ++i) {
    std::string rule = "t" + std::to_string(random.below(200));
    for (std::size_t j = random.below(5) + 2; j > 0; --j) {
      rule += random.below(5) ? " AND " : " AND NOT ";
      rule += "t" + std::to_string(random.below(200));
    }
    rules.push_back(many.check(rule)->formula);
  }
  rules.push_back(rules[17]);
  const auto findings = analyse(rules, many.predicates()).value();
  EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.kind == Finding::Kind::equal && finding.rule == 1000 && finding.other == 17;
  }));
}

}  // namespace
}  // namespace muster
