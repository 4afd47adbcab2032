// What a ledger does in a second. Each benchmark runs once, on a ledger of its own in a temporary
// folder: SQLite, and PostgreSQL where MUSTER_TEST_POSTGRES names a server
// (tools/with-postgres.sh).
//
// Settle: users with four open tasks of one policy accept in the shop, one transaction each; the
// other three tasks are closed. settled_per_s is with Durability::normal, full_per_s with ::full.
// bare_per_s is the same rows (entries, tasks, settlements, outbox, sums) put into another ledger's
// tables by the same prepared statements, a transaction for each settlement, nothing looked up;
// ratio is settled_per_s / bare_per_s. cpu_us is processor time a settlement, which a busy machine
// does not stretch.
//
// Timeline/N: a ledger of N contacts, ten a user; p50_us and p99_us of reading a user's timeline,
// users picked at random, ten entries checked each time.
//
// Dispatch/N: N planned tasks on a channel with room for nine tenths of them and a cap to check;
// seconds to dispatch these in runs of 100 000. plan_seconds is what planning them took, decisions
// not included.

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <string>

#include "engage/ledger_tables.hpp"
#include "engage/schema.hpp"
#include "muster/decide/engine.hpp"
#include "short_run.hpp"
#include "timing.hpp"

namespace muster::bench {
namespace {

constexpr Moment noon{1'774'872'000};

void require(bool right, const char* what) {
  if (!right) throw std::logic_error(what);
}

template <class T>
T must(Result<T> result) {
  if (!result) throw std::logic_error(result.error().message);
  return std::move(*result);
}

enum class Kind : std::int64_t { sqlite, postgres };

const char* server() { return std::getenv("MUSTER_TEST_POSTGRES"); }

/// Where the ledgers of one benchmark lie; gone at the end. A server has one at a time.
class Place {
 public:
  explicit Place(Kind kind) : kind_(kind) {
    folder_ = std::filesystem::temp_directory_path() / ("muster_bench_" + std::to_string(getpid()));
    std::filesystem::create_directory(folder_);
  }
  Place(const Place&) = delete;
  ~Place() {
    std::filesystem::remove_all(folder_);
    if (kind_ == Kind::postgres) drop();
  }

  Ledger ledger(Durability durability = Durability::normal) const {
    const LedgerOptions options{.durability = durability};
    return must(kind_ == Kind::sqlite ? Ledger::open(folder_ / "ledger", options)
                                      : Ledger::connect(server(), options));
  }
  std::unique_ptr<Store> store(const char* name = "ledger") const {
    const LedgerOptions options{.durability = Durability::normal};
    auto out = kind_ == Kind::sqlite ? open_sqlite(folder_ / name, options)
                                     : connect_postgres(server(), options);
    require(prepare_ledger(*out).has_value(), "no ledger");
    return out;
  }
  /// Leaves nothing of what was written.
  void clear() const {
    for (const auto& one : std::filesystem::directory_iterator(folder_)) {
      std::filesystem::remove(one);
    }
    if (kind_ == Kind::postgres) drop();
  }

 private:
  static void drop() {
    const auto store = connect_postgres(server(), {});
    for (const char* table :
         {"ledger", "events", "tasks", "settlements", "uses", "capacity", "outbox", "members"}) {
      store->run_script(std::string("DROP TABLE IF EXISTS muster_") + table);
    }
  }

  Kind kind_;
  std::filesystem::path folder_;
};

Catalogue catalogue_with(const std::string& capacity) {
  return must(Catalogue::from_json(R"({"schema": {"key": "id", "tags": [
      {"name": "fee", "type": "number"}]}, "channels": [
      {"id": "call", "kind": "digital", "mode": "active", "daily_capacity": )" +
                                   capacity + R"(},
      {"id": "shop", "kind": "own_shop"}, {"id": "hotline", "kind": "digital"},
      {"id": "web", "kind": "digital"}],
      "class_channels": {"sales": ["own_shop", "digital"]},
      "propensity": {"constants": [{"probability": 0.5}]},
      "contact_rules": [{"id": "cap", "kind": "cap", "most": 2, "within": {"weeks": 1},
        "channels": ["call"]}],
      "policies": [{"id": "P", "name": "P", "segment": "fee >= 0", "value": 10, "groups": ["g"]}]
    })"));
}

/// Plans tasks for users 0 to `users` - 1; gives the seconds that Ledger::plan took.
double plan(Ledger& ledger, const Catalogue& catalogue, std::size_t users) {
  Engine engine;
  require(engine.deploy(catalogue).has_value(), "the catalogue is refused");
  User tags(catalogue.schema());
  require(tags.set("fee", 96.0).has_value(), "the tag is refused");
  constexpr std::size_t batch = 1'000;
  double nanoseconds = 0;
  for (std::size_t first = 0; first < users; first += batch) {
    std::vector<PolicyView> views;
    for (std::size_t user = first; user < std::min(users, first + batch); ++user) {
      views.push_back(must(engine.decide({"user " + std::to_string(user), tags}, noon)));
    }
    const double begin = now_ns();
    const Receipt receipt = must(ledger.plan({"plan " + std::to_string(first), noon}, views));
    nanoseconds += now_ns() - begin;
    require(receipt.changes.size() == 4 * views.size(), "not all tasks were planned");
  }
  return nanoseconds / 1e9;
}

std::size_t dispatch_all(Ledger& ledger, const Catalogue& catalogue) {
  std::size_t all = 0;
  for (int run = 0;; ++run) {
    const Receipt receipt = must(
        ledger.dispatch({"dispatch " + std::to_string(run), noon}, catalogue, "call", max_run));
    all += receipt.changes.size();
    if (receipt.changes.empty()) return all;
  }
}

struct Spent {
  double seconds = 0;
  double processor_seconds = 0;
};

/// What it takes to settle everybody's task in the shop.
Spent settle_all(const Place& place, Durability durability, std::size_t users) {
  place.clear();
  const Catalogue catalogue = catalogue_with("0");
  std::vector<TaskId> tasks;
  {
    Ledger ledger = place.ledger();
    plan(ledger, catalogue, users);
    require(dispatch_all(ledger, catalogue) == users, "not all tasks were dispatched");
    for (std::size_t user = 0; user < users; ++user) {
      for (const Task& task : must(ledger.open_tasks("user " + std::to_string(user)))) {
        if (task.channel == "shop") tasks.push_back(task.id);
      }
    }
  }
  Ledger ledger = place.ledger(durability);
  const double begin = now_ns();
  const std::clock_t processor_begin = std::clock();
  for (const TaskId task : tasks) {
    ContactReport report;
    report.task = task;
    const std::string key = "settle " + std::to_string(task);
    const Receipt receipt = must(ledger.settle({key, noon}, catalogue, report));
    require(receipt.changes.size() == 4, "the other tasks were not closed");
  }
  const double processor = static_cast<double>(std::clock() - processor_begin) / CLOCKS_PER_SEC;
  const Spent spent{(now_ns() - begin) / 1e9, processor};
  require(must(ledger.use_of("P")).accepted == users, "not all were settled");
  return spent;
}

KeptTask task_of(const Event& event) {
  KeptTask out;
  out.id = event.task;
  out.user = event.user;
  out.policy = event.policy;
  out.channel = event.channel;
  out.state = *event.state;
  return out;
}

/// Seconds to put the same rows in with nothing looked up.
double insert_all(const Place& place, std::size_t users) {
  const std::unique_ptr<Store> read = place.store();
  LedgerTables from(*read);
  const std::uint64_t first = from.last_sequence() + 1 - 4 * users;
  const std::vector<Event> events = from.events_after(first - 1, 4 * users);
  require(events.size() == 4 * users, "entries are missing");
  place.clear();
  const std::unique_ptr<Store> store = place.store("bare");
  LedgerTables tables(*store);
  const double begin = now_ns();
  for (std::size_t i = 0; i < events.size(); i += 4) {
    const Event& head = events[i];
    const KeptCommand command{head.sequence, 1, 4};
    const Settlement settlement{head.sequence, head.task, head.policy, head.channel, noon, noon};
    store->begin();
    for (std::size_t j = i; j < i + 4; ++j) {
      tables.add(events[j], "settle " + std::to_string(head.task), j == i ? &command : nullptr);
      if (events[j].channel == "call") tables.push("call", events[j].sequence);
      tables.add(task_of(events[j]));
    }
    tables.put("P", {1, 0, i / 4, 0});
    tables.add_capacity("call", Date{20'542}, -1);
    tables.put(head.user, settled_policy("P"), settlement);
    tables.put(head.user, settled_group("g"), settlement);
    store->commit();
  }
  const double seconds = (now_ns() - begin) / 1e9;
  require(tables.last_sequence() == events.back().sequence, "rows are missing");
  return seconds;
}

bool skip(benchmark::State& state) {
  const bool wanted = Kind(state.range(0)) == Kind::sqlite || server() != nullptr;
  if (wanted) return false;
  for (auto _ : state) {
  }
  state.SetLabel("no server: see MUSTER_TEST_POSTGRES");
  return true;
}

void settle(benchmark::State& state) {
  if (skip(state)) return;
  const auto kind = Kind(state.range(0));
  const Place place(kind);
  const std::size_t users = short_run() ? 500 : kind == Kind::sqlite ? 20'000 : 2'000;
  const auto per_second = [&](double seconds) { return static_cast<double>(users) / seconds; };
  for (auto _ : state) {
    state.counters["full_per_s"] = per_second(settle_all(place, Durability::full, users).seconds);
    const Spent spent = settle_all(place, Durability::normal, users);
    const double settled = per_second(spent.seconds);
    const double bare = per_second(insert_all(place, users));
    state.counters["settled_per_s"] = settled;
    state.counters["cpu_us"] = spent.processor_seconds * 1e6 / static_cast<double>(users);
    state.counters["bare_per_s"] = bare;
    state.counters["ratio"] = settled / bare;
  }
}

constexpr std::size_t contacts_of_a_user = 10;

std::string user_of(std::size_t number) { return "user " + std::to_string(number); }

void fill(Store& store, std::size_t contacts) {
  LedgerTables tables(store);
  const std::size_t users = contacts / contacts_of_a_user;
  constexpr std::size_t batch = 50'000;
  for (std::size_t i = 0; i < contacts; ++i) {
    if (i % batch == 0) store.begin();
    Event event;
    event.sequence = event.cause = i + 1;
    event.at = {noon.seconds + static_cast<std::int64_t>(i)};
    event.kind = EventKind::contact;
    event.user = user_of(i % users);
    event.policy = "P";
    event.channel = "hotline";
    event.field = SharedField::trail;
    event.text = "asked for the nearest shop";
    tables.add(event, {}, nullptr);
    if (i % batch == batch - 1 || i + 1 == contacts) store.commit();
  }
}

void timeline(benchmark::State& state) {
  if (skip(state)) return;
  const Place place(Kind(state.range(0)));
  place.clear();
  const auto contacts = short_run() ? 50'000 : static_cast<std::size_t>(state.range(1));
  fill(*place.store(), contacts);
  Ledger ledger = place.ledger();
  std::mt19937_64 random(5);
  std::vector<double> microseconds;
  for (auto _ : state) {
    for (int i = 0; i < 20'000; ++i) {
      const std::string user = user_of(random() % (contacts / contacts_of_a_user));
      const double begin = now_ns();
      const std::vector<Event> events = must(ledger.timeline(user));
      microseconds.push_back((now_ns() - begin) / 1e3);
      require(events.size() == contacts_of_a_user && events[9].user == user, "a wrong timeline");
    }
  }
  state.counters["p50_us"] = percentile(microseconds, 0.5);
  state.counters["p99_us"] = percentile(microseconds, 0.99);
}

void dispatch(benchmark::State& state) {
  if (skip(state)) return;
  const Place place(Kind(state.range(0)));
  place.clear();
  const auto tasks = short_run() ? 2'000 : static_cast<std::size_t>(state.range(1));
  const Catalogue catalogue = catalogue_with(std::to_string(tasks / 10 * 9));
  for (auto _ : state) {
    Ledger ledger = place.ledger();
    state.counters["plan_seconds"] = plan(ledger, catalogue, tasks);
    const double begin = now_ns();
    require(dispatch_all(ledger, catalogue) == tasks / 10 * 9, "not as many as there is room for");
    state.counters["seconds"] = (now_ns() - begin) / 1e9;
  }
}

BENCHMARK(settle)->Name("Settle")->ArgName("store")->Arg(0)->Arg(1)->Iterations(1);
BENCHMARK(timeline)
    ->Name("Timeline")
    ->ArgNames({"store", "contacts"})
    ->Args({0, 10'000'000})
    ->Args({1, 1'000'000})
    ->Iterations(1);
BENCHMARK(dispatch)
    ->Name("Dispatch")
    ->ArgNames({"store", "tasks"})
    ->Args({0, 1'000'000})
    ->Args({1, 20'000})
    ->Iterations(1);

}  // namespace
}  // namespace muster::bench
