// MatchOne/N: one user of workload W1 against N rules, the answer being the list of rule ids.
// MatchOne/KERNEL/N: the same with a kernel by name. MatchOne/w2/N, w3/N: the workload's variants.
// MatchOne/sharing/N: N policies that each ask for two of 40 named segments and a little more.
//
// Ten thousand users are matched in turn on one thread. Asking for the time takes as long as
// matching a hundred rules, and clocks tick in steps of ten nanoseconds on some machines, so p50_ns
// is the median over batches of 16 users, of the matcher as of the naive loop that `speedup`
// refers to; p99_ns is of single users. Every answer is compared with the naive loop's first.

#include <benchmark/benchmark.h>

#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include "muster/match/kernel.hpp"
#include "muster/match/rule_set.hpp"
#include "naive.hpp"
#include "timing.hpp"

namespace muster::bench {
namespace {

constexpr std::size_t user_count = 10'000;
constexpr std::size_t batch = 16;
constexpr std::size_t passes = 5;
constexpr std::size_t segment_count = 40;

// What rules say, for the naive loop and as text.
struct Rules {
  std::vector<WorkloadRule> own;
  std::vector<WorkloadRule> segments;          // where shared
  std::vector<std::array<std::size_t, 2>> of;  // the segments of each rule, where shared

  bool hold(std::size_t rule, const WorkloadUser& user) const {
    for (std::size_t i = 0; i < 2 && !of.empty(); ++i) {
      if (!naive_holds(segments[of[rule][i]], user)) return false;
    }
    return naive_holds(own[rule], user);
  }
  std::string text(std::size_t rule) const {
    if (of.empty()) return to_text(own[rule]);
    return "SEGMENT(s" + std::to_string(of[rule][0]) + ") AND SEGMENT(s" +
           std::to_string(of[rule][1]) + ") AND " + to_text(own[rule]);
  }
};

Rules make_rules(const std::string& workload, std::size_t count) {
  if (workload == "w2") return {workload_rules(Variant::w2, count), {}, {}};
  if (workload == "w3") return {workload_rules(Variant::w3, count), {}, {}};
  if (workload == "w1") return {workload_rules(Variant::w1, count), {}, {}};
  Rules rules{workload_rules(Variant::w2, count), workload_rules(Variant::w2, segment_count), {}};
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t first = i % segment_count;
    rules.of.push_back(
        {first, (first + 1 + i / segment_count % (segment_count - 1)) % segment_count});
  }
  return rules;
}

RuleSet compile(const Rules& rules) {
  RuleSetBuilder builder(workload_schema());
  for (std::size_t i = 0; i < rules.segments.size(); ++i) {
    builder.define("s" + std::to_string(i), to_text(rules.segments[i])).value();
  }
  for (std::size_t i = 0; i < rules.own.size(); ++i) builder.add(rules.text(i)).value();
  return std::move(builder).compile().value();
}

const std::vector<WorkloadUser>& users() {
  static const std::vector<WorkloadUser> made = workload_users(user_count);
  return made;
}

// Rules, compiled for one kernel and then another; the naive loop's time.
class Workload {
 public:
  Workload(const std::string& name, std::size_t count) : rules_(make_rules(name, count)) {
    const RuleSet compiled = compile(rules_);
    saved_ = compiled.save();
    naive_users_ = std::clamp<std::size_t>(30'000'000 / count, 2 * batch, user_count);
    std::vector<double> means;
    std::vector<RuleId> ids(count);
    for (std::size_t pass = 0; pass < 3; ++pass) {
      time_users(
          naive_users_, naive_users_ < 1000 ? 1 : batch,
          [&](std::size_t user) { benchmark::DoNotOptimize(naive(user, ids)); }, means);
    }
    naive_ns_ = percentile(means, 0.5);
  }

  double naive_ns() const { return naive_ns_; }

  RuleSet compiled_for(const std::string& kernel) const {
    return RuleSet::load(saved_, {.kernel = kernel}).value();
  }

