// Decide/N: a full decision for one user of workload W1 from a catalogue of N policies whose
// segments are the workload's rules: matched, gated, checked against contact rules over 20 past
// contacts, scored by logistic regression and constants, ranked, and put into a view.
// HotSwap: two threads decide while catalogues of 10 000 policies are swapped 100 times.
//
// Decide times users in turn on one thread, decisions and bare matches of the same policies' rule
// set (users encoded beforehand, the answer being a list of ids) by turns: p50_ns and match_p50_ns
// are medians over batches of 16 users, p99_ns is of single users, ratio is p50_ns / match_p50_ns.
// These decisions begin with a row of a table, so that their ratio has encoding some 200 tags in
// it, which the bare match has not. prepared_p50_ns and prepared_ratio are of decisions that begin
// where the bare match does, with tags that were read and encoded before (Engine::prepare): like
// for like. Views are compared with the naive loop's matches first; while timing, every view's id
// is compared with the first one of that user.
//
// HotSwap times every decision by the wall clock. On a machine with fewer cores than threads the
// scheduler interrupts decisions for as long as it likes, which is none of the engine's doing: the
// kernel counts, per thread, how often it was preempted and how often it waited. max_stall_ms is of
// decisions that were not preempted, or that waited; max_wall_ms is of all; preempted and waited
// are how many decisions were. noise_stall_ms and noise_wall_ms are the same while the catalogues
// are compiled and swapped in another engine: what the machine does to decisions by itself.
// beyond_noise_ms is what swapping adds to the longest stall.

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>

#include "encode_input.hpp"
#include "keep_last.hpp"
#include "muster/decide/engine.hpp"
#include "naive.hpp"
#include "one_user_run.hpp"
#include "short_run.hpp"
#include "timing.hpp"

namespace muster::bench {
namespace {

constexpr Moment now{1'774'872'000};
constexpr std::size_t contacts_of_a_user = 20;

std::string channels_json() {
  return R"([
    {"id": "call", "kind": "digital", "mode": "active", "cost": 3, "preferred_when": "t3"},
    {"id": "sms", "kind": "digital", "mode": "active", "cost": 0.05},
    {"id": "app", "kind": "digital", "cost": 0.01, "preferred_when": "t5 AND NOT t9"},
    {"id": "web", "kind": "digital", "cost": 0.01},
    {"id": "zone", "kind": "digital", "preferred_when": "t11"},
    {"id": "hotline", "kind": "digital", "cost": 1},
    {"id": "shop", "kind": "own_shop", "cost": 5, "hours": [{"from": "09:00", "until": "18:00"}]},
    {"id": "partner", "kind": "partner_shop", "cost": 4},
    {"id": "manager", "kind": "account_manager", "cost": 20}])";
}

std::string contact_rules_json() {
  return R"([
    {"id": "week", "kind": "cap", "channels": ["call", "sms"], "within": {"weeks": 1}, "most": 9},
    {"id": "day", "kind": "cap", "of": "channel", "within": {"days": 1}, "most": 3},
    {"id": "group", "kind": "cap", "of": "group", "within": {"months": 1}, "most": 4},
    {"id": "declined", "kind": "cool_down", "of": "policy", "after": "declined",
     "within": {"rolling_days": 90}},
    {"id": "night", "kind": "quiet_hours", "channels": ["call", "sms"],
     "hours": [{"from": "21:00", "until": "08:00"}]},
    {"id": "silence", "kind": "do_not_contact", "channels": ["call"], "when": "t40 AND t2"}])";
}

std::string propensity_json() {
  std::string out = R"({"constants": [{"probability": 0.05}], "logistic": [)";
  for (const char* channel : {"call", "sms", "app", "web"}) {
    if (out.back() == '}') out += ", ";
    out += std::string(R"({"channel": ")") + channel + R"(", "intercept": -2, "terms": [)";
    for (int term = 0; term < 12; ++term) {
      out += std::string(term == 0 ? "" : ", ") + R"({"tag": "t)" + std::to_string(term * 3) +
             R"(", "coefficient": 0.)" + std::to_string(term + 1) + "}";
    }
    out += R"(, {"tag": "n0", "coefficient": 0.01}]})";
  }
  return out + "]}";
}

