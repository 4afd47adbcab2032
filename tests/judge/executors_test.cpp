#include <gtest/gtest.h>

#include <algorithm>

#include "judge/random_rules.hpp"
#include "judge/trial.hpp"
#include "muster/match/audience.hpp"
#include "muster/match/kernel.hpp"

// Everything that can answer a rule gives the reference evaluator's answer.
namespace muster::judge {
namespace {

using Verdicts = std::vector<std::vector<bool>>;  // of rules, then rows

/// One row's answers of all rules.
struct Answers {
  std::vector<RuleId> ids;
  std::vector<std::uint64_t> bits;
};

std::vector<Answers> answers_by_row(const Verdicts& verdicts, std::size_t rows) {
  std::vector<Answers> all(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    all[row].bits.resize((verdicts.size() + 63) / 64);
    for (std::size_t rule = 0; rule < verdicts.size(); ++rule) {
      if (!verdicts[rule][row]) continue;
      all[row].ids.push_back(static_cast<RuleId>(rule));
      all[row].bits[rule / 64] |= std::uint64_t{1} << (rule % 64);
    }
  }
  return all;
}

class Judge {
 public:
  explicit Judge(Trial trial) : trial_(std::move(trial)), verdicts_(verdicts(trial_)) {
    answers_ = answers_by_row(verdicts_, trial_.rows.size());
    for (const Row& row : trial_.rows) users_.push_back(to_user(trial_.schema, row));
  }

  /// Of all rules and rows.
  double share_of_matches() const;
  void judge_formulas();
  /// Users of the table are the rows again and again.
  void judge_kernels(std::size_t table_size);

 private:
  RuleSetBuilder builder() const;
  void judge_rule_set(const RuleSet& rules) const;
  void judge_user(const RuleSet& rules, Scratch& scratch, std::span<const std::uint64_t> user,
                  const Answers& expected) const;
  void judge_changes(const RuleSet& rules,
                     const std::vector<std::vector<std::uint64_t>>& users) const;
  void judge_audience(const RuleSet& rules, const UserTable& table, unsigned threads) const;
  bool verdict(std::size_t rule, std::size_t user) const {
    return verdicts_[rule][user % trial_.rows.size()];
  }

