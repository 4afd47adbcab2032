// Threads and processes that do what they like to the same users: nothing is settled twice, no cap,
// quota, budget or capacity exceeded, and the ledger's sums are those of its entries.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <thread>

#include "churn.hpp"
#include "each_store.hpp"

namespace muster::testing {
namespace {

class Concurrency : public EachStore {
 protected:
  const unsigned threads = long_tests() ? 16 : 4, processes = long_tests() ? 4 : 2;
  const int steps = long_tests() ? 400 : 80;
  const ChurnMarket churn_market{(threads + processes) * static_cast<std::size_t>(steps) /
                                 churn_steps_of_a_user};

  /// Settled, declined, dispatched, and handed off to shops and to other channels.
  void expect_everything_was_done() {
    std::map<TaskState, int> times;
    int to_shops = 0;
    for (const Event& event : ledger->events(0, 1'000'000).value()) {
      if (event.state) ++times[*event.state];
      to_shops += event.state == TaskState::handed_off && !event.text.empty() ? 1 : 0;
    }
    for (const TaskState state :
         {TaskState::accepted, TaskState::declined, TaskState::dispatched}) {
      EXPECT_GT(times[state], 0) << name(state);
    }
    EXPECT_GT(to_shops, 0);
    EXPECT_GT(times[TaskState::handed_off], to_shops);
  }

  /// Whether something that a worker did is in the ledger.
  void expect_took_part(const std::string& worker) {
    int step = 0;
    while (step < steps && !*ledger->find(fmt::format("{} {}", worker, step))) ++step;
    EXPECT_LT(step, steps) << worker;
  }
};
MUSTER_IN_EACH_STORE(Concurrency);

/// On a machine that has other things to do, too, so many wait for long.
constexpr LedgerOptions crowded{.durability = Durability::normal,
                                .patience = std::chrono::minutes{2}};

std::string run(Ledger& ledger, const ChurnMarket& market, const std::string& name, unsigned seed,
                int steps) {
  Churn churn(market, name, seed);
  for (int i = 0; i < steps && churn.failure().empty(); ++i) {
    churn.send(ledger, churn.choose(ledger));
  }
  return churn.failure();
}

/// Runs a worker in a process of its own; 0 is success.
pid_t start_process(const TemporaryPlace& place, const ChurnMarket& market, unsigned number,
                    int steps) {
  const pid_t child = fork();
  if (child != 0) return child;
  auto ledger = place.try_open(crowded);
  const std::string failure =
      ledger ? run(*ledger, market, fmt::format("process {}", number), 1'000 + number, steps)
             : ledger.error().message;
  if (!failure.empty()) fprintf(stderr, "process %u: %s\n", number, failure.c_str());
  _exit(failure.empty() ? 0 : 1);
}

TEST_P(Concurrency, ThreadsAndProcessesKeepThePromises) {
  // SQLite's connections must not be carried into another process.
  ledger.reset();
  std::vector<pid_t> children;
  for (unsigned i = 0; i < processes; ++i) {
    children.push_back(start_process(*place, churn_market, i, steps));
  }
  ledger.emplace(place->open(crowded));
  std::vector<std::string> failures(threads);
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < threads; ++i) {
    workers.emplace_back([&, i] {
      const std::string name = fmt::format("thread {}", i);
      if (i % 2 == 0) {  // half of them share one
        failures[i] = run(*ledger, churn_market, name, i, steps);
      } else {
        Ledger own = place->open(crowded);
        failures[i] = run(own, churn_market, name, i, steps);
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  for (const std::string& failure : failures) EXPECT_EQ(failure, "");
  for (const pid_t child : children) {
    int status = 1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  expect_sound(*ledger, churn_market);
  EXPECT_GT(share_of_changes_at_the_end(*ledger), 0.05);
  EXPECT_GT(ledger->use_of("C")->accepted, 0u);
  if (long_tests()) expect_everything_was_done();  // in few steps, chance may leave something out
  for (unsigned i = 0; i < threads; ++i) expect_took_part(fmt::format("thread {}", i));
  for (unsigned i = 0; i < processes; ++i) expect_took_part(fmt::format("process {}", i));
}

TEST_P(Concurrency, OneOfManyAcceptancesSettles) {
  const Catalogue catalogue = churn_market.catalogue;
  for (int round = 0; round < 5; ++round) {
    const std::string user = fmt::format("v{}", round);
    const std::vector<Task> tasks = plan_for(*ledger, catalogue, user);
    std::vector<int> settled(tasks.size());
    std::vector<std::thread> channels;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      if (tasks[i].policy == "C") continue;
      channels.emplace_back([&, i] {
        Ledger own = place->open(crowded);
        ContactReport report;
        report.task = tasks[i].id;
        const auto done = own.settle({fmt::format("{} {}", user, i), noon}, catalogue, report);
        settled[i] = done ? 1 : 0;
        if (!done) {
          EXPECT_EQ(done.error().code, Errc::already_settled) << done.error().message;
        }
      });
    }
    for (std::thread& channel : channels) channel.join();
    EXPECT_EQ(std::count(settled.begin(), settled.end(), 1), 1);
  }
}

}  // namespace
}  // namespace muster::testing
