#include "one_user_run.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "short_run.hpp"
#include "timing.hpp"

namespace muster::bench {

std::size_t one_user_count() { return short_run() ? 1'000 : 10'000; }

double naive_ns(const Naive& naive, std::size_t rules, std::size_t users, std::size_t passes) {
  std::vector<RuleId> ids(rules);
  std::vector<double> means;
  const auto timed = [&](std::size_t user) { benchmark::DoNotOptimize(naive(user, ids)); };
  const std::size_t batch = users < 1000 ? 1 : user_batch;
  for (std::size_t pass = 0; pass < passes; ++pass) time_users(users, batch, timed, means);
  return percentile(std::move(means), 0.5);
}

OneUserRun::OneUserRun(RuleSet rules, std::vector<Bits> users)
    : rules_(std::move(rules)), users_(std::move(users)), scratch_(rules_), ids_(rules_.size()) {
  for (const Bits& user : users_) counts_.push_back(count(user));
}

// By way of the bitmap, as a second opinion on every user.
std::size_t OneUserRun::count(const Bits& user) {
  Bits bitmap((rules_.size() + 63) / 64);
  rules_.match_bits(user, scratch_, bitmap);
  std::size_t count = 0;
  for (const std::uint64_t word : bitmap) count += static_cast<std::size_t>(std::popcount(word));
  return count;
}

void OneUserRun::check(const Naive& naive, std::size_t users) {
  std::vector<RuleId> expected(rules_.size());
  for (std::size_t user = 0; user < users; ++user) {
    const std::size_t right = naive(user, expected);
    const std::size_t found = rules_.match(users_[user], scratch_, ids_);
    if (found != right || !std::equal(ids_.data(), ids_.data() + found, expected.data())) {
      throw std::logic_error("the matcher's answer is not the naive loop's");
    }
  }
}

void OneUserRun::measure(std::size_t passes) {
  std::vector<double> means;
  std::vector<double> singles;
  const auto timed = [this](std::size_t user) { match(user); };
  for (std::size_t pass = 0; pass < passes; ++pass) {
    time_users(users_.size(), user_batch, timed, means);
  }
  time_users(users_.size(), 1, timed, singles);
  p50_ns_ = percentile(std::move(means), 0.5);
  p99_ns_ = percentile(std::move(singles), 0.99);
}

// Timed, so the answer is only compared in its size.
void OneUserRun::match(std::size_t user) {
  wrong_ |= rules_.match(users_[user], scratch_, ids_) != counts_[user];
}

void OneUserRun::run(benchmark::State& state, double naive_ns) {
  std::size_t user = 0;
  for (auto _ : state) {
    match(user);
    if (++user == users_.size()) user = 0;
  }
  report(state, naive_ns);
}

void OneUserRun::report(benchmark::State& state, double naive_ns) const {
  if (wrong_) state.SkipWithError("the matcher's answers change");
  const auto rules = static_cast<double>(rules_.size());
  const auto all = std::accumulate(counts_.begin(), counts_.end(), std::size_t{0});
  state.counters["p50_ns"] = p50_ns_;
  state.counters["p99_ns"] = p99_ns_;
  state.counters["speedup"] = naive_ns / p50_ns_;
  state.counters["naive_ns"] = naive_ns;
  state.counters["bytes_per_rule"] = static_cast<double>(rules_.memory_bytes()) / rules;
  state.counters["matches_per_user"] =
      static_cast<double>(all) / static_cast<double>(counts_.size());
  state.counters["bits"] = static_cast<double>(rules_.encoder().bits());
}

}  // namespace muster::bench