  Trial trial_;
  Verdicts verdicts_;
  std::vector<Answers> answers_;
  std::vector<User> users_;
};

double Judge::share_of_matches() const {
  std::size_t matches = 0;
  for (const Answers& answers : answers_) matches += answers.ids.size();
  return static_cast<double>(matches) /
         static_cast<double>(trial_.rules.size() * trial_.rows.size());
}

void Judge::judge_formulas() {
  Checker checker(trial_.schema);
  Segments segments;
  for (const auto& [name, rule] : trial_.segments) {
    ASSERT_TRUE(checker.define(name, rule));
    segments[name] = *parse(rule);
  }
  for (std::size_t rule = 0; rule < trial_.rules.size(); ++rule) {
    const std::string& text = trial_.rules[rule];
    const Result<Checked> checked = checker.check(text);
    ASSERT_TRUE(checked) << text << "\n" << checked.error().message;
    const Result<Formula> formula = checker.spell_out(checked->formula);
    ASSERT_TRUE(formula) << text;
    const std::string printed = to_text(checked->formula, checker);
    const Result<Expr> reread = parse(printed);
    ASSERT_TRUE(reread) << text << "\n" << printed;
    for (std::size_t row = 0; row < users_.size(); ++row) {
      const bool expected = verdicts_[rule][row];
      ASSERT_EQ(holds(*formula, checker.predicates(), users_[row], trial_.today), expected)
          << text << "\nrow " << row;
      ASSERT_EQ(evaluate(*reread, trial_.rows[row], segments, trial_.today) == Truth::yes, expected)
          << text << "\n"
          << printed << "\nrow " << row;
    }
  }
}

RuleSetBuilder Judge::builder() const {
  RuleSetBuilder builder(trial_.schema);
  for (const auto& [name, rule] : trial_.segments) EXPECT_TRUE(builder.define(name, rule));
  for (const std::string& rule : trial_.rules) {
    const Result<RuleId> id = builder.add(rule);
    EXPECT_TRUE(id) << rule << "\n" << id.error().message;
  }
  return builder;
}

void Judge::judge_kernels(std::size_t table_size) {
  UserTable table(trial_.schema);
  for (std::size_t i = 0; i < table_size; ++i) {
    ASSERT_TRUE(table.append({}, users_[i % users_.size()]));
  }
  ASSERT_FALSE(kernel_names().empty());
  for (const std::string_view kernel : kernel_names()) {
    SCOPED_TRACE(std::string(kernel));
    CompileOptions options;
    options.kernel = kernel;
    const Result<RuleSet> rules = builder().compile(options);
    ASSERT_TRUE(rules) << rules.error().message;
    ASSERT_EQ(rules->kernel(), kernel);
    judge_rule_set(*rules);
    judge_audience(*rules, table, 1);
    judge_audience(*rules, table, 2);
    const Result<RuleSet> loaded = RuleSet::load(rules->save(), options);
    ASSERT_TRUE(loaded) << loaded.error().message;
    judge_rule_set(*loaded);
    if (testing::Test::HasFailure()) return;
  }
}

void Judge::judge_rule_set(const RuleSet& rules) const {
  ASSERT_EQ(rules.size(), trial_.rules.size());
  Scratch scratch(rules);
  std::vector<std::vector<std::uint64_t>> encoded;
  for (std::size_t row = 0; row < users_.size(); ++row) {
    auto user = rules.encoder().encode(users_[row], trial_.today);
    ASSERT_TRUE(user) << user.error().message;
    SCOPED_TRACE(row);
    judge_user(rules, scratch, *user, answers_[row]);
    if (testing::Test::HasFailure()) return;
    encoded.push_back(std::move(*user));
  }
  judge_changes(rules, encoded);
}

void Judge::judge_user(const RuleSet& rules, Scratch& scratch, std::span<const std::uint64_t> user,
                       const Answers& expected) const {
  std::vector<RuleId> ids(rules.size());
  ids.resize(rules.match(user, scratch, ids));
  ASSERT_EQ(ids, expected.ids);
  std::vector<RuleId> first(expected.ids.size() / 2);
  ASSERT_EQ(rules.match(user, scratch, first), expected.ids.size());
  ASSERT_TRUE(std::equal(first.begin(), first.end(), expected.ids.begin()));
  std::vector<std::uint64_t> bits((rules.size() + 63) / 64, ~std::uint64_t{0});
  rules.match_bits(user, scratch, bits);
  ASSERT_EQ(bits, expected.bits);
  for (RuleId rule = 0; rule < rules.size(); ++rule) {
    ASSERT_EQ(rules.matches(user, rule), (expected.bits[rule / 64] >> (rule % 64) & 1) != 0)
        << trial_.rules[rule];
  }
}

void Judge::judge_changes(const RuleSet& rules,
                          const std::vector<std::vector<std::uint64_t>>& users) const {
  Scratch scratch(rules);
  for (std::size_t before = 0; before < users.size(); ++before) {
    const std::size_t after = (before * 7 + 3) % users.size();
    const std::vector<RuleId>& had = answers_[before].ids;
    const std::vector<RuleId>& has = answers_[after].ids;
    std::vector<RuleId> entered, left, expected_entered, expected_left;
    rules.changed(users[before], users[after], scratch, entered, left);
    std::set_difference(has.begin(), has.end(), had.begin(), had.end(),
                        std::back_inserter(expected_entered));
    std::set_difference(had.begin(), had.end(), has.begin(), has.end(),
                        std::back_inserter(expected_left));
    ASSERT_EQ(entered, expected_entered) << before << " to " << after;
    ASSERT_EQ(left, expected_left) << before << " to " << after;
  }
}

void Judge::judge_audience(const RuleSet& rules, const UserTable& table, unsigned threads) const {
  SCOPED_TRACE("audience, threads: " + std::to_string(threads));
  RunOptions run;
  run.threads = threads;
  const Result<EncodedUsers> users = rules.encoder().encode(table, trial_.today, run);
  ASSERT_TRUE(users) << users.error().message;
  const Audience audience(rules);

  const std::size_t words = Audience::words_per_rule(*users);
  std::vector<std::uint64_t> counts(rules.size()), bitmaps(rules.size() * words);
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    for (std::size_t user = 0; user < table.size(); ++user) {
      if (!verdict(rule, user)) continue;
      ++counts[rule];
      bitmaps[rule * words + user / 64] |= std::uint64_t{1} << (user % 64);
    }
  }
  ASSERT_EQ(*audience.counts(*users, run), counts);
  ASSERT_EQ(*audience.bitmaps(*users, run), bitmaps);
  for (RuleId rule = 0; rule < rules.size(); rule += 1 + static_cast<RuleId>(rules.size() / 20)) {
    const auto begin = bitmaps.begin() + static_cast<std::ptrdiff_t>(rule * words);
    ASSERT_EQ(*audience.bitmap(*users, rule, run),
              std::vector<std::uint64_t>(begin, begin + static_cast<std::ptrdiff_t>(words)));
  }

