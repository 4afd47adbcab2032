#pragma once

#include <memory>
#include <string>

#include "muster/decide/engine.hpp"
#include "muster/engage/ledger_history.hpp"
#include "simulate/world.hpp"

namespace muster::simulate {

/// One view of each customer, made tasks on one ledger: decided anew each Monday, dispatched each
/// morning as far as capacities go, asked for whenever somebody comes by; every answer recorded,
/// every acceptance settled, the gate asked before anybody is told anything.
class MusterWay final : public Way {
 public:
  /// `ledger` is borrowed. Fails as Engine::deploy does.
  static Result<std::unique_ptr<MusterWay>> make(const Market& market, Ledger& ledger);

  Result<void> work(World& world, int day) override;
  Result<void> receive(World& world, const Visit& visit, int day) override;
  Result<bool> sold(const Wish& wish, int day) override;
  Result<void> lost(Person person, int day) override;

 private:
  MusterWay(const Market& market, Ledger& ledger);
  Command command(Moment now);
  Result<PolicyView> decide(Person person, Moment now);
  PlanOptions until_sunday(int day) const;

  Result<void> expire(Moment now);
  Result<void> plan_week(const World& world, int day);
  Result<void> dispatch(World& world, ChannelId channel, int day);
  Result<void> carry_out(World& world, const Event& work, ChannelId channel, int day);
  Result<void> tell(World& world, const Task& task, ChannelId channel, int day, Moment now);
  Result<Task> task_of(const PolicyView& view, const Offer& offer, ChannelId channel, int day);
  Result<bool> is_left(PolicyId policy);
  Result<bool> allowed(const Task& task, Moment now);
  Result<void> withdraw(TaskId task, Moment now);
  Result<void> report(TaskId task, Answer answer, Moment now);
  Result<void> settle(TaskId task, Moment now);

  const Market& market_;
  Ledger& ledger_;
  std::shared_ptr<LedgerHistory> history_;
  Engine engine_;
  std::string key_;  // of the last command
  std::uint64_t commands_ = 0;
};

}  // namespace muster::simulate
