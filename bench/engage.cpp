// What a ledger does in a second. Each benchmark runs once: on SQLite in a temporary folder
// (store:0), and on PostgreSQL (store:1) where MUSTER_TEST_POSTGRES names a server
// (tools/with-postgres.sh).
//
// Timeline/contacts:N: a ledger of N contacts, ten a user; p50_us and p99_us of reading a user's
// timeline, users picked at random, ten entries checked each time; p99_cpu_us is of processor
// time, which a busy machine does not stretch. fill_seconds is what making the ledger took.
//
// Settle/contacts:N: on that ledger, users with four open tasks of one policy accept in the shop,
// in any order, one transaction each, one after the other; the other three tasks are closed.
// settled_per_s is with Durability::normal while another thread calls checkpoint(), alone_per_s
// while none does, full_per_s with ::full; worst_ms and alone_worst_ms are the longest that one
// settlement took. bare_per_s is the same rows (entries, tasks, settlements, outbox, sums), of
// other users, put into the same ledger's tables by the same prepared statements, a transaction for
// each settlement, nothing looked up, checkpoint() called too; all take turns. ratio is
// settled_per_s / bare_per_s. cpu_us and bare_cpu_us are processor time a settlement, alone for the
// former.
//
// Dispatch/tasks:N: N planned tasks on a channel with room for nine tenths of them and a cap to
// check; seconds to dispatch these in transactions of 100 000. plan_seconds is what planning them
// took, decisions not included.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <numeric>
#include <random>
#include <thread>

#include "engage/ledger_tables.hpp"
#include "engage_place.hpp"
#include "short_run.hpp"
#include "timing.hpp"

namespace muster::bench {
namespace {

bool skip(benchmark::State& state) {
  const bool wanted = Kind(state.range(0)) == Kind::sqlite || server() != nullptr;
  if (wanted) return false;
  for (auto _ : state) {
  }
  state.SetLabel("no server: see MUSTER_TEST_POSTGRES");
  return true;
}

struct Filled {
  Filled(Kind kind, std::size_t contacts) : place(kind) {
    const double begin = now_ns();
    fill(*place.store(), contacts);
    seconds = (now_ns() - begin) / 1e9;
  }
  const Place place;
  double seconds = 0;
};

/// One ledger of a kind and size, for all who ask.
const Filled& filled(const benchmark::State& state) {
  static std::map<std::pair<std::int64_t, std::int64_t>, Filled> all;
  const std::int64_t kind = state.range(0), contacts = state.range(1);
  return all.try_emplace({kind, contacts}, Kind(kind), static_cast<std::size_t>(contacts))
      .first->second;
}

void timeline(benchmark::State& state) {
  if (skip(state)) return;
  const Filled& its = filled(state);
  state.counters["fill_seconds"] = its.seconds;
  Ledger ledger = its.place.ledger();
  std::mt19937_64 random(5);
  std::vector<double> microseconds, processor;
  for (auto _ : state) {
    for (int i = 0; i < 20'000; ++i) {
      const auto users = static_cast<std::size_t>(state.range(1)) / contacts_of_a_user;
      const std::string user = user_of(random() % users);
      const double begin = now_ns(), processor_begin = processor_ns();
      const std::vector<Event> events = must(ledger.timeline(user));
      processor.push_back((processor_ns() - processor_begin) / 1e3);
      microseconds.push_back((now_ns() - begin) / 1e3);
      require(events.size() == contacts_of_a_user && events[9].user == user, "a wrong timeline");
    }
  }
  state.counters["p50_us"] = percentile(microseconds, 0.5);
  state.counters["p99_us"] = percentile(microseconds, 0.99);
  state.counters["p99_cpu_us"] = percentile(processor, 0.99);
}

struct Spent {
  double seconds = 0;
  double processor_seconds = 0;
  double worst_ns = 0;
  Spent& operator+=(const Spent& other) {
    seconds += other.seconds;
    processor_seconds += other.processor_seconds;
    worst_ns = std::max(worst_ns, other.worst_ns);
    return *this;
  }
};

/// A thread that keeps a log short, as those who serve a ledger should have.
template <class Kept>
class Keeper {
 public:
  explicit Keeper(Kept& kept)
      : thread_([&kept, this] {
          for (; !stop_; std::this_thread::sleep_for(std::chrono::milliseconds(20))) {
            kept.checkpoint();
          }
        }) {}
  Keeper(const Keeper&) = delete;
  ~Keeper() {
    stop_ = true;
    thread_.join();
  }

