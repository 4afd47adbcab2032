// Several threads or processes at the same desks: a link is used once, a task has one shop, no shop
// has more than it can do, a sheet takes each step once.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <thread>

#include "each_store.hpp"
#include "muster/engage/hand_off.hpp"
#include "muster/engage/link_desk.hpp"
#include "muster/engage/sheet_desk.hpp"

namespace muster::testing {
namespace {

constexpr int crowd = 4;
constexpr std::uint64_t room_in_a = 3, room_in_b = 4;
constexpr int customers = 12;

/// All desks over one ledger, as each worker has them.
struct Desks {
  explicit Desks(Ledger& its_ledger)
      : ledger(its_ledger),
        shops(ledger, ShopDirectory::from_json(directory()).value()),
        links(ledger, LinkSigner::make({{1, std::string(32, 'k')}}).value()),
        sheets(ledger) {}

  static std::string directory() {
    return fmt::format(R"({{"shops": [
        {{"id": "a", "longitude": 1, "latitude": 1, "daily_capacity": {}}},
        {{"id": "b", "longitude": 2, "latitude": 2, "daily_capacity": {}}}]}})",
                       room_in_a, room_in_b);
  }

  Ledger& ledger;
  HandOffDesk shops;
  LinkDesk links;
  SheetDesk sheets;
};

HandOffRequest to_nearest(TaskId task) {
  HandOffRequest out;
  out.task = task;
  out.wish.place = GeoPoint{1, 1};
  return out;
}

/// What one of the crowd did; the rest was refused as it may be.
struct Done {
  int redeemed = 0, handed_off = 0, steps = 0;
  std::string failure;

  template <class Value>
  bool take(const Result<Value>& result, std::initializer_list<Errc> refusals) {
    if (result) return true;
    const Errc code = result.error().code;
    if (std::find(refusals.begin(), refusals.end(), code) == refusals.end()) {
      failure = result.error().message;
    }
    return false;
  }
};

/// The customers' papers, each of which everybody wants.
struct Papers {
  std::vector<TaskId> calls;  ///< to be handed off to a shop
  std::vector<std::string> links;
  std::vector<std::uint64_t> sheets;
};

constexpr SheetStep sheet_steps_in_order[] = {SheetStep::fill, SheetStep::read, SheetStep::answer,
                                              SheetStep::close};

SheetEntry entry_of(SheetStep step) {
  const bool by_shop = step == SheetStep::fill || step == SheetStep::close;
  return {step, by_shop ? SheetRole::shop : SheetRole::installer,
          step == SheetStep::read ? "" : "text", ""};
}

/// Tries everything once for every customer, beginning elsewhere than the others.
Done work(Desks desks, const Papers& papers, const std::string& name, std::size_t begin) {
  Done done;
  for (std::size_t i = 0; i < customers; ++i) {
    const std::size_t customer = (begin + i) % customers;
    const auto key = [&](std::string_view what) {
      return fmt::format("{} {} {}", name, what, customer);
    };
    const std::string link = key("link"), shop = key("shop");
    done.redeemed +=
        done.take(desks.links.redeem({link, noon}, papers.links[customer]), {Errc::link_used});
    done.handed_off +=
        done.take(desks.shops.hand_off({shop, noon}, to_nearest(papers.calls[customer])),
                  {Errc::illegal_move, Errc::no_shop});
    for (const SheetStep step : sheet_steps_in_order) {
      const std::string sheet = key(muster::name(step));
      done.steps +=
          done.take(desks.sheets.step({sheet, noon}, papers.sheets[customer], entry_of(step)),
                    {Errc::illegal_step});
    }
  }
  return done;
}

class DesksTogether : public EachStore {
 protected:
  void SetUp() override {
    EachStore::SetUp();
    if (IsSkipped()) return;
    Desks desks(*ledger);
    for (std::uint8_t i = 0; i < customers; ++i) add_customer(desks, fmt::format("u{}", i), i);
  }

  void add_customer(Desks& desks, const std::string& user, std::uint8_t number) {
    plan_for(*ledger, catalogue, user);
    EXPECT_TRUE(ledger->dispatch(command(), catalogue, "call", 1));
    papers.calls.push_back(contacted(user, "call"));
    const LinkRequest link{contacted(user, "hotline"), later(600), {1, number}};
    papers.links.push_back(desks.links.open(command(), link).value());
    papers.sheets.push_back(desks.sheets.create(command(), {"order", user, "s", "i"})->id);
  }
  TaskId contacted(const std::string& user, const std::string& channel) {
    ContactReport report;
    report.task = task_of(*ledger, user, "P1", channel).id;
    EXPECT_TRUE(ledger->contact(command(), catalogue, report));
    return report.task;
  }

