// Users in Arrow memory: 200 bit-packed booleans and four columns of int64, as one record batch.
// The number is that of the users, then of threads.
//
// Arrow/import/N/T   stream → ArrowUsers
// Arrow/encode/N/T   ArrowUsers → columns of bits, for the first 1 000 rules of workload W1
// Arrow/counts/N/T   stream → ArrowUsers → users of each rule, encoded block by block
// Arrow/pairs/N/T    the same → (user, rule) pairs as an Arrow array
//
// Counts and pairs are checked against those of the same users in a table.

#include <benchmark/benchmark.h>

#include <string>

#include "audience_population.hpp"
#include "core/bits.hpp"
#include "encode_input.hpp"
#include "match/arrow_export.hpp"
#include "muster/match/arrow_results.hpp"
#include "rule_sets.hpp"

namespace muster::bench {
namespace {

constexpr std::size_t rules = 1'000;

/// The workload's users as one struct array whose memory all its exports share.
ArrowParts workload_batch(const std::vector<WorkloadUser>& users) {
  ArrowParts batch{"", "+s", users.size()};
  const Schema schema = workload_schema();
  for (std::size_t k = 0; k < workload_flags; ++k) {
    std::vector<std::uint64_t> bits(words_for(users.size()));
    for (std::size_t i = 0; i < users.size(); ++i) assign_bit(bits.data(), i, users[i].flags[k]);
    batch.children.push_back(
        {schema.tags()[k].name, "b", users.size(), {arrow_buffer(std::move(bits))}});
  }
  for (std::size_t k = 0; k < workload_numbers; ++k) {
    std::vector<std::int64_t> values;
    for (const WorkloadUser& user : users) values.push_back(user.numbers[k]);
    batch.children.push_back({schema.tags()[workload_flags + k].name,
                              "l",
                              users.size(),
                              {arrow_buffer(std::move(values))}});
  }
  return batch;
}

/// Made once for all benchmarks of one number of users.
struct ArrowSetup {
  explicit ArrowSetup(std::size_t users)
      : people(workload_users(users)),
        batch(workload_batch(people)),
        rule_set(compile(rule_source("w1", rules))),
        audience(rule_set),
        table(rule_set.encoder().encode(user_table(people), Date{}).value()) {}

  ArrowUsers import(const RunOptions& run) const {
    ArrowSchema type{};
    ArrowArray array{};
    export_arrow(batch, type, array);
    return ArrowUsers::from_array(rule_set.encoder().schema(), type, array, run).value();
  }

  std::vector<WorkloadUser> people;
  ArrowParts batch;
  RuleSet rule_set;
  Audience audience;
  EncodedUsers table;
};

const ArrowSetup& setup_of(const benchmark::State& state) {
  static std::unique_ptr<ArrowSetup> last;
  const auto users = static_cast<std::size_t>(state.range(0));
  if (!last || last->people.size() != users) last = std::make_unique<ArrowSetup>(users);
  return *last;
}

RunOptions run_of(const benchmark::State& state) {
  return {.threads = static_cast<unsigned>(state.range(1))};
}

void import(benchmark::State& state) {
  const ArrowSetup& setup = setup_of(state);
  for (auto _ : state) benchmark::DoNotOptimize(setup.import(run_of(state)).size());
}

void encode(benchmark::State& state) {
  const ArrowSetup& setup = setup_of(state);
  const ArrowUsers users = setup.import({});
  for (auto _ : state) {
    benchmark::DoNotOptimize(setup.rule_set.encoder().encode(users, {}, run_of(state)).value());
  }
}

void counts(benchmark::State& state) {
  const ArrowSetup& setup = setup_of(state);
  const RunOptions run = run_of(state);
  std::vector<std::uint64_t> counts;
  for (auto _ : state) {
    counts = setup.audience.counts(setup.import(run), {}, run).value();
  }
  if (counts != setup.audience.counts(setup.table).value()) state.SkipWithError("wrong counts");
}

void pairs(benchmark::State& state) {
  const ArrowSetup& setup = setup_of(state);
  const RunOptions run = run_of(state);
  const std::vector<std::string> names(rules, "a policy");
  Audience::Pairs last;
  for (auto _ : state) {
    const ArrowUsers users = setup.import(run);
    last = setup.audience.pairs(users, {}, run).value();
    benchmark::DoNotOptimize(arrow_pairs(last, names, users).value());
  }
  if (last.rules != setup.audience.pairs(setup.table).value().rules) {
    state.SkipWithError("wrong pairs");
  }
}

const bool registered = [] {
  const struct {
    const char* name;
    void (*run)(benchmark::State&);
  } all[] = {{"Arrow/import", import},
             {"Arrow/encode", encode},
             {"Arrow/counts", counts},
             {"Arrow/pairs", pairs}};
  for (const auto& one : all) {
    for (const int threads : {1, 2}) {
      benchmark::RegisterBenchmark(one.name, one.run)
          ->Args({sized(1 << 20), threads})
          ->Unit(benchmark::kMillisecond)
          ->UseRealTime();
    }
  }
  return true;
}();

}  // namespace
}  // namespace muster::bench
