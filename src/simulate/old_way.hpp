#pragma once

#include <optional>
#include <vector>

#include "simulate/world.hpp"

namespace muster::simulate {

/// Each channel for itself: the call centre and the account managers go down the list of big
/// spenders, messages go to everybody on Mondays, shops and pages tell whoever comes by. Each
/// offers what is worth most among policies whose segment fits, as far as its list is right, and
/// knows only what it sold or was refused itself. All keep do-not-contact rules, hours and
/// capacities.
class OldWay final : public Way {
 public:
  OldWay(const Market& market, std::uint64_t seed);

  Result<void> work(World& world, int day) override;
  Result<void> receive(World& world, const Visit& visit, int day) override;
  Result<bool> sold(const Wish& wish, int day) override;
  Result<void> lost(Person, int) override { return {}; }

 private:
  void blast(World& world, ChannelId channel, int day);
  void go_down_the_list(World& world, ChannelId channel, int day);
  bool tell(World& world, Person person, ChannelId channel, int day);
  std::optional<PolicyId> pick(Person person, ChannelId channel, int day) const;
  std::optional<PolicyId> campaign(Person person, ChannelId channel, int day) const;
  std::size_t record(Person person, PolicyId policy, ChannelId channel) const;

  const Market& market_;
  Chance chance_;
  std::vector<Person> big_spenders_;
  std::vector<std::vector<PolicyId>> carried_;  // by channel, worth most first
  std::vector<std::size_t> next_;               // by channel: in the list
  std::vector<bool> done_with_;                 // each channel's own record
};

}  // namespace muster::simulate
