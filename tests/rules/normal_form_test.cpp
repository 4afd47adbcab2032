#include "muster/rules/normal_form.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "rules/small_world.hpp"

namespace muster {
namespace {

std::string to_text(const std::vector<Conjunction>& form, const PredicatePool& pool) {
  std::vector<std::string> lines;
  for (const Conjunction& conjunction : form) {
    std::vector<std::string> parts;
    for (const PredicateId id : conjunction) {
      parts.push_back(to_rule_text(pool.schema(), pool[id]));
    }
    std::sort(parts.begin(), parts.end());
    std::string line;
    for (const std::string& part : parts) line += (line.empty() ? "" : " & ") + part;
    lines.push_back(line.empty() ? "TRUE" : line);
  }
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? "" : " | ") + line;
  return out.empty() ? "FALSE" : out;
}

TEST(NormalForm, IsShort) {
  const std::pair<const char*, const char*> cases[] = {
      {"b", "b"},
      {"b AND NOT b", "FALSE"},
      {"b OR NOT b", "TRUE"},
      {"b AND (q OR c = 'x')", "b & c = 'x' | b & q"},
      {"b OR (b AND q)", "b"},
      {"(b OR q) AND (b OR c = 'x')", "b | c = 'x' & q"},
      {"(b OR q) AND (NOT b OR c = 'x')", "NOT b & q | b & c = 'x' | c = 'x' & q"},
      {"(n < 2 OR b) AND n >= 3", "b & n >= 3"},
      {"(n < 2 OR b) AND (n >= 3 OR b)", "b"},
      {"(n > 1 OR b) AND n < 2", "b & n < 2 | n > 1 AND n < 2"},
      {"s HAS ALL ('u', 'v') AND (b OR s HAS ANY ('u'))", "s HAS ANY ('u') & s HAS ANY ('v')"},
      {"(d > '1972-09-28' OR b) AND days_until(d) <= 0",
       "b & days_until(d) <= 0 | d >= '1972-09-29' & days_until(d) <= 0"},
  };
  for (const auto& [rule, expected] : cases) {
    Checker checker(small_world::schema());
    const auto checked = checker.check(rule);
    ASSERT_TRUE(checked) << rule;
    const auto form = disjunctive_normal_form(checked->formula, checker.predicates(), 64);
    ASSERT_TRUE(form) << rule;
    EXPECT_EQ(to_text(*form, checker.predicates()), expected) << rule;
    for (const Conjunction& conjunction : *form) {
      EXPECT_TRUE(std::is_sorted(conjunction.begin(), conjunction.end()));
    }
  }
}

std::string pairs(int count) {
  std::string rule;
  for (int i = 0; i < count; ++i) {
    if (i > 0) rule += " AND ";
    rule += "(t" + std::to_string(2 * i) + " OR t" + std::to_string(2 * i + 1) + ")";
  }
  return rule;
}

Schema many_booleans(int count) {
  std::vector<Tag> tags;
  for (int i = 0; i < count; ++i) {
    tags.push_back({.name = "t" + std::to_string(i), .type = TagType::boolean});
  }
  return *Schema::make(std::move(tags));
}

TEST(NormalForm, GivesUpAtTheBound) {
  Checker checker(many_booleans(4000));
  const auto conjunctions = [&](int count, std::size_t most) {
    return disjunctive_normal_form(checker.check(pairs(count))->formula, checker.predicates(),
                                   most);
  };
  EXPECT_EQ(conjunctions(6, 64)->size(), 64u);
  EXPECT_FALSE(conjunctions(7, 64));
  EXPECT_FALSE(conjunctions(6, 63));
  EXPECT_FALSE(conjunctions(2000, 64));
}

TEST(NormalForm, HoldsWhereTheFormulaHolds) {
  small_world::Random random(7);
  for (int i = 0; i < 150; ++i) {
    Checker checker(small_world::schema());
    const std::string rule = small_world::random_rule(random, 3);
    const auto checked = checker.check(rule);
    ASSERT_TRUE(checked) << rule << checked.error().message;
    const auto form = disjunctive_normal_form(checked->formula, checker.predicates(), 1000);
    if (!form) continue;
    const PredicatePool& pool = checker.predicates();
    int wrong = 0;
    small_world::for_each_user([&](const small_world::WorldUser& user) {
      const auto yes = [&](PredicateId id) {
        return holds(pool[id], user.cell(pool[id].tag), small_world::today);
      };
      const bool any = std::any_of(form->begin(), form->end(), [&](const Conjunction& all) {
        return std::all_of(all.begin(), all.end(), yes);
      });
      wrong += any != holds(checked->formula, pool, user, small_world::today);
    });
    EXPECT_EQ(wrong, 0) << rule;
  }
}

}  // namespace
}  // namespace muster
