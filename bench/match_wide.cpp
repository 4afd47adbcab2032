// MatchOne/wide/N: one generated telecom subscriber (more than 200 tags, dictionaries of up to 400
// values, thousands of bits) against N generated policies, compiled with a sample of other
// subscribers. MatchOne/wide/unsampled/N: the same compiled without a sample.
// MatchOne/KERNEL/wide/…: the same with a kernel by name.
//
// Figures are those of match_one.cpp.

#include <algorithm>
#include <string>
#include <vector>

#include "generate/policies.hpp"
#include "generate/population.hpp"
#include "keep_last.hpp"
#include "muster/match/kernel.hpp"
#include "muster/policy/catalogue.hpp"
#include "one_user_run.hpp"
#include "wide_naive.hpp"

namespace muster::bench {
namespace {

using generate::PolicyWriter;
using generate::Population;

constexpr std::uint64_t kSeed = 1;
constexpr std::uint64_t kSampleSeed = 2;
constexpr std::size_t kSampleUsers = 4096;
constexpr std::size_t kPasses = 3;

std::vector<Bits> encode(const Encoder& encoder, const UserTable& table, std::size_t users,
                         Date today) {
  std::vector<Bits> all(users);
  for (UserIndex i = 0; i < users; ++i) all[i] = encoder.encode(table.row(i), today).value();
  return all;
}

// Users and policies, compiled for one kernel and then another; the naive loop's time.
class Wide {
 public:
  Wide(std::size_t policies, bool sampled);

  double naive_ns() const { return naive_ns_; }
  OneUserRun run_with(const std::string& kernel) const;

 private:
  Naive naive() const {
    return [this](std::size_t user, std::span<RuleId> out) {
      return naive_.match(naive_users_[user], out);
    };
  }

  Population population_;
  UserTable table_;
  Checker checker_;
  NaiveLoop naive_;
  std::vector<Bits> naive_users_;  // as many as is bearable
  std::vector<std::byte> saved_;
  double naive_ns_ = 0;
};

Wide::Wide(std::size_t policies, bool sampled)
    : population_(Population::make(kSeed).value()),
      table_(population_.table(one_user_count()).value()),
      checker_(population_.schema()),
      naive_(checker_) {
  const PolicyWriter writer(population_.schema(), kSeed);
  RuleSetBuilder builder(population_.schema());
  for (const auto& [name, rule] : generate::segment_texts()) {
    builder.define(name, rule).value();
    checker_.define(name, rule).value();
  }
  for (std::size_t i = 0; i < policies; ++i) {
    const std::string rule = writer.rule(i);
    builder.add(rule).value();
    naive_.add(rule);
  }
  naive_.pack();
  CompileOptions options;
  const UserTable others = Population::make(kSampleSeed).value().table(kSampleUsers).value();
  if (sampled) options.sample = &others;
  options.sample_today = population_.today();
  saved_ = std::move(builder).compile(options).value().save();
  const std::size_t users = std::clamp<std::size_t>(50'000'000 / policies, 100, one_user_count());
  naive_users_ = encode(naive_.encoder(), table_, users, population_.today());
  naive_ns_ = bench::naive_ns(naive(), policies, users, kPasses);
}

OneUserRun Wide::run_with(const std::string& kernel) const {
  const RuleSet rules = RuleSet::load(saved_, {.kernel = kernel}).value();
  OneUserRun run(rules, encode(rules.encoder(), table_, one_user_count(), population_.today()));
  run.check(naive(), naive_users_.size());
  run.measure(kPasses);
  return run;
}

void match_wide(benchmark::State& state, std::size_t policies, bool sampled,
                const std::string& kernel) {
  const std::string key = std::to_string(policies) + (sampled ? "/sampled" : "");
  // Not to be moved: the naive loop refers to the checker.
  const auto& wide = *keep_last<std::unique_ptr<Wide>>(
      key, [&] { return std::make_unique<Wide>(policies, sampled); });
  auto& run = keep_last<OneUserRun>(key + "/" + kernel, [&] { return wide.run_with(kernel); });
  run.run(state, wide.naive_ns());
}

void add(std::size_t policies, bool sampled) {
  std::vector<std::string_view> kernels = kernel_names();
  kernels.insert(kernels.begin(), "");
  for (const std::string_view kernel : kernels) {
    std::string label = "MatchOne/";
    if (!kernel.empty()) label += std::string(kernel) + "/";
    label += sampled ? "wide/" : "wide/unsampled/";
    benchmark::RegisterBenchmark((label + std::to_string(policies)).c_str(),
                                 [=, kernel = std::string(kernel)](benchmark::State& state) {
                                   match_wide(state, policies, sampled, kernel);
                                 });
  }
}

const bool registered = [] {
  for (const bool sampled : {true, false}) {
    for (const std::size_t policies : {1'000u, 100'000u}) add(policies, sampled);
  }
  return true;
}();

}  // namespace
}  // namespace muster::bench