  std::uint64_t taken_of(std::string_view shop) {
    return ledger->capacity_used(shop_desk(shop), Date{20'542}).value();
  }

  /// From the entries, whoever wrote them.
  void expect_sound() {
    std::map<std::string, int> links_used;
    std::map<TaskId, int> orders;
    for (const Event& event : ledger->events(0, 100'000).value()) {
      if (event.kind == EventKind::token && event.state) ++links_used[event.user];
      if (event.kind == EventKind::hand_off) ++orders[event.task];
    }
    EXPECT_EQ(links_used.size(), static_cast<std::size_t>(customers));
    for (const auto& [user, times] : links_used) EXPECT_EQ(times, 1) << user;
    for (const auto& [task, shops] : orders) EXPECT_EQ(shops, 1) << task;
    EXPECT_EQ(orders.size(), room_in_a + room_in_b);
    Desks desks(*ledger);
    EXPECT_EQ(desks.shops.orders_of("a")->size(), room_in_a);
    EXPECT_EQ(desks.shops.orders_of("b")->size(), room_in_b);
    EXPECT_EQ(taken_of("a"), room_in_a);
    EXPECT_EQ(taken_of("b"), room_in_b);
    for (const std::uint64_t sheet : papers.sheets) {
      EXPECT_EQ(desks.sheets.find(sheet)->state, SheetState::closed);
    }
  }

  Catalogue catalogue = market();
  Papers papers;
};
MUSTER_IN_EACH_STORE(DesksTogether);

TEST_P(DesksTogether, ThreadsDoEverythingOnce) {
  std::vector<Done> done(crowd);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < crowd; ++i) {
    threads.emplace_back([&, i] {
      const std::string name = fmt::format("thread {}", i);
      if (i % 2 == 0) {  // half of them share one
        done[i] = work(Desks(*ledger), papers, name, i);
      } else {
        Ledger own = place->open({.durability = Durability::normal});
        done[i] = work(Desks(own), papers, name, i);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  Done all;
  for (const Done& one : done) {
    EXPECT_EQ(one.failure, "");
    all.redeemed += one.redeemed;
    all.handed_off += one.handed_off;
    all.steps += one.steps;
  }
  EXPECT_EQ(all.redeemed, customers);
  EXPECT_EQ(all.handed_off, static_cast<int>(room_in_a + room_in_b));
  EXPECT_GE(all.steps, 4 * customers);  // a shop may fill a sheet again until it is read
  expect_sound();
}

TEST_P(DesksTogether, ProcessesDoEverythingOnce) {
  ledger.reset();  // SQLite's connections must not be carried into another process
  std::vector<pid_t> children;
  for (std::size_t i = 0; i < crowd; ++i) {
    const pid_t child = fork();
    if (child != 0) {
      children.push_back(child);
      continue;
    }
    auto own = place->try_open({.durability = Durability::normal});
    const std::string failure =
        own ? work(Desks(*own), papers, fmt::format("process {}", i), i).failure
            : own.error().message;
    if (!failure.empty()) fprintf(stderr, "process %zu: %s\n", i, failure.c_str());
    _exit(failure.empty() ? 0 : 1);
  }
  for (const pid_t child : children) {
    int status = 1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  ledger.emplace(place->open({.durability = Durability::normal}));
  expect_sound();
}

// Shops report, senders take back, customers settle elsewhere: every order ends once, and those
// without a result give their place back.
TEST_P(DesksTogether, OrdersEndOnceWhoeverActs) {
  Desks desks(*ledger);
  std::vector<std::uint64_t> orders;
  for (std::size_t i = 0; i < room_in_a + room_in_b; ++i) {
    orders.push_back(desks.shops.hand_off(command(), to_nearest(papers.calls[i]))->order.id);
  }
  std::atomic<std::size_t> ended{0};
  const auto end = [&](std::size_t worker, std::uint64_t order) {
    const std::string key = fmt::format("{} of {}", order, worker);
    const HandOff its = desks.shops.find(order).value();
    if (worker % 3 == 0) {
      const ShopReport declined{its.order.shop, Outcome::declined, ""};
      return desks.shops.report({key, noon}, catalogue, order, declined).has_value();
    }
    if (worker % 3 == 1) return desks.shops.cancel({key, noon}, order).has_value();
    if (!is_open(its.order.state)) return false;
    ContactReport elsewhere;
    elsewhere.task = task_of(*ledger, ledger->task(its.order.task)->user, "P1", "web").id;
    const bool settled = ledger->settle({key, noon}, catalogue, elsewhere).has_value();
    return settled && desks.shops.find(order)->order.state == WorkOrderState::cancelled;
  };
  std::vector<std::thread> threads;
  for (std::size_t worker = 0; worker < crowd; ++worker) {
    threads.emplace_back([&, worker] {
      for (std::size_t i = 0; i < orders.size(); ++i) {
        ended += end(worker, orders[(i + worker) % orders.size()]) ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(ended, orders.size());
  std::map<std::string, std::uint64_t> reported;
  for (const std::uint64_t order : orders) {
    const HandOff its = desks.shops.find(order).value();
    EXPECT_FALSE(is_open(its.order.state));
    EXPECT_NE(ledger->task(its.order.task)->state, TaskState::handed_off);
    if (its.order.state == WorkOrderState::reported) ++reported[its.order.shop];
  }
  EXPECT_EQ(taken_of("a"), reported["a"]);
  EXPECT_EQ(taken_of("b"), reported["b"]);
}

}  // namespace
}  // namespace muster::testing
