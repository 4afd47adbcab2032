#include "churn.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

namespace muster::testing {
namespace {

const std::string rules = fmt::format(
    R"({{"id": "cap", "kind": "cap", "most": {}, "within": {{"rolling_days": 30}},
        "channels": ["call", "sms"]}})",
    churn_cap);

/// Offers and capacity of so many users: not enough for all.
struct ChurnOffers {
  explicit ChurnOffers(std::size_t users)
      : a(offer("A", fmt::format(R"(, "groups": ["g"], "quota": {})", users / 2))),
        b(offer("B",
                fmt::format(R"(, "groups": ["g", "h"], "cost": 4, "budget": {})", users * 10 / 3))),
        call(fmt::format(R"(, "daily_capacity": {})", users * 3 / 4)) {}

  Catalogue catalogue(const std::string& policies) const {
    return market({.policies = policies + "," + offer("C"), .contact_rules = rules, .call = call});
  }

  std::string a, b, call;
};

/// Two shops that one in six of the users find room in.
ShopDirectory shops_for(std::size_t users) {
  const std::string json = fmt::format(R"({{"shops": [
      {{"id": "a", "longitude": 1, "latitude": 1, "daily_capacity": {0}}},
      {{"id": "b", "longitude": 2, "latitude": 2, "daily_capacity": {0}}}]}})",
                                       std::max<std::size_t>(users / 12, 1));
  return ShopDirectory::from_json(json).value();
}

bool may_be_refused(Errc code) {
  return code == Errc::already_settled || code == Errc::illegal_move || code == Errc::used_up ||
         code == Errc::unknown_task || code == Errc::no_shop;
}

Result<Receipt> hand_off_to_shop(Ledger& ledger, const ChurnMarket& market, const Command& command,
                                 TaskId task) {
  HandOffRequest request;
  request.task = task;
  request.wish.place = GeoPoint{1, 1};
  const auto done = HandOffDesk(ledger, market.shops).hand_off(command, request);
  if (!done) return done.error();
  const auto kept = ledger.find(command.key);
  return kept ? Result<Receipt>(kept->value()) : kept.error();
}

}  // namespace

ChurnMarket::ChurnMarket(std::size_t users)
    : catalogue(ChurnOffers(users).catalogue(ChurnOffers(users).a + "," + ChurnOffers(users).b)),
      shops(shops_for(users)) {
  const ChurnOffers offers(users);
  const Catalogue some[] = {offers.catalogue(offers.a), offers.catalogue(offers.b)};
  for (std::size_t user = 0; user < users; ++user) {
    for (const Catalogue& one : some) views.push_back(view_of(one, fmt::format("u{}", user)));
  }
}

std::string ChurnStep::text() const {
  return fmt::format("{} {} {:d} {} {} {:d} {} {}", static_cast<int>(kind), view, sms, task,
                     static_cast<int>(outcome), interested, at, key);
}

ChurnStep ChurnStep::read(const std::string& line) {
  std::istringstream in(line);
  ChurnStep out;
  int its_kind = 0, its_outcome = 0;
  in >> its_kind >> out.view >> out.sms >> out.task >> its_outcome >> out.interested >> out.at;
  out.kind = static_cast<Kind>(its_kind);
  out.outcome = static_cast<Outcome>(its_outcome);
  std::getline(in >> std::ws, out.key);
  EXPECT_TRUE(in) << line;
  return out;
}

Result<Receipt> ChurnStep::send(Ledger& ledger, const ChurnMarket& market) const {
  const Command command{key, later(at)};
  TaskMove move;
  move.task = task;
  ContactReport report;
  report.task = task;
  report.outcome = outcome;
  report.interested = interested;
  switch (kind) {
    case Kind::plan:
      return ledger.plan(command, {&market.views[view], 1},
                         {.active_channels = 2, .due = later(50)});
    case Kind::dispatch:
      return ledger.dispatch(command, market.catalogue, sms ? "sms" : "call", 3);
    case Kind::expire:
      return ledger.expire(command, 2);
    case Kind::hand_off:
      if (interested) return hand_off_to_shop(ledger, market, command, task);
      move.to = TaskState::handed_off;
      move.kind = EventKind::hand_off;
      return ledger.move(command, move);
    case Kind::withdraw:
      return ledger.move(command, move);
    case Kind::contact:
      return ledger.contact(command, market.catalogue, report);
    case Kind::settle:
      return ledger.settle(command, market.catalogue, report);
  }
  return Error{};
}

ChurnStep Churn::choose(Ledger& ledger) {
  ChurnStep step;
  step.key = fmt::format("{} {}", name_, count_++);
  step.at = static_cast<std::int64_t>(pick(60));
  const std::size_t choice = pick(10);
  step.view = pick(market_.views.size());
  if (choice < 2) return step;
  step.kind = choice == 4 ? ChurnStep::Kind::expire : ChurnStep::Kind::dispatch;
  step.sms = pick(2) == 1;
  if (choice < 5) return step;
  const auto open = ledger.open_tasks(market_.views[step.view].user());
  if (!open) failure_ = open.error().message;
  step.task = !open || open->empty() ? 1 : (*open)[pick(open->size())].id;
  choose_of_task(step);
  if (open && pick(3) == 0) prefer_hand_off(*open, step);
  return step;
}

void Churn::prefer_hand_off(const std::vector<Task>& open, ChurnStep& step) {
  const auto ready = std::find_if(open.begin(), open.end(), [](const Task& task) {
    return may_move(task.state, TaskState::handed_off);
  });
  if (ready == open.end()) return;
  step.kind = ChurnStep::Kind::hand_off;
  step.task = ready->id;
}

void Churn::choose_of_task(ChurnStep& step) {
  constexpr Outcome outcomes[] = {Outcome::none, Outcome::declined, Outcome::deferred,
                                  Outcome::unreachable, Outcome::none};
  step.outcome = outcomes[pick(std::size(outcomes))];
  step.interested = pick(2) == 0;
  const std::size_t choice = pick(12);
  step.kind = choice == 0  ? ChurnStep::Kind::withdraw
              : choice < 3 ? ChurnStep::Kind::hand_off
              : choice < 6 ? ChurnStep::Kind::settle
                           : ChurnStep::Kind::contact;
}

bool Churn::send(Ledger& ledger, const ChurnStep& step) {
  const Result<Receipt> done = step.send(ledger, market_);
  if (!done && !may_be_refused(done.error().code)) failure_ = done.error().message;
  return done.has_value();
}

bool long_tests() { return std::getenv("MUSTER_TEST_LONG") != nullptr; }

}  // namespace muster::testing
