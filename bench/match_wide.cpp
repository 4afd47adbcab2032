// MatchOne/wide/N: one generated telecom subscriber (more than 200 tags, dictionaries of up to 400
// values, thousands of bits) against N generated policies, compiled with a sample of other
// subscribers. MatchOne/wide/unsampled/N: the same compiled without a sample.
//
// p50_ns, of the matcher as of the naive loop that `speedup` refers to, is the median over batches
// of 16 users in turn; p99_ns is of single users.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <bit>
#include <map>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "generate/policies.hpp"
#include "generate/population.hpp"
#include "muster/policy/catalogue.hpp"
#include "short_run.hpp"
#include "timing.hpp"
#include "wide_naive.hpp"

namespace muster::bench {
namespace {

using generate::PolicyWriter;
using generate::Population;

constexpr std::uint64_t kSeed = 1;
constexpr std::uint64_t kSampleSeed = 2;
constexpr std::size_t kSampleUsers = 4096;
constexpr std::size_t kBatch = 16;
constexpr std::size_t kPasses = 3;

std::size_t user_count() { return short_run() ? 1'000 : 10'000; }

/// Users and policies, made once for each N; what the naive loop and the matcher take.
class Wide {
 public:
  Wide(std::size_t policies, bool sampled);

  /// Timed, so the answer is only compared in its size.
  void match(std::size_t user) {
    wrong_ |= rules_->match(users_[user], *scratch_, ids_) != counts_[user];
  }
  void report(benchmark::State& state) const;

 private:
  void run_naive(const NaiveLoop& naive, const std::vector<Bits>& bits);
  void run_matcher();
  std::size_t count(const Bits& user);

  std::vector<Bits> users_;
  std::unique_ptr<RuleSet> rules_;
  std::unique_ptr<Scratch> scratch_;
  std::vector<RuleId> ids_;
  std::vector<std::size_t> counts_;
  bool wrong_ = false;
  double naive_ns_ = 0;
  double p50_ns_ = 0;
  double p99_ns_ = 0;
};

std::vector<Bits> encode(const Encoder& encoder, const UserTable& table, std::size_t users,
                         Date today) {
  std::vector<Bits> all(users);
  for (UserIndex i = 0; i < users; ++i) all[i] = encoder.encode(table.row(i), today).value();
  return all;
}

Wide::Wide(std::size_t policies, bool sampled) : ids_(policies) {
  const Population population = Population::make(kSeed).value();
  const UserTable table = population.table(user_count()).value();
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
  naive.pack();
  CompileOptions options;
  const UserTable others = Population::make(kSampleSeed).value().table(kSampleUsers).value();
  if (sampled) options.sample = &others;
  options.sample_today = population.today();
  rules_ = std::make_unique<RuleSet>(std::move(builder).compile(options).value());
  scratch_ = std::make_unique<Scratch>(*rules_);
  users_ = encode(rules_->encoder(), table, user_count(), population.today());
  // As many as is bearable.
  const std::size_t sample = std::clamp<std::size_t>(50'000'000 / policies, 100, user_count());
  run_naive(naive, encode(naive.encoder(), table, sample, population.today()));
  run_matcher();
}

/// Times the naive loop, and holds the matcher to its answers.
void Wide::run_naive(const NaiveLoop& naive, const std::vector<Bits>& bits) {
  std::vector<RuleId> expected;
  for (std::size_t i = 0; i < bits.size(); ++i) {
    naive.match(bits[i], expected);
    const std::size_t found = rules_->match(users_[i], *scratch_, ids_);
    if (!std::equal(expected.begin(), expected.end(), ids_.data(), ids_.data() + found)) {
      throw std::logic_error("the matcher's answer is not the naive loop's");
    }
  }
  std::vector<double> means;
  const auto timed = [&](std::size_t user) { naive.match(bits[user], expected); };
  for (std::size_t pass = 0; pass < kPasses; ++pass) {
    time_users(bits.size(), kBatch, timed, means);
  }
  naive_ns_ = percentile(means, 0.5);
}

/// By way of the bitmap, as a second opinion on every user.
std::size_t Wide::count(const Bits& user) {
  std::vector<std::uint64_t> bitmap((rules_->size() + 63) / 64);
  rules_->match_bits(user, *scratch_, bitmap);
  std::size_t count = 0;
  for (const std::uint64_t word : bitmap) count += static_cast<std::size_t>(std::popcount(word));
  return count;
}

void Wide::run_matcher() {
  for (const Bits& user : users_) counts_.push_back(count(user));
  std::vector<double> means;
  std::vector<double> singles;
  const auto timed = [this](std::size_t user) { match(user); };
  for (std::size_t pass = 0; pass < kPasses; ++pass) {
    time_users(users_.size(), kBatch, timed, means);
  }
  time_users(users_.size(), 1, timed, singles);
  p50_ns_ = percentile(means, 0.5);
  p99_ns_ = percentile(singles, 0.99);
}

void Wide::report(benchmark::State& state) const {
  if (wrong_) state.SkipWithError("the matcher's answers change");
  const auto rules = static_cast<double>(rules_->size());
  const auto all = std::accumulate(counts_.begin(), counts_.end(), std::size_t{0});
  state.counters["p50_ns"] = p50_ns_;
  state.counters["p99_ns"] = p99_ns_;
  state.counters["speedup"] = naive_ns_ / p50_ns_;
  state.counters["naive_ns"] = naive_ns_;
  state.counters["bytes_per_rule"] = static_cast<double>(rules_->memory_bytes()) / rules;
  state.counters["matches_per_user"] =
      static_cast<double>(all) / static_cast<double>(counts_.size());
  state.counters["bits"] = static_cast<double>(rules_->encoder().bits());
}

void match_wide(benchmark::State& state, bool sampled) {
  static std::map<std::pair<std::size_t, bool>, Wide> made;
  const auto policies = static_cast<std::size_t>(state.range(0));
  Wide& subject = made.try_emplace({policies, sampled}, policies, sampled).first->second;
  std::size_t user = 0;
  for (auto _ : state) {
    subject.match(user);
    if (++user == user_count()) user = 0;
  }
  subject.report(state);
}

BENCHMARK_CAPTURE(match_wide, sampled, true)->Name("MatchOne/wide")->Arg(1'000)->Arg(100'000);
BENCHMARK_CAPTURE(match_wide, unsampled, false)
    ->Name("MatchOne/wide/unsampled")
    ->Arg(1'000)
    ->Arg(100'000);

}  // namespace
}  // namespace muster::bench
