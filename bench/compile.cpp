// Compile/N: N rules of workload W1 from text to a rule set that matches, on one thread.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "muster/match/rule_set.hpp"
#include "workload.hpp"

namespace muster::bench {
namespace {

constexpr std::size_t checked_users = 1000;

// Matches summed over the first thousand users, by the rules among the first N; see workload.hpp.
struct Published {
  std::size_t rules;
  std::size_t matches;
};
constexpr Published published[] = {
    {100, 744}, {1000, 12'033}, {10'000, 123'824}, {100'000, 1'251'590}};

RuleSet compile(const Schema& schema, const std::vector<std::string>& rules) {
  RuleSetBuilder builder(schema);
  for (const std::string& rule : rules) builder.add(rule).value();
  return std::move(builder).compile().value();
}

bool matches_as_published(const RuleSet& rules) {
  Scratch scratch(rules);
  std::vector<RuleId> ids(rules.size());
  std::vector<std::size_t> matches(std::size(published));
  for (const WorkloadUser& user : workload_users(checked_users)) {
    const auto bits = rules.encoder().encode(WorkloadView(user), Date{}).value();
    const auto end = ids.begin() + static_cast<std::ptrdiff_t>(rules.match(bits, scratch, ids));
    for (std::size_t i = 0; i < std::size(published); ++i) {
      const auto among = std::lower_bound(ids.begin(), end, published[i].rules) - ids.begin();
      matches[i] += static_cast<std::size_t>(among);
    }
  }
  for (std::size_t i = 0; i < std::size(published); ++i) {
    if (published[i].rules <= rules.size() && matches[i] != published[i].matches) return false;
  }
  return true;
}

void Compile(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const Schema schema = workload_schema();
  std::vector<std::string> texts;
  for (const WorkloadRule& rule : workload_rules(Variant::w1, count)) {
    texts.push_back(to_text(rule));
  }
  std::optional<RuleSet> rules;
  for (auto _ : state) rules = compile(schema, texts);
  if (!matches_as_published(*rules)) return state.SkipWithError("other matches than published");
  state.counters["rules_per_second"] =
      benchmark::Counter(static_cast<double>(count), benchmark::Counter::kIsIterationInvariantRate);
  state.counters["bytes_per_rule"] =
      static_cast<double>(rules->memory_bytes()) / static_cast<double>(count);
}
BENCHMARK(Compile)->Arg(1000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace muster::bench
