// The promises hold in every state that the protocol can reach, and the ledger does what the
// protocol says.

#include "protocol_model.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "churn.hpp"
#include "each_store.hpp"

namespace muster::testing {
namespace {

using Action = ProtocolModel::Action;
using Answer = ProtocolModel::Answer;

TEST(ProtocolModel, KeepsThePromisesInEveryStateItCanReach) {
  const std::vector<Action> actions = ProtocolModel::all_actions();
  std::set<ProtocolModel> seen{ProtocolModel()};
  std::vector<ProtocolModel> todo{ProtocolModel()};
  std::set<Answer> answers;
  while (!todo.empty()) {
    const ProtocolModel from = todo.back();
    todo.pop_back();
    for (const Action& action : actions) {
      ProtocolModel to = from;
      const Answer answer = to.act(action);
      answers.insert(answer);
      if (answer != Answer::done) {
        ASSERT_EQ(to, from) << "a refusal had an effect";
      }
      ASSERT_EQ(to.broken(), nullptr) << to.broken();
      if (seen.insert(to).second) todo.push_back(to);
    }
  }
  EXPECT_EQ(answers.size(), 4u);
  EXPECT_GT(seen.size(), 1'000u);
  RecordProperty("states", static_cast<int>(seen.size()));
}

class ProtocolWalks : public EachStore {
 protected:
  Catalogue catalogue =
      market({.policies = offer("P1", R"(, "quota": 1, "channels": ["call", "sms", "shop"])"),
              .contact_rules = R"({"id": "cap", "kind": "cap", "most": 1, "within": {"days": 1},
         "channels": ["call", "sms"]})",
              .call = R"(, "daily_capacity": 1)"});

  /// Answers, with the error's text in place of those that the model does not have.
  Result<Answer> act(const Action& action, const std::vector<TaskId>& ids) {
    const Result<Receipt> done = send(action, ids);
    if (done) return Answer::done;
    switch (done.error().code) {
      case Errc::illegal_move:
        return Answer::illegal_move;
      case Errc::already_settled:
        return Answer::already_settled;
      case Errc::used_up:
        return Answer::used_up;
      default:
        return done.error();
    }
  }

 private:
  Result<Receipt> send(const Action& action, const std::vector<TaskId>& ids) {
    static constexpr std::string_view active[] = {"call", "sms"};
    if (action.kind == Action::Kind::dispatch) {
      return ledger->dispatch(command(), catalogue, active[action.at], 1);
    }
    ContactReport report;
    report.task = ids[action.at];
    report.outcome = action.outcome;
    TaskMove withdrawal;
    withdrawal.task = report.task;
    if (action.kind == Action::Kind::withdraw) return ledger->move(command(), withdrawal);
    if (action.kind == Action::Kind::settle) return ledger->settle(command(), catalogue, report);
    return ledger->contact(command(), catalogue, report);
  }
};
MUSTER_IN_EACH_STORE(ProtocolWalks);

TEST_P(ProtocolWalks, TheLedgerDoesWhatTheModelDoes) {
  const std::vector<Action> actions = ProtocolModel::all_actions();
  std::mt19937 random(3);
  const int walks = long_tests() ? 300 : 12;
  for (int walk = 0; walk < walks; ++walk) {
    place.emplace(GetParam());
    ledger.emplace(place->open({.durability = Durability::normal}));
    std::vector<TaskId> ids;
    for (const char* user : {"u", "v"}) {
      plan_for(*ledger, catalogue, user, noon, {.active_channels = 2, .due = {}});
      for (const char* channel : {"call", "sms", "shop"}) {
        ids.push_back(task_of(*ledger, user, "P1", channel).id);
      }
    }
    ProtocolModel model;
    for (int step = 0; step < 25; ++step) {
      const Action& action = actions[random() % actions.size()];
      const auto answer = act(action, ids);
      ASSERT_TRUE(answer) << answer.error().message;
      ASSERT_EQ(*answer, model.act(action)) << "walk " << walk << ", step " << step;
      for (std::size_t task = 0; task < ids.size(); ++task) {
        ASSERT_EQ(ledger->task(ids[task])->state, model.state[task]);
      }
      ASSERT_EQ(ledger->use_of("P1")->reserved, static_cast<std::uint64_t>(model.reserved()));
      ASSERT_EQ(*ledger->capacity_used("call", Date{20'542}),
                static_cast<std::uint64_t>(model.calls));
    }
  }
}

}  // namespace
}  // namespace muster::testing