/// Three channels a policy, as policies mostly have.
constexpr const char* channels[] = {"call", "sms", "app", "web", "zone", "hotline", "shop"};

std::string policy_json(const WorkloadRule& rule, std::size_t number) {
  const std::string id = std::to_string(number);
  std::string out = R"({"id": "P)" + id + R"(", "name": "P)" + id + R"(", "segment": ")" +
                    to_text(rule) + R"(", "value": )" + std::to_string(50 + number % 97) +
                    R"(, "groups": ["g)" + std::to_string(number % 50) + "\"]";
  if (number % 4 == 0) out += R"(, "eligibility": "NOT t150")";
  if (number % 8 == 1) out += R"(, "suitability": "n1 < 95")";
  if (number % 16 == 3) out += R"(, "quota": 1000)";
  out += R"(, "channels": [")" + std::string(channels[number % 3]) + R"(", ")" +
         channels[3 + number % 2] + R"(", ")" + channels[5 + number % 2] + R"("])";
  return out + R"(, "class": "incentive", "script": "套餐{n0}元"})";
}

std::string catalogue_json(const std::vector<WorkloadRule>& rules, const std::string& version) {
  std::string out = R"({"version": ")" + version +
                    R"(", "time_zone": "Asia/Shanghai", "schema": )" + workload_schema().to_json() +
                    R"(, "channels": )" + channels_json() + R"(, "contact_rules": )" +
                    contact_rules_json() + R"(, "propensity": )" + propensity_json() +
                    R"(, "arbitration": {"primary": 1, "secondary": 3,
    "context": [{"when": "t7", "weight": 1.5}, {"when": "n2 > 50", "weight": 0.5}],
    "channel_choice": {"high_value_when": "n3 >= 80"}}, "holdout": {"share": 0.02, "key": "k"},
    "policies": [)";
  for (std::size_t i = 0; i < rules.size(); ++i) {
    out += (i == 0 ? "\n" : ",\n") + policy_json(rules[i], i);
  }
  return out + "]}";
}

Catalogue make_catalogue(std::size_t policies, const std::string& version) {
  Result<Catalogue> made =
      Catalogue::from_json(catalogue_json(workload_rules(Variant::w1, policies), version));
  if (!made) throw std::logic_error(made.error().message);
  return *made;
}