  const Result<Audience::Pairs> pairs = audience.pairs(*users, run);
  ASSERT_EQ(pairs->first.size(), table.size() + 1);
  for (std::size_t user = 0; user < table.size(); ++user) {
    const std::vector<RuleId>& expected = answers_[user % answers_.size()].ids;
    const auto begin = pairs->rules.begin() + static_cast<std::ptrdiff_t>(pairs->first[user]);
    const auto end = pairs->rules.begin() + static_cast<std::ptrdiff_t>(pairs->first[user + 1]);
    ASSERT_TRUE(std::equal(begin, end, expected.begin(), expected.end())) << "user " << user;
  }

  if (rules.size() > 500) return;  // a square matrix
  std::vector<std::uint64_t> overlaps(rules.size() * rules.size());
  for (std::size_t user = 0; user < table.size(); ++user) {
    const std::vector<RuleId>& ids = answers_[user % answers_.size()].ids;
    for (const RuleId a : ids) {
      for (const RuleId b : ids) ++overlaps[a * rules.size() + b];
    }
  }
  ASSERT_EQ(*audience.overlaps(*users, run), overlaps);
}

Tag tag(const char* name, TagType type, std::vector<std::string> values = {}) {
  Tag out;
  out.name = name;
  out.type = type;
  out.nullable = true;
  out.values = std::move(values);
  return out;
}

Trial all_small_rules(const std::vector<std::string>& conditions) {
  const std::vector<Value> truths = {Value(), Truth::no, Truth::yes};
  Trial trial{
      *Schema::make({tag("a", TagType::boolean), tag("b", TagType::boolean),
                     tag("n", TagType::number), tag("c", TagType::category, {"x", "y", "苹果"})}),
      all_rows({{"a", truths},
                {"b", truths},
                {"n", {Value(), std::int64_t{1}, std::int64_t{2}, 2.5}},
                {"c", {Value(), std::string("x"), std::string("y")}}}),
      {{"s", "n > 2 OR b"}},
      all_rules(conditions, 2),
      {}};
  return trial;
}

TEST(Executors, AgreeOnAllSmallRulesOverTruthValues) {
  Judge judge(all_small_rules({"a", "b", "SEGMENT(s)", "NULL"}));
  judge.judge_formulas();
  judge.judge_kernels(200);
}

TEST(Executors, AgreeOnAllSmallRulesOverNumbersAndCategories) {
  Judge judge(all_small_rules({"n < 2", "n BETWEEN 2 AND 2", "c = 'x'", "c IN ('y', NULL)"}));
  judge.judge_formulas();
  judge.judge_kernels(200);
}

// Three operators: more rules, over as few tags as still make them differ.
TEST(Executors, AgreeOnAllRulesOfThreeOperators) {
  const std::vector<Value> truths = {Value(), Truth::no, Truth::yes};
  Trial trial{*Schema::make({tag("a", TagType::boolean), tag("n", TagType::number)}),
              all_rows({{"a", truths},
                        {"n", {Value(), std::int64_t{1}, std::int64_t{2}, std::int64_t{3}}}}),
              {{"s", "n > 2"}},
              all_rules({"a", "n < 2", "SEGMENT(s)"}, 3),
              {}};
  Judge judge(std::move(trial));
  judge.judge_formulas();
  judge.judge_kernels(100);
}

Trial random_trial(Random& random, std::size_t rows, std::size_t rules, int depth) {
  std::vector<Tag> tags = random_tags(random);
  Trial trial{*Schema::make(tags), {}, {}, {}, judgement_day()};
  for (std::size_t i = 0; i < rows; ++i) trial.rows.push_back(random_row(random, tags));
  RuleOptions options;
  for (const char* name : {"s1", "二", "the third"}) {
    options.depth = 3;
    trial.segments.emplace_back(name, random_rule(random, tags, options));
    options.segments.push_back(name);
  }
  for (std::size_t i = 0; i < rules; ++i) {
    options.depth = static_cast<int>(random.below(static_cast<std::size_t>(depth) + 1));
    trial.rules.push_back(random_rule(random, tags, options));
  }
  return trial;
}

TEST(Executors, AgreeOnRandomRules) {
  constexpr int trials = 150;
  Random random(1);
  double share = 0;
  for (int i = 0; i < trials; ++i) {
    SCOPED_TRACE(i);
    Judge judge(random_trial(random, 40, 30, 4));
    share += judge.share_of_matches() / trials;
    judge.judge_formulas();
    judge.judge_kernels(150);
    if (HasFailure()) return;
  }
  EXPECT_GT(share, 0.2);  // rules that hardly ever or nearly always match would judge little
  EXPECT_LT(share, 0.8);
}

TEST(Executors, AgreeOnManyRulesOverManyUsers) {
  Random random(2);
  for (int i = 0; i < 3; ++i) {
    SCOPED_TRACE(i);
    Judge judge(random_trial(random, 64, 700, 3));
    judge.judge_kernels(4096 + 100);
    if (HasFailure()) return;
  }
}

// (a OR b) AND (c OR d) AND …: too many conjunctions for a normal form.
std::string tangled_rule(Random& random, std::span<const Tag> tags, const RuleOptions& options) {
  std::string rule = random.chance(0.3) ? "NOT SEGMENT(s1)" : "NOT NULL IS TRUE";
  for (std::size_t i = 6 + random.below(12); i > 0; --i) {
    rule += random.chance(0.3) ? " AND NOT (" : " AND (";
    rule += random_rule(random, tags, options);
    const bool both = rule[rule.rfind(" AND ") + 5] == 'N';
    for (std::size_t j = 1 + random.below(3); j > 0; --j) {
      rule += (both ? " AND (" : " OR (") + random_rule(random, tags, options) + ")";
    }
    rule += ")";
  }
  return rule;
}

TEST(Executors, AgreeOnTangledRules) {
  Random random(3);
  for (int i = 0; i < 30; ++i) {
    SCOPED_TRACE(i);
    Trial trial = random_trial(random, 60, 5, 3);
    RuleOptions options;
    options.depth = 1;
    options.segments = {"s1", "二", "the third"};
    const std::vector<Tag> tags(trial.schema.tags().begin(), trial.schema.tags().end());
    for (int j = 0; j < 25; ++j) trial.rules.push_back(tangled_rule(random, tags, options));
    Judge judge(std::move(trial));
    judge.judge_formulas();
    judge.judge_kernels(130);
    if (HasFailure()) return;
  }
}

// Conditions that most users meet, so that tangled rules also come out true.
TEST(Executors, AgreeOnTangledRulesThatHold) {
  Random random(4);
  std::vector<Tag> tags;
  for (int i = 0; i < 40; ++i) {
    tags.push_back(tag(("t" + std::to_string(i)).c_str(), TagType::boolean));
    tags.back().nullable = i % 2 == 0;
  }
  Trial trial{*Schema::make(tags), {}, {{"most", "t0 OR t1 OR t2"}}, {}, {}};
  for (int i = 0; i < 100; ++i) {
    Row& row = trial.rows.emplace_back();
    for (const Tag& t : tags) {
      row[t.name] = random.chance(0.8) ? Truth::yes : Truth::no;
      if (t.nullable && random.chance(0.1)) row[t.name] = Value();
    }
  }
  for (int i = 0; i < 200; ++i) {
    std::string rule = i % 3 == 0 ? "SEGMENT(most)" : "NOT SEGMENT(most) IS NULL";
    for (std::size_t j = 5 + random.below(10); j > 0; --j) {
      rule += " AND (";
      for (int k = 0; k < 3; ++k) {
        if (k > 0) rule += " OR ";
        if (random.chance(0.2)) rule += "NOT ";
        rule += tags[random.below(tags.size())].name;
      }
      rule += ")";
    }
    trial.rules.push_back(random.chance(0.3) ? "NOT (" + rule + ")" : rule);
  }
  Judge judge(std::move(trial));
  judge.judge_formulas();
  judge.judge_kernels(300);
}

}  // namespace
}  // namespace muster::judge
