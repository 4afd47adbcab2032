// MatchOne/N: one user of workload W1 against N rules, the answer being the list of rule ids.
// MatchOne/KERNEL/N: the same with a kernel by name. MatchOne/w2/N, w3/N: the workload's variants.
// MatchOne/sharing/N: N policies that each ask for two of 40 named segments and a little more.
//
// Ten thousand users are matched in turn on one thread. Asking for the time takes as long as
// matching a hundred rules, and clocks tick in steps of ten nanoseconds on some machines, so p50_ns
// is the median over batches of 16 users, of the matcher as of the naive loop that `speedup`
// refers to; p99_ns is of single users. Answers are compared with the naive loop's first (of fewer
// users where rules are many), and every answer's size with another executor's while timing.

#include <benchmark/benchmark.h>

#include <bit>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>

#include "match_rules.hpp"
#include "muster/match/kernel.hpp"
#include "muster/match/rule_set.hpp"
#include "short_run.hpp"
#include "timing.hpp"

namespace muster::bench {
namespace {

constexpr std::size_t batch = 16;

std::size_t user_count() { return short_run() ? 1'000 : 10'000; }

// Once is enough where it takes long.
std::size_t passes(std::size_t rules) { return short_run() || rules >= 100'000 ? 1 : 5; }

const std::vector<WorkloadUser>& users() {
  static const std::vector<WorkloadUser> made = workload_users(user_count());
  return made;
}

// Rules, compiled for one kernel and then another; the naive loop's time.
class Workload {
 public:
  Workload(const std::string& name, std::size_t count) : rules_(make_rules(name, count)) {
    const RuleSet compiled = compile(rules_);
    saved_ = compiled.save();
    naive_users_ = std::clamp<std::size_t>(30'000'000 / count, 2 * batch, user_count());
    std::vector<double> means;
    std::vector<RuleId> ids(count);
    for (std::size_t pass = 0; pass < passes(count); ++pass) {
      time_users(
          naive_users_, naive_users_ < 1000 ? 1 : batch,
          [&](std::size_t user) { benchmark::DoNotOptimize(naive(user, ids)); }, means);
    }
    naive_ns_ = percentile(means, 0.5);
  }

  std::size_t size() const { return rules_.own.size(); }
  double naive_ns() const { return naive_ns_; }

  RuleSet compiled_for(const std::string& kernel) const {
    return RuleSet::load(saved_, {.kernel = kernel}).value();
  }

  // Holds ids to the naive loop's, for as many users as is bearable.
  void check(const RuleSet& rules, const std::vector<std::vector<std::uint64_t>>& encoded) const {
    Scratch scratch(rules);
    std::vector<RuleId> expected(size());
    std::vector<RuleId> got(size());
    for (std::size_t user = 0; user < naive_users_; ++user) {
      const std::size_t right = naive(user, expected);
      const std::size_t found = rules.match(encoded[user], scratch, got);
      if (found != right || !std::equal(got.data(), got.data() + found, expected.data())) {
        throw std::logic_error("the matcher's answer is not the naive loop's");
      }
    }
  }

 private:
  std::size_t naive(std::size_t user, std::vector<RuleId>& ids) const {
    std::size_t found = 0;
    for (std::size_t rule = 0; rule < size(); ++rule) {
      if (rules_.hold(rule, users()[user])) ids[found++] = static_cast<RuleId>(rule);
    }
    return found;
  }

  Rules rules_;
  std::vector<std::byte> saved_;
  std::size_t naive_users_ = 0;
  double naive_ns_ = 0;
};

// The last one is kept: benchmarks come workload by workload.
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

// One kernel's rule set and what it takes.
class Measured {
 public:
  Measured(const Workload& from, const std::string& kernel)
      : rules_(from.compiled_for(kernel)),
        encoded_(encode_users(rules_.encoder())),
        scratch_(rules_),
        ids_(rules_.size()) {
    from.check(rules_, encoded_);
    for (std::size_t user = 0; user < encoded_.size(); ++user) counts_.push_back(count(user));
    std::vector<double> means;
    std::vector<double> singles;
    const auto timed = [this](std::size_t user) { match(user); };
    for (std::size_t pass = 0; pass < passes(rules_.size()); ++pass) {
      time_users(encoded_.size(), batch, timed, means);
    }
    time_users(encoded_.size(), 1, timed, singles);
    p50_ns_ = percentile(means, 0.5);
    p99_ns_ = percentile(singles, 0.99);
    speedup_ = from.naive_ns() / p50_ns_;
  }

  // Timed, so the answer is only compared in its size.
  void match(std::size_t user) {
    wrong_ |= rules_.match(encoded_[user], scratch_, ids_) != counts_[user];
  }

  void report(benchmark::State& state) const {
    if (wrong_) state.SkipWithError("the matcher's answers change");
    const auto rules = static_cast<double>(rules_.size());
    const auto all = std::accumulate(counts_.begin(), counts_.end(), std::size_t{0});
    state.counters["p50_ns"] = p50_ns_;
    state.counters["p99_ns"] = p99_ns_;
    state.counters["speedup"] = speedup_;
    state.counters["bytes_per_rule"] = static_cast<double>(rules_.memory_bytes()) / rules;
    state.counters["matches_per_user"] =
        static_cast<double>(all) / static_cast<double>(counts_.size());
  }

 private:
  // By way of the bitmap, as a second opinion on every user.
  std::size_t count(std::size_t user) {
    std::vector<std::uint64_t> bitmap((rules_.size() + 63) / 64);
    rules_.match_bits(encoded_[user], scratch_, bitmap);
    std::size_t count = 0;
    for (const std::uint64_t word : bitmap) count += static_cast<std::size_t>(std::popcount(word));
    return count;
  }

  RuleSet rules_;
  std::vector<std::vector<std::uint64_t>> encoded_;
  Scratch scratch_;
  std::vector<RuleId> ids_;
  std::vector<std::size_t> counts_;
  bool wrong_ = false;
  double p50_ns_ = 0;
  double p99_ns_ = 0;
  double speedup_ = 0;
};

// The last one is kept: Google Benchmark calls a benchmark several times.
Measured& measured(const std::string& name, std::size_t count, const std::string& kernel) {
  static std::string kept_name;
  static std::unique_ptr<Measured> kept;
  const std::string key = name + "/" + std::to_string(count) + "/" + kernel;
  if (kept_name != key) {
    kept.reset();
    kept = std::make_unique<Measured>(workload(name, count), kernel);
    kept_name = key;
  }
  return *kept;
}

void match_one(benchmark::State& state, const std::string& name, std::size_t count,
               const std::string& kernel) {
  Measured& subject = measured(name, count, kernel);
  std::size_t next = 0;
  for (auto _ : state) {
    subject.match(next);
    if (++next == user_count()) next = 0;
  }
  subject.report(state);
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
