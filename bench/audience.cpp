// Audience/N/U: N rules of workload W1 against U users that are encoded already, on one thread;
// the answer is how many users each rule matches.
//   …/bitmaps, …/pairs, …/overlaps: other answers: a bitmap of users for each rule, all (user,
//   rule) pairs, the users that any two rules share. …/threads/2: counts, on two threads.
// Audience/KERNEL/N/U: the same with a kernel by name. Audience/w2/N/U, w3/N/U: the workload's
// variants. Audience/sharing/N/U: policies that each ask for two of 40 named segments.
//
// Figures are of the median run. `speedup` is over the naive loop, which answers for the same users
// once; every answer is compared with that of the naive loop, whole.

#include <benchmark/benchmark.h>

#include <functional>
#include <string>
#include <vector>

#include "audience_population.hpp"
#include "muster/match/kernel.hpp"
#include "short_run.hpp"
#include "timing.hpp"

namespace muster::bench {
namespace {

using Words = std::vector<std::uint64_t>;

/// What is asked for, into the same memory each time, and whether it is right.
struct Task {
  std::function<void()> run;
  std::function<bool()> right;
};

using MakeTask = Task (*)(const Audience&, const AudienceSetup&, const RunOptions&);

Task counts(const Audience& audience, const AudienceSetup& setup, const RunOptions& options) {
  auto out = std::make_shared<Words>();
  return {[&, out] { *out = audience.counts(setup.users, options).value(); },
          [&, out] { return *out == counts_of(setup.expected, setup.rules); }};
}

Task bitmaps(const Audience& audience, const AudienceSetup& setup, const RunOptions& options) {
  auto out = std::make_shared<Words>(Audience::words_per_rule(setup.users) * setup.rules);
  return {[&, out] { audience.bitmaps(setup.users, *out, options).value(); },
          [&, out] { return *out == bitmaps_of(setup.expected, setup.rules); }};
}

Task pairs(const Audience& audience, const AudienceSetup& setup, const RunOptions& options) {
  auto out = std::make_shared<Audience::Pairs>();
  return {[&, out] { audience.pairs(setup.users, *out, options).value(); },
          [&, out] {
            return out->first == setup.expected.first && out->rules == setup.expected.rules;
          }};
}

Task overlaps(const Audience& audience, const AudienceSetup& setup, const RunOptions& options) {
  auto out = std::make_shared<Words>();
  return {[&, out] { *out = audience.overlaps(setup.users, options).value(); },
          [&, out] { return *out == overlaps_of(setup.expected, setup.rules); }};
}

struct Case {
  std::string workload;
  std::size_t rules;
  std::size_t users;
  std::string kernel = {};  // empty: the best
  MakeTask make = counts;
  unsigned threads = 1;
};

/// The generator's check; see workload.hpp.
bool sum_is_wrong(const Case& of, const AudienceSetup& setup) {
  return of.workload == "w1" && of.rules == 1000 && of.users == 1 << 20 &&
         setup.expected.rules.size() != 12'571'316;
}

void run(benchmark::State& state, const Case& of) {
  const AudienceSetup& setup = audience_setup(of.workload, of.rules, of.users);
  if (sum_is_wrong(of, setup)) return state.SkipWithError("the naive loop's matches are wrong");
  const Audience audience = setup.audience(of.kernel);
  const RunOptions options{.threads = of.threads};
  const Task task = of.make(audience, setup, options);
  task.run();  // touches the answer's memory
  std::vector<double> times;
  for (auto _ : state) {
    const double begin = now_ns();
    task.run();
    times.push_back(now_ns() - begin);
  }
  if (!task.right()) return state.SkipWithError("the answer is not the naive loop's");
  const double ns = percentile(times, 0.5);
  const auto users = static_cast<double>(of.users);
  state.counters["user_rules_per_second"] = 1e9 * users * static_cast<double>(of.rules) / ns;
  state.counters["speedup"] = setup.naive_ns / ns;
  state.counters["matches_per_user"] = static_cast<double>(setup.expected.rules.size()) / users;
}

void add(const Case& of, const std::string& prefix, const std::string& suffix) {
  const std::string name =
      "Audience/" + prefix + std::to_string(of.rules) + "/" + std::to_string(of.users) + suffix;
  benchmark::RegisterBenchmark(name.c_str(), [of](benchmark::State& state) {
    run(state, of);
  })->Unit(benchmark::kMillisecond);
}

/// Every answer, by every kernel.
void add_w1(std::size_t users) {
  const std::pair<const char*, MakeTask> answers[] = {
      {"", counts}, {"/bitmaps", bitmaps}, {"/pairs", pairs}, {"/overlaps", overlaps}};
  for (const auto& [suffix, make] : answers) add({"w1", 1000, users, "", make}, "", suffix);
  add({"w1", 1000, users, "", counts, 2}, "", "/threads/2");
  for (const std::string_view name : kernel_names()) {
    const std::string kernel(name);
    for (const auto& [suffix, make] : answers) {
      add({"w1", 1000, users, kernel, make}, kernel + "/", suffix);
    }
  }
}

const bool registered = [] {
  const std::size_t users = short_run() ? 1 << 16 : 1 << 20;
  add_w1(users);
  for (const std::string workload : {"w2", "w3", "sharing"}) {
    add({workload, 1000, users}, workload + "/", "");
    add({workload, 1000, users, "", pairs}, workload + "/", "/pairs");
  }
  add({"w1", 10'000, users / 8}, "", "");
  add({"w1", 10'000, users / 8, "", pairs}, "", "/pairs");
  return true;
}();

}  // namespace
}  // namespace muster::bench