 private:
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

/// What it takes to settle users' tasks in the shop.
Spent settle_all(Ledger& ledger, const Catalogue& catalogue, std::span<const std::size_t> users) {
  std::vector<TaskId> tasks;
  for (const std::size_t user : users) {
    for (const Task& task : must(ledger.open_tasks(user_of(user)))) {
      if (task.channel == "shop") tasks.push_back(task.id);
    }
  }
  require(tasks.size() == users.size(), "tasks are missing");
  const std::uint64_t before = must(ledger.use_of("P")).accepted;
  const double begin = now_ns();
  const double processor_begin = processor_ns();
  double worst = 0, last = begin;
  for (const TaskId task : tasks) {
    ContactReport report;
    report.task = task;
    const std::string key = "settle " + std::to_string(task);
    const Receipt receipt = must(ledger.settle({key, noon}, catalogue, report));
    require(receipt.changes.size() == 4, "the other tasks were not closed");
    worst = std::max(worst, now_ns() - last);
    last = now_ns();
  }
  const Spent spent{(last - begin) / 1e9, (processor_ns() - processor_begin) / 1e9, worst};
  require(must(ledger.use_of("P")).accepted == before + users.size(), "not all were settled");
  return spent;
}

KeptTask task_of(const Event& event) {
  KeptTask out;
  out.id = event.sequence;
  out.user = event.user;
  out.policy = event.policy;
  out.channel = event.channel;
  out.state = *event.state;
  return out;
}

/// The entries of the last settlements, four each, as other users' after them.
std::vector<Event> entries_for(LedgerTables& tables, std::span<const std::size_t> users) {
  const std::uint64_t last = tables.head({}).last_sequence, entries = 4 * users.size();
  std::vector<Event> out = tables.events_after(last - entries, entries);
  require(out.size() == entries && out.front().kind == EventKind::contact, "entries are missing");
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].sequence += entries;
    out[i].cause += entries;
    out[i].user = user_of(users[i / 4]);
  }
  return out;
}

/// What it takes to put the same rows in with nothing looked up.
Spent insert_all(Store& store, std::span<const std::size_t> users) {
  LedgerTables tables(store);
  const std::vector<Event> events = entries_for(tables, users);
  const double begin = now_ns(), processor_begin = processor_ns();
  for (std::size_t i = 0; i < events.size(); i += 4) {
    const Event& head = events[i];
    const KeptCommand command{head.sequence, 1, 4};
    const Settlement settlement{head.sequence, head.task, head.policy, head.channel, noon, noon};
    const std::string key = "bare " + std::to_string(head.task);
    store.begin();
    for (std::size_t j = i; j < i + 4; ++j) {
      tables.add(events[j], key, j == i ? &command : nullptr);
      if (events[j].channel == "call") tables.push("call", events[j].sequence);
      tables.add(task_of(events[j]), events[j].channel == "call" ? Pushed::yes : Pushed::no);
    }
    tables.put("Q", {1, 0, i / 4, 0});
    tables.add_capacity("call", Date{20'542}, -1);
    tables.put(head.user, settled_policy("P"), settlement);
    tables.put(head.user, settled_group("g"), settlement);
    store.commit();
  }
  const Spent spent{(now_ns() - begin) / 1e9, (processor_ns() - processor_begin) / 1e9};
  require(tables.head({}).last_sequence == events.back().sequence, "rows are missing");
  return spent;
}

/// Everybody in a random order.
std::vector<std::size_t> shuffled_users(std::size_t all) {
  std::vector<std::size_t> out(all);
  std::iota(out.begin(), out.end(), std::size_t{0});
  std::shuffle(out.begin(), out.end(), std::mt19937_64(5));
  return out;
}

void settle(benchmark::State& state) {
  if (skip(state)) return;
  const Place& place = filled(state).place;
  const bool is_sqlite = Kind(state.range(0)) == Kind::sqlite;
  const std::size_t many = short_run() ? 500 : is_sqlite ? 20'000 : 5'000, some = many / 10;
  const std::vector<std::size_t> everybody =
      shuffled_users(static_cast<std::size_t>(state.range(1)) / contacts_of_a_user);
  const auto users = std::span(everybody).first(some + 3 * many);
  const Catalogue catalogue = catalogue_with(0, true);
  const auto per_second = [](std::size_t count, double seconds) {
    return static_cast<double>(count) / seconds;
  };
  for (auto _ : state) {
    {
      Ledger ledger = place.ledger();
      plan(ledger, catalogue, users);
      require(dispatch_all(ledger, catalogue) == users.size(), "not all tasks were dispatched");
    }
    Ledger full = place.ledger(Durability::full);
    state.counters["full_per_s"] =
        per_second(some, settle_all(full, catalogue, users.first(some)).seconds);
    Ledger normal = place.ledger();
    const std::unique_ptr<Store> store = place.store();
    Ledger unkept = place.ledger();
    Spent settled, bare, alone;
    constexpr std::size_t turns = 2;
    for (std::size_t i = 0; i < turns; ++i) {
      const std::size_t part = many / turns, first = some + i * part;
      {
        const Keeper keeper(normal);
        settled += settle_all(normal, catalogue, users.subspan(first, part));
      }
      {
        const Keeper keeper(*store);
        bare += insert_all(*store, users.subspan(first + many, part));
      }
      alone += settle_all(unkept, catalogue, users.subspan(first + 2 * many, part));
    }
    const double settled_per_s = per_second(many, settled.seconds);
    const double bare_per_s = per_second(many, bare.seconds);
    state.counters["settled_per_s"] = settled_per_s;
    state.counters["bare_per_s"] = bare_per_s;
    state.counters["alone_per_s"] = per_second(many, alone.seconds);
    state.counters["worst_ms"] = settled.worst_ns / 1e6;
    state.counters["alone_worst_ms"] = alone.worst_ns / 1e6;
    state.counters["ratio"] = settled_per_s / bare_per_s;
    state.counters["cpu_us"] = alone.processor_seconds * 1e6 / static_cast<double>(many);
    state.counters["bare_cpu_us"] = bare.processor_seconds * 1e6 / static_cast<double>(many);
  }
}

void dispatch(benchmark::State& state) {
  if (skip(state)) return;
  const Place place(Kind(state.range(0)));
  const auto tasks = static_cast<std::size_t>(state.range(1));
  const std::size_t capacity = tasks / 10 * 9;
  const Catalogue catalogue = catalogue_with(capacity, false);
  for (auto _ : state) {
    Ledger ledger = place.ledger();
    state.counters["plan_seconds"] = plan(ledger, catalogue, shuffled_users(tasks));
    const double begin = now_ns();
    require(dispatch_all(ledger, catalogue) == capacity, "not as many as there is room for");
    state.counters["seconds"] = (now_ns() - begin) / 1e9;
  }
}

/// On both stores, with `full` of something, or with `little` in a short run.
template <std::int64_t little, std::int64_t full>
void sizes(benchmark::internal::Benchmark* its) {
  for (const std::int64_t store : {0, 1}) its->Args({store, short_run() ? little : full});
  its->Iterations(1);
}

constexpr auto contacts = sizes<50'000, 10'000'000>;
BENCHMARK(timeline)->Name("Timeline")->ArgNames({"store", "contacts"})->Apply(contacts);
BENCHMARK(settle)->Name("Settle")->ArgNames({"store", "contacts"})->Apply(contacts);
BENCHMARK(dispatch)->Name("Dispatch")->ArgNames({"store", "tasks"})->Apply(sizes<2'000, 1'000'000>);

}  // namespace
}  // namespace muster::bench
