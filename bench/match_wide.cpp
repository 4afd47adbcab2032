// MatchOne/wide/N: one generated telecom subscriber (more than 200 tags, dictionaries of up to 400
// values, thousands of bits) against N generated policies.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <stdexcept>
#include <vector>

#include "generate/policies.hpp"
#include "generate/population.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster {
namespace {

using generate::PolicyWriter;
using generate::Population;

constexpr std::size_t kUsers = 10'000;
constexpr std::uint64_t kSeed = 1;

using Bits = std::vector<std::uint64_t>;

double now_ns() {
  return std::chrono::duration<double, std::nano>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

double percentile(std::vector<double> values, double share) {
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

/// The naive loop: for each rule its literals, leaving at the first that fails; then its OR
/// groups; then what is nested deeper, as a tree.
class NaiveLoop {
 public:
  explicit NaiveLoop(Checker& checker) : checker_(checker) {}

  void add(std::string_view rule) {
    Formula formula = checker_.spell_out(checker_.check(rule).value().formula).value();
    Rule& to = rules_.emplace_back();
    const auto& nodes = formula.nodes;
    if (nodes.back().op != Formula::Op::all_of) return place(to, nodes, nodes.size() - 1);
    std::size_t child = nodes.size() - 2;
    std::vector<std::size_t> children;
    for (std::uint32_t i = 0; i < nodes.back().arity; ++i, child -= nodes[child].size) {
      children.push_back(child);
      if (i + 1 == nodes.back().arity) break;
    }
    for (auto at = children.rbegin(); at != children.rend(); ++at) place(to, nodes, *at);
  }

  Encoder encoder() const {
    std::vector<Predicate> predicates;
    for (std::uint32_t i = 0; i < checker_.predicates().size(); ++i) {
      predicates.push_back(checker_.predicates()[PredicateId{i}]);
    }
    return Encoder(checker_.schema(), std::move(predicates));
  }

  void match(const Bits& user, std::vector<RuleId>& out) const {
    out.clear();
    for (RuleId rule = 0; rule < rules_.size(); ++rule) {
      if (holds(rules_[rule], user)) out.push_back(rule);
    }
  }

 private:
  using Nodes = std::vector<Formula::Node>;
  struct Rule {
    std::vector<std::uint32_t> literals;
    std::vector<std::vector<std::uint32_t>> groups;
    std::vector<Nodes> trees;
  };

  static bool test(const Bits& user, std::uint32_t bit) { return user[bit / 64] >> (bit % 64) & 1; }

  /// Puts the subtree that ends at `at` where it belongs.
  static void place(Rule& to, const Nodes& nodes, std::size_t at) {
    const Formula::Node& node = nodes[at];
    if (node.op == Formula::Op::predicate) return to.literals.push_back(node.id);
    const auto begin = nodes.begin() + static_cast<std::ptrdiff_t>(at + 1 - node.size);
    const Nodes subtree(begin, begin + node.size);
    const bool flat = node.op == Formula::Op::any_of && node.size == node.arity + 1;
    if (!flat) return to.trees.push_back(subtree);
    auto& group = to.groups.emplace_back();
    for (std::uint32_t i = 0; i < node.arity; ++i) group.push_back(subtree[i].id);
  }

  static bool holds(const Rule& rule, const Bits& user) {
    for (const std::uint32_t literal : rule.literals) {
      if (!test(user, literal)) return false;
    }
    for (const auto& group : rule.groups) {
      if (std::none_of(group.begin(), group.end(), [&](auto bit) { return test(user, bit); })) {
        return false;
      }
    }
    for (const Nodes& tree : rule.trees) {
      if (!evaluate(tree, tree.size() - 1, user)) return false;
    }
    return true;
  }

  static bool evaluate(const Nodes& nodes, std::size_t at, const Bits& user) {
    const Formula::Node& node = nodes[at];
    if (node.op == Formula::Op::predicate) return test(user, node.id);
    if (node.op == Formula::Op::always || node.op == Formula::Op::never) {
      return node.op == Formula::Op::always;
    }
    const bool all = node.op == Formula::Op::all_of;
    for (std::uint32_t i = 0, left = node.size - 1; i < node.arity; ++i) {
      const std::size_t child = at - (node.size - left);
      if (evaluate(nodes, child, user) != all) return !all;
      left -= nodes[child].size;
    }
    return all;
  }

  Checker& checker_;
  std::vector<Rule> rules_;
};

/// Users, policies and the naive loop over them, made once for each N.
struct Wide {
  std::vector<Bits> users;
  std::unique_ptr<RuleSet> rules;
  double naive_ns = 0;
  double matches_per_user = 0;

  explicit Wide(std::size_t policies);

 private:
  void run_naive(const NaiveLoop& naive, const UserTable& table, Date today);
};

std::vector<Bits> encode(const Encoder& encoder, const UserTable& table, std::size_t users,
                         Date today) {
  std::vector<Bits> all(users);
  for (UserIndex i = 0; i < users; ++i) all[i] = encoder.encode(table.row(i), today).value();
  return all;
}

Wide::Wide(std::size_t policies) {
  const Population population = Population::make(kSeed).value();
  const UserTable table = population.table(kUsers).value();
  const PolicyWriter writer(population.schema(), kSeed);
  RuleSetBuilder builder(population.schema());
  Checker checker(population.schema());
  for (const auto& [name, rule] : generate::segment_texts()) {
    builder.define(name, rule).value();
    checker.define(name, rule).value();
  }
  NaiveLoop naive(checker);
  for (std::size_t i = 0; i < policies; ++i) {
    const std::string rule = writer.rule(i);
    builder.add(rule).value();
    naive.add(rule);
  }
  rules = std::make_unique<RuleSet>(std::move(builder).compile().value());
  users = encode(rules->encoder(), table, kUsers, population.today());
  run_naive(naive, table, population.today());
}

/// Times the naive loop over as many users as is bearable, and holds the matcher to its answers.
void Wide::run_naive(const NaiveLoop& naive, const UserTable& table, Date today) {
  const std::size_t sample = std::clamp<std::size_t>(20'000'000 / rules->size(), 100, kUsers);
  const std::vector<Bits> bits = encode(naive.encoder(), table, sample, today);
  Scratch scratch(*rules);
  std::vector<RuleId> expected;
  std::vector<RuleId> got(rules->size());
  std::vector<double> times;
  for (std::size_t i = 0; i < sample; ++i) {
    const double begin = now_ns();
    naive.match(bits[i], expected);
    times.push_back(now_ns() - begin);
    const std::size_t matched = rules->match(users[i], scratch, got);
    matches_per_user += static_cast<double>(matched) / static_cast<double>(sample);
    if (!std::equal(expected.begin(), expected.end(), got.begin(),
                    got.begin() + static_cast<std::ptrdiff_t>(matched))) {
      throw std::logic_error("the matcher's answer is not the naive loop's");
    }
  }
  naive_ns = percentile(times, 0.5);
}

const Wide& wide(std::size_t policies) {
  static std::map<std::size_t, Wide> made;
  return made.try_emplace(policies, policies).first->second;
}

void report(benchmark::State& state, const Wide& workload, const std::vector<double>& times) {
  const double p50 = percentile(times, 0.5);
  state.counters["p50_ns"] = p50;
  state.counters["p99_ns"] = percentile(times, 0.99);
  state.counters["speedup"] = workload.naive_ns / p50;
  state.counters["naive_ns"] = workload.naive_ns;
  state.counters["bytes_per_rule"] = static_cast<double>(workload.rules->memory_bytes()) /
                                     static_cast<double>(workload.rules->size());
  state.counters["matches_per_user"] = workload.matches_per_user;
  state.counters["bits"] = static_cast<double>(workload.rules->encoder().bits());
}

void match_wide(benchmark::State& state) {
  const Wide& workload = wide(static_cast<std::size_t>(state.range(0)));
  Scratch scratch(*workload.rules);
  std::vector<RuleId> out(workload.rules->size());
  std::size_t user = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(workload.rules->match(workload.users[user], scratch, out));
    user = user + 1 == workload.users.size() ? 0 : user + 1;
  }
  std::vector<double> times;
  for (const Bits& bits : workload.users) {
    const double begin = now_ns();
    benchmark::DoNotOptimize(workload.rules->match(bits, scratch, out));
    times.push_back(now_ns() - begin);
  }
  report(state, workload, times);
}

BENCHMARK(match_wide)->Name("MatchOne/wide")->Arg(1'000)->Arg(100'000);

}  // namespace
}  // namespace muster
