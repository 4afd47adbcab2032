// MatchOne/N: one user of workload W1 against N rules, the answer being the list of rule ids.
// MatchOne/w2/N, w3/N: the workload's variants. MatchOne/sharing/N: N policies that each ask for
// two of 40 named segments and a little more. MatchOne/KERNEL/…: the same with a kernel by name.
//
// Ten thousand users are matched in turn on one thread. p50_ns is the median over batches of 16
// users, of the matcher as of the naive loop that `speedup` refers to; p99_ns is of single users.
// Answers are compared with the naive loop's first (of fewer users where rules are many), and every
// answer's size with another executor's while timing.

#include <algorithm>
#include <string>

#include "keep_last.hpp"
#include "muster/match/kernel.hpp"
#include "one_user_run.hpp"
#include "rule_sets.hpp"
#include "short_run.hpp"

namespace muster::bench {
namespace {

// Once is enough where it takes long.
std::size_t passes(std::size_t rules) { return short_run() || rules >= 100'000 ? 1 : 5; }

const std::vector<WorkloadUser>& users() {
  static const std::vector<WorkloadUser> made = workload_users(one_user_count());
  return made;
}

// Rules, compiled for one kernel and then another; the naive loop's time.
class Workload {
 public:
  Workload(const std::string& name, std::size_t count)
      : rules_(rule_source(name, count)),
        saved_(compile(rules_).save()),
        naive_users_(std::clamp<std::size_t>(30'000'000 / count, 2 * user_batch, users().size())),
        naive_ns_(bench::naive_ns(naive(), count, naive_users_, passes(count))) {}

  double naive_ns() const { return naive_ns_; }

  OneUserRun run_with(const std::string& kernel) const {
    const RuleSet rules = RuleSet::load(saved_, {.kernel = kernel}).value();
    std::vector<Bits> encoded;
    for (const WorkloadUser& user : users()) {
      encoded.push_back(rules.encoder().encode(WorkloadView(user), Date{}).value());
    }
    OneUserRun run(rules, std::move(encoded));
    run.check(naive(), naive_users_);
    run.measure(passes(rules.size()));
    return run;
  }

 private:
  Naive naive() const {
    return [this](std::size_t user, std::span<RuleId> out) {
      std::size_t found = 0;
      for (std::size_t rule = 0; rule < rules_.own.size(); ++rule) {
        if (rules_.holds(rule, users()[user])) out[found++] = static_cast<RuleId>(rule);
      }
      return found;
    };
  }

  RuleSource rules_;
  std::vector<std::byte> saved_;
  std::size_t naive_users_;
  double naive_ns_;
};

void match_one(benchmark::State& state, const std::string& name, std::size_t count,
               const std::string& kernel) {
  const std::string key = name + "/" + std::to_string(count);
  const auto& workload = keep_last<Workload>(key, [&] { return Workload(name, count); });
  auto& run = keep_last<OneUserRun>(key + "/" + kernel, [&] { return workload.run_with(kernel); });
  run.run(state, workload.naive_ns());
}

void add(const std::string& name, std::size_t count) {
  std::vector<std::string_view> kernels = kernel_names();
  kernels.insert(kernels.begin(), "");
  for (const std::string_view kernel : kernels) {
    std::string label = "MatchOne/";
    if (!kernel.empty()) label += std::string(kernel) + "/";
    if (name != "w1") label += name + "/";
    benchmark::RegisterBenchmark((label + std::to_string(count)).c_str(),
                                 [=, kernel = std::string(kernel)](benchmark::State& state) {
                                   match_one(state, name, count, kernel);
                                 });
  }
}

const bool registered = [] {
  for (const std::size_t count : {100u, 1000u, 10'000u, 100'000u, 1'000'000u}) add("w1", count);
  for (const char* name : {"w2", "w3", "sharing"}) {
    for (const std::size_t count : {1000u, 100'000u}) add(name, count);
  }
  return true;
}();

}  // namespace
}  // namespace muster::bench
