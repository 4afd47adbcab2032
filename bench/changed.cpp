// Changed/N: one flag of a user of workload W1 changes; which of N rules the user enters and
// leaves. Ten thousand users in turn, every flag as often as any other; p50_ns is the median over
// batches of 16 users.
//
// `over_two_matches` is how many times as long it takes to match the user before and after and to
// compare the two lists of ids; `over_readers`, to test each rule that reads the flag, from a list
// kept for each flag, before and after. All three answers are compared with the naive loop's.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "keep_last.hpp"
#include "one_user_run.hpp"
#include "rule_sets.hpp"
#include "timing.hpp"

namespace muster::bench {
namespace {

struct Answer {
  std::vector<RuleId> entered;
  std::vector<RuleId> left;
  void clear() {
    entered.clear();
    left.clear();
  }
  friend bool operator==(const Answer&, const Answer&) = default;
};

std::size_t flag_of(std::size_t user) { return user * 73 % workload_flags; }

WorkloadUser changed_user(WorkloadUser user, std::size_t number) {
  user.flags.flip(flag_of(number));
  return user;
}

class Changes {
 public:
  explicit Changes(std::size_t count)
      : source_(rule_source("w1", count)),
        users_(workload_users(one_user_count())),
        rules_(compile(source_)),
        scratch_(rules_),
        was_(count),
        is_(count),
        readers_(workload_flags) {
    for (std::size_t user = 0; user < users_.size(); ++user) {
      before_.push_back(encode(users_[user]));
      after_.push_back(encode(changed_user(users_[user], user)));
    }
    for (RuleId rule = 0; rule < count; ++rule) {
      for (const auto& literal : source_.own[rule].literals) readers_[literal.flag].push_back(rule);
      for (const std::uint8_t flag : source_.own[rule].any_of) readers_[flag].push_back(rule);
    }
    check();
    changed_ns_ = time(&Changes::by_changed);
    two_matches_ns_ = time(&Changes::by_two_matches);
    readers_ns_ = time(&Changes::by_readers);
  }

  void run(benchmark::State& state) {
    std::size_t user = 0;
    std::size_t differences = 0;
    for (auto _ : state) {
      by_changed(user);
      differences += answer_.entered.size() + answer_.left.size();
      if (++user == users_.size()) user = 0;
    }
    state.counters["p50_ns"] = changed_ns_;
    state.counters["over_two_matches"] = two_matches_ns_ / changed_ns_;
    state.counters["over_readers"] = readers_ns_ / changed_ns_;
    state.counters["changes_per_user"] =
        static_cast<double>(differences) / static_cast<double>(state.iterations());
  }

 private:
  using Method = void (Changes::*)(std::size_t user);

  Bits encode(const WorkloadUser& user) const {
    return rules_.encoder().encode(WorkloadView(user), Date{}).value();
  }

  void by_changed(std::size_t user) {
    answer_.clear();
    rules_.changed(before_[user], after_[user], scratch_, answer_.entered, answer_.left);
  }

  void by_two_matches(std::size_t user) {
    answer_.clear();
    const auto was = std::span(was_).first(rules_.match(before_[user], scratch_, was_));
    const auto is = std::span(is_).first(rules_.match(after_[user], scratch_, is_));
    std::set_difference(is.begin(), is.end(), was.begin(), was.end(),
                        std::back_inserter(answer_.entered));
    std::set_difference(was.begin(), was.end(), is.begin(), is.end(),
                        std::back_inserter(answer_.left));
  }

  void by_readers(std::size_t user) {
    answer_.clear();
    for (const RuleId rule : readers_[flag_of(user)]) {
      tell(rule, rules_.matches(before_[user], rule), rules_.matches(after_[user], rule));
    }
  }

  void by_naive_loop(std::size_t user) {
    answer_.clear();
    const WorkloadUser after = changed_user(users_[user], user);
    for (RuleId rule = 0; rule < source_.own.size(); ++rule) {
      tell(rule, source_.holds(rule, users_[user]), source_.holds(rule, after));
    }
  }

  void tell(RuleId rule, bool was, bool is) {
    if (is && !was) answer_.entered.push_back(rule);
    if (was && !is) answer_.left.push_back(rule);
  }

  // For as many users as is bearable.
  void check() {
    const std::size_t users = std::clamp<std::size_t>(30'000'000 / rules_.size(), 1, users_.size());
    for (std::size_t user = 0; user < users; ++user) {
      by_naive_loop(user);
      const Answer expected = answer_;
      for (const Method method :
           {&Changes::by_changed, &Changes::by_two_matches, &Changes::by_readers}) {
        (this->*method)(user);
        if (answer_ != expected) throw std::logic_error("the answer is not the naive loop's");
      }
    }
  }

  double time(Method method) {
    std::vector<double> means;
    const auto timed = [&](std::size_t user) { (this->*method)(user); };
    time_users(users_.size(), user_batch, timed, means);
    return percentile(std::move(means), 0.5);
  }

  RuleSource source_;
  std::vector<WorkloadUser> users_;
  RuleSet rules_;
  Scratch scratch_;
  std::vector<RuleId> was_;
  std::vector<RuleId> is_;
  std::vector<Bits> before_;
  std::vector<Bits> after_;
  std::vector<std::vector<RuleId>> readers_;  // of each flag
  Answer answer_;
  double changed_ns_ = 0;
  double two_matches_ns_ = 0;
  double readers_ns_ = 0;
};

void Changed(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  keep_last<Changes>(std::to_string(count), [&] { return Changes(count); }).run(state);
}
BENCHMARK(Changed)->Arg(100)->Arg(1000)->Arg(10'000)->Arg(100'000);

}  // namespace
}  // namespace muster::bench