  void check(const RuleSet& rules, const std::vector<std::vector<std::uint64_t>>& encoded) const {
    Scratch scratch(rules);
    std::vector<RuleId> expected(rules.size());
    std::vector<RuleId> got(rules.size());
    for (std::size_t user = 0; user < naive_users_; ++user) {
      expected.resize(naive(user, expected));
      got.resize(rules.match(encoded[user], scratch, got));
      if (got != expected) throw std::logic_error("the matcher's answer is not the naive loop's");
      expected.resize(rules.size());
      got.resize(rules.size());
    }
  }

 private:
  std::size_t naive(std::size_t user, std::vector<RuleId>& ids) const {
    std::size_t found = 0;
    for (std::size_t rule = 0; rule < rules_.own.size(); ++rule) {
      if (rules_.hold(rule, users()[user])) ids[found++] = static_cast<RuleId>(rule);
    }
    return found;
  }

  Rules rules_;
  std::vector<std::byte> saved_;
  std::size_t naive_users_ = 0;
  double naive_ns_ = 0;
};

// The last one is kept: benchmarks come workload by workload, and run several times each.
const Workload& workload(const std::string& name, std::size_t count) {
  static std::string kept_name;
  static std::unique_ptr<const Workload> kept;
  const std::string key = name + "/" + std::to_string(count);
  if (kept_name != key) {
    kept.reset();
    kept = std::make_unique<const Workload>(name, count);
    kept_name = key;
  }
  return *kept;
}

std::vector<std::vector<std::uint64_t>> encode_users(const Encoder& encoder) {
  std::vector<std::vector<std::uint64_t>> encoded;
  for (const WorkloadUser& user : users()) {
    encoded.push_back(encoder.encode(WorkloadView(user), Date{}).value());
  }
  return encoded;
}

void match_one(benchmark::State& state, const std::string& name, std::size_t count,
               const std::string& kernel) {
  const Workload& from = workload(name, count);
  const RuleSet rules = from.compiled_for(kernel);
  const auto encoded = encode_users(rules.encoder());
  from.check(rules, encoded);
  Scratch scratch(rules);
  std::vector<RuleId> ids(count);
  std::size_t matches = 0;
  const auto match = [&](std::size_t user) { matches += rules.match(encoded[user], scratch, ids); };
  std::size_t next = 0;
  for (auto _ : state) match(next++ % user_count);

  std::vector<double> means;
  std::vector<double> singles;
  for (std::size_t pass = 0; pass < passes; ++pass) time_users(user_count, batch, match, means);
  matches = 0;
  time_users(user_count, 1, match, singles);
  state.counters["p50_ns"] = percentile(means, 0.5);
  state.counters["p99_ns"] = percentile(singles, 0.99);
  state.counters["speedup"] = from.naive_ns() / percentile(means, 0.5);
  state.counters["bytes_per_rule"] =
      static_cast<double>(rules.memory_bytes()) / static_cast<double>(count);
  state.counters["matches_per_user"] = static_cast<double>(matches) / user_count;
}

void add(const std::string& label, const std::string& name, std::size_t count,
         const std::string& kernel) {
  benchmark::RegisterBenchmark(
      (label + std::to_string(count)).c_str(),
      [=](benchmark::State& state) { match_one(state, name, count, kernel); });
}

const bool registered = [] {
  for (const std::size_t count : {100, 1000, 10'000, 100'000, 1'000'000}) {
    add("MatchOne/", "w1", count, "");
    for (std::string_view kernel : kernel_names()) {
      add("MatchOne/" + std::string(kernel) + "/", "w1", count, std::string(kernel));
    }
  }
  for (const std::string name : {"w2", "w3", "sharing"}) {
    for (const std::size_t count : {1000, 100'000}) {
      add("MatchOne/" + name + "/", name, count, "");
    }
  }
  return true;
}();

}  // namespace
}  // namespace muster::bench
