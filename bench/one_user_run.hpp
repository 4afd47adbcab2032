#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "muster/match/rule_set.hpp"

namespace muster::bench {

using Bits = std::vector<std::uint64_t>;

/// The naive loop: writes the ids of the rules that fit a user, returns how many there are.
using Naive = std::function<std::size_t(std::size_t user, std::span<RuleId> out)>;

/// Users between two looks at the clock: asking for the time takes as long as matching a hundred
/// rules, and clocks tick in steps of ten nanoseconds on some machines.
constexpr std::size_t user_batch = 16;

/// Users that are matched in turn; fewer in short runs.
std::size_t one_user_count();

/// Median time of a user, over batches unless there are few users.
double naive_ns(const Naive& naive, std::size_t rules, std::size_t users, std::size_t passes);

/// What it takes to match users that are encoded already, one after another on one thread, the
/// answer being a list of ids.
class OneUserRun {
 public:
  OneUserRun(RuleSet rules, std::vector<Bits> users);

  /// Throws std::logic_error where ids are not the naive loop's, for the first `users`.
  void check(const Naive& naive, std::size_t users);
  /// Median over batches, 99th percentile of single users.
  void measure(std::size_t passes);
  /// Matches users in turn, then reports; a speed-up over `naive_ns`.
  void run(benchmark::State& state, double naive_ns);

 private:
  void match(std::size_t user);
  std::size_t count(const Bits& user);
  void report(benchmark::State& state, double naive_ns) const;

  RuleSet rules_;
  std::vector<Bits> users_;
  Scratch scratch_;
  std::vector<RuleId> ids_;
  std::vector<std::size_t> counts_;
  bool wrong_ = false;
  double p50_ns_ = 0;
  double p99_ns_ = 0;
};

}  // namespace muster::bench
