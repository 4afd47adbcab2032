#include "engage_place.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "engage/schema.hpp"
#include "muster/decide/engine.hpp"
#include "timing.hpp"

namespace muster::bench {
namespace {

constexpr const char* tables[] = {"ledger",   "events", "tasks",   "settlements", "uses",
                                  "capacity", "outbox", "members", "papers"};

void drop() {
  const auto store = connect_postgres(server(), {});
  for (const char* table : tables) {
    store->run_script(
        fmt::format("SET client_min_messages = warning; "
                    "DROP TABLE IF EXISTS muster_{}",
                    table));
  }
}

}  // namespace

const char* server() { return std::getenv("MUSTER_TEST_POSTGRES"); }

Place::Place(Kind kind) : kind_(kind) {
  static int made = 0;
  folder_ =
      std::filesystem::temp_directory_path() / fmt::format("muster_bench_{}_{}", getpid(), made++);
  std::filesystem::create_directory(folder_);
  if (kind_ == Kind::postgres) drop();
}

Place::~Place() {
  std::filesystem::remove_all(folder_);
  if (kind_ == Kind::postgres) drop();
}

Ledger Place::ledger(Durability durability) const {
  const LedgerOptions options{.durability = durability};
  return must(kind_ == Kind::sqlite ? Ledger::open(folder_ / "ledger", options)
                                    : Ledger::connect(server(), options));
}

std::unique_ptr<Store> Place::store() const {
  const LedgerOptions options{.durability = Durability::normal};
  auto out = kind_ == Kind::sqlite ? open_sqlite(folder_ / "ledger", options)
                                   : connect_postgres(server(), options);
  require(prepare_ledger(*out, false).has_value(), "no ledger");
  return out;
}

Catalogue catalogue_with(std::size_t capacity, bool cooperative) {
  const char* others =
      R"(, {"id": "shop", "kind": "own_shop"}, {"id": "hotline", "kind": "digital"},
      {"id": "web", "kind": "digital"})";
  return must(Catalogue::from_json(fmt::format(
      R"({{"schema": {{"key": "id", "tags": [{{"name": "fee", "type": "number"}}]}}, "channels": [
      {{"id": "call", "kind": "digital", "mode": "active", "daily_capacity": {}}}{}],
      "class_channels": {{"sales": ["own_shop", "digital"]}},
      "propensity": {{"constants": [{{"probability": 0.5}}]}},
      "contact_rules": [{{"id": "cap", "kind": "cap", "most": 2, "within": {{"weeks": 1}},
        "channels": ["call"]}}],
      "policies": [{{"id": "P", "name": "P", "segment": "fee >= 0", "value": 10, "groups": ["g"]}}]
    }})",
      capacity, cooperative ? others : "")));
}

std::string user_of(std::size_t number) { return fmt::format("user {}", number); }

double plan(Ledger& ledger, const Catalogue& catalogue, std::span<const std::size_t> users) {
  Engine engine;
  require(engine.deploy(catalogue).has_value(), "the catalogue is refused");
  User tags(catalogue.schema());
  require(tags.set("fee", 96.0).has_value(), "the tag is refused");
  constexpr std::size_t batch = 1'000;
  double nanoseconds = 0;
  for (std::size_t first = 0; first < users.size(); first += batch) {
    std::vector<PolicyView> views;
    for (const std::size_t user : users.subspan(first, std::min(batch, users.size() - first))) {
      views.push_back(must(engine.decide({user_of(user), tags}, noon)));
    }
    const std::string key = fmt::format("plan {}", first);
    const double begin = now_ns();
    const Receipt receipt = must(ledger.plan({key, noon}, views));
    nanoseconds += now_ns() - begin;
    require(receipt.changes.size() == catalogue.channels().size() * views.size(),
            "not all tasks were planned");
  }
  return nanoseconds / 1e9;
}

std::size_t dispatch_all(Ledger& ledger, const Catalogue& catalogue) {
  std::size_t all = 0;
  for (int run = 0;; ++run) {
    const std::string key = fmt::format("dispatch {}", run);
    const Receipt receipt = must(ledger.dispatch({key, noon}, catalogue, "call", max_run));
    all += receipt.changes.size();
    if (receipt.changes.empty()) return all;
  }
}

// By the database itself: rows that are sent one by one take minutes.
void fill(Store& store, std::size_t contacts) {
  constexpr std::size_t batch = 1'000'000;
  for (std::size_t first = 1; first <= contacts; first += batch) {
    store.run_script(fmt::format(
        "WITH RECURSIVE numbers (i) AS (SELECT {} UNION ALL SELECT i + 1 FROM numbers WHERE i < {})"
        " INSERT INTO muster_events (sequence, cause, at, kind, user_key, policy, channel, task,"
        " outcome, field, cost, text) SELECT i, i, {} + i, {}, 'user ' || (i % {}), 'P', 'hotline',"
        " 0, 0, {}, 0, 'asked for the nearest shop' FROM numbers",
        first, std::min(contacts, first + batch - 1),
        noon.seconds - static_cast<std::int64_t>(contacts), static_cast<int>(EventKind::contact),
        contacts / contacts_of_a_user, static_cast<int>(SharedField::trail)));
  }
}

}  // namespace muster::bench