std::shared_ptr<const MemoryHistory> make_history(std::size_t users, std::size_t policies) {
  const auto history = std::make_shared<MemoryHistory>();
  for (std::size_t user = 0; user < users; ++user) {
    for (std::size_t i = 0; i < contacts_of_a_user; ++i) {
      const std::size_t some = user * 7919 + i * 104'729;
      const auto before = static_cast<std::int64_t>(some % (86'400 * 120));
      history->add(std::to_string(user), {{now.seconds - before},
                                          "P" + std::to_string(some % policies),
                                          channels[some % std::size(channels)],
                                          some % 5 == 0 ? Outcome::declined : Outcome::unreachable,
                                          {}});
    }
  }
  return history;
}

UserTable make_table(const std::vector<WorkloadUser>& users) {
  UserTable table(workload_schema());
  if (!table.append_columns({}, WorkloadColumns(users).views())) {
    throw std::logic_error("the users are refused");
  }
  return table;
}

/// An engine, its users, and the bare matcher beside it.
class DecideRun {
 public:
  explicit DecideRun(std::size_t policies)
      : users_(workload_users(one_user_count())),
        table_(make_table(users_)),
        catalogue_(make_catalogue(policies, "1")),
        rules_(catalogue_.compile().value()),
        scratch_(rules_),
        ids_(rules_.size()),
        engine_({.history = make_history(users_.size(), policies)}) {
    if (!engine_.deploy(catalogue_)) throw std::logic_error("the catalogue is refused");
    for (std::size_t user = 0; user < users_.size(); ++user) {
      keys_.push_back(std::to_string(user));
      const UserTable::Row row(table_, user);
      encoded_.push_back(rules_.encoder().encode(row, Date{}).value());
      prepared_.push_back(engine_.prepare(row, now).value());
    }
    check(policies);
    for (std::size_t user = 0; user < users_.size(); ++user) {
      decision_ids_.push_back(decide(user).decision_id());
    }
    measure(short_run() || policies >= 100'000 ? 1 : 5);
  }

  void run(benchmark::State& state) {
    std::size_t user = 0;
    for (auto _ : state) {
      timed_decide(user);
      if (++user == users_.size()) user = 0;
    }
    if (wrong_) state.SkipWithError("decisions change");
    state.counters["p50_ns"] = p50_ns_;
    state.counters["p99_ns"] = p99_ns_;
    state.counters["match_p50_ns"] = match_p50_ns_;
    state.counters["ratio"] = p50_ns_ / match_p50_ns_;
    state.counters["prepared_p50_ns"] = prepared_p50_ns_;
    state.counters["prepared_ratio"] = prepared_p50_ns_ / match_p50_ns_;
    state.counters["matches_per_user"] = matches_;
    state.counters["offers_per_user"] = offers_;
  }

 private:
  PolicyView decide(std::size_t user, const PreparedUser* prepared = nullptr) const {
    const UserTable::Row row(table_, user);
    return engine_.decide({keys_[user], row, prepared}, now).value();
  }

  void timed_decide(std::size_t user, const PreparedUser* prepared = nullptr) {
    wrong_ |= decide(user, prepared).decision_id() != decision_ids_[user];
  }

  /// A view names the policies that match, and no other.
  void check(std::size_t policies) {
    const std::vector<WorkloadRule> rules = workload_rules(Variant::w1, policies);
    const std::size_t some = std::clamp<std::size_t>(3'000'000 / policies, 20, users_.size());
    std::size_t matches = 0, offers = 0;
    for (std::size_t user = 0; user < some; ++user) {
      const PolicyView view = decide(user);
      std::vector<PolicyId> found, right;
      for (const Offer& one : view.offers()) found.push_back(one.policy);
      for (const Omission& one : view.omissions()) found.push_back(one.policy);
      std::sort(found.begin(), found.end());
      for (std::size_t rule = 0; rule < rules.size(); ++rule) {
        if (naive_holds(rules[rule], users_[user])) right.push_back(static_cast<PolicyId>(rule));
      }
      if (found != right) throw std::logic_error("a view is not about what matches");
      matches += right.size();
      offers += view.offers().size();
    }
    matches_ = static_cast<double>(matches) / static_cast<double>(some);
    offers_ = static_cast<double>(offers) / static_cast<double>(some);
  }

  void measure(std::size_t passes) {
    std::vector<double> decisions, prepared, singles, matches;
    for (std::size_t pass = 0; pass < passes; ++pass) {
      time_users(
          users_.size(), user_batch, [this](std::size_t user) { timed_decide(user); }, decisions);
      time_users(
          users_.size(), user_batch,
          [this](std::size_t user) { timed_decide(user, &prepared_[user]); }, prepared);
      time_users(
          users_.size(), user_batch,
          [this](std::size_t user) {
            benchmark::DoNotOptimize(rules_.match(encoded_[user], scratch_, ids_));
          },
          matches);
    }
    time_users(
        users_.size(), 1, [this](std::size_t user) { timed_decide(user); }, singles);
    p50_ns_ = percentile(std::move(decisions), 0.5);
    prepared_p50_ns_ = percentile(std::move(prepared), 0.5);
    p99_ns_ = percentile(std::move(singles), 0.99);
    match_p50_ns_ = percentile(std::move(matches), 0.5);
  }

  std::vector<WorkloadUser> users_;
  UserTable table_;
  Catalogue catalogue_;
  RuleSet rules_;
  Scratch scratch_;
  std::vector<RuleId> ids_;
  Engine engine_;
  std::vector<std::string> keys_;
  std::vector<Bits> encoded_;
  std::vector<PreparedUser> prepared_;
  std::vector<std::uint64_t> decision_ids_;
  bool wrong_ = false;
  double matches_ = 0, offers_ = 0;
  double p50_ns_ = 0, prepared_p50_ns_ = 0, p99_ns_ = 0, match_p50_ns_ = 0;
};

/// How often the calling thread was preempted, and how often it waited.
struct Switches {
  long preempted = 0, waited = 0;
  static Switches of_this_thread() {
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    return {usage.ru_nivcsw, usage.ru_nvcsw};
  }
};

/// What one deciding thread saw.
struct Seen {
  double stall_ns = 0, wall_ns = 0;
  std::size_t decisions = 0, preempted = 0, waited = 0, wrong = 0;

  void add(double ns, const Switches& before, const Switches& after) {
    const bool was_preempted = after.preempted != before.preempted;
    const bool has_waited = after.waited != before.waited;
    wall_ns = std::max(wall_ns, ns);
    if (!was_preempted || has_waited) stall_ns = std::max(stall_ns, ns);
    preempted += was_preempted;
    waited += has_waited;
    ++decisions;
  }
  Seen with(const Seen& other) const {
    return {std::max(stall_ns, other.stall_ns),
            std::max(wall_ns, other.wall_ns),
            decisions + other.decisions,
            preempted + other.preempted,
            waited + other.waited,
            wrong + other.wrong};
  }
};

class HotSwapRun {
 public:
  HotSwapRun()
      : users_(workload_users(1000)),
        table_(make_table(users_)),
        one_(make_catalogue(policies, "1")),
        two_(make_catalogue(policies, "2")),
        history_(make_history(users_.size(), policies)),
        engine_({.history = history_}) {
    swap(engine_, one_);
  }

  void run(benchmark::State& state) {
    Seen swapped, beside;
    for (auto _ : state) {
      Engine other({.history = history_});
      beside = decide_while_swapping(other);
      swapped = decide_while_swapping(engine_);
    }
    if (swapped.wrong + beside.wrong > 0) state.SkipWithError("a decision fails");
    state.counters["max_stall_ms"] = swapped.stall_ns / 1e6;
    state.counters["max_wall_ms"] = swapped.wall_ns / 1e6;
    state.counters["noise_stall_ms"] = beside.stall_ns / 1e6;
    state.counters["noise_wall_ms"] = beside.wall_ns / 1e6;
    state.counters["beyond_noise_ms"] = std::max(0.0, swapped.stall_ns - beside.stall_ns) / 1e6;
    state.counters["decisions"] = static_cast<double>(swapped.decisions);
    state.counters["preempted"] = static_cast<double>(swapped.preempted);
    state.counters["waited"] = static_cast<double>(swapped.waited);
  }

 private:
  static constexpr std::size_t policies = 10'000;

  static void swap(Engine& engine, const Catalogue& catalogue) {
    if (!engine.deploy(catalogue)) throw std::logic_error("the catalogue is refused");
  }

  /// What two threads see that decide from engine_ while `engine` swaps.
  Seen decide_while_swapping(Engine& engine) const {
    Seen seen[2];
    std::atomic<bool> done{false};
    std::thread first([&] { decide(done, seen[0]); }), second([&] { decide(done, seen[1]); });
    for (int i = 0; i < (short_run() ? 10 : 100); ++i) swap(engine, i % 2 == 0 ? two_ : one_);
    done = true;
    first.join();
    second.join();
    return seen[0].with(seen[1]);
  }

  void decide(const std::atomic<bool>& done, Seen& seen) const {
    for (std::size_t user = 0; !done; user = (user + 1) % users_.size()) {
      const UserTable::Row row(table_, user);
      const std::string key = std::to_string(user);
      const Switches before = Switches::of_this_thread();
      const double begin = now_ns();
      {
        const auto view = engine_.decide({key, row}, now);
        seen.wrong += !view || view->catalogue().version().size() != 1;
      }
      const double spent = now_ns() - begin;
      seen.add(spent, before, Switches::of_this_thread());
    }
  }

  std::vector<WorkloadUser> users_;
  UserTable table_;
  Catalogue one_, two_;
  std::shared_ptr<const MemoryHistory> history_;
  Engine engine_;
};

void decide(benchmark::State& state, std::size_t policies) {
  keep_last<DecideRun>(std::to_string(policies), [&] { return DecideRun(policies); }).run(state);
}

void hot_swap(benchmark::State& state) { HotSwapRun().run(state); }

const bool registered = [] {
  for (const std::size_t policies : {1000u, 100'000u}) {
    benchmark::RegisterBenchmark(("Decide/" + std::to_string(policies)).c_str(),
                                 [=](benchmark::State& state) { decide(state, policies); });
  }
  benchmark::RegisterBenchmark("HotSwap", hot_swap)
      ->Iterations(1)
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace
}  // namespace muster::bench
