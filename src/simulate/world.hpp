#pragma once

#include <vector>

#include "simulate/response.hpp"

namespace muster::simulate {

enum class Answer : std::uint8_t { unreached, open, declined, accepted };

/// A channel tried to tell a person of a policy.
struct Meeting {
  Person person = 0;
  PolicyId policy = 0;
  ChannelId channel = 0;
  int day = 0;
  Answer answer = Answer::unreached;
  bool meant = false;   ///< the policy is for this person on this day
  bool repeat = false;  ///< they have it, or declined it within the cool-down
};
inline constexpr int cool_down_days = 90;

/// A person comes by at a cooperative channel.
struct Visit {
  Person person = 0;
  ChannelId channel = 0;
};

/// A person takes a policy unasked.
struct Wish {
  Person person = 0;
  PolicyId policy = 0;
  ChannelId channel = 0;
};

/// One course of events: the people of a market from its first day on, and what was done to them.
/// Not thread-safe.
class World {
 public:
  World(const Market& market, const ResponseModel& model);

  const Market& market() const { return market_; }
  bool gone(Person person) const { return minds_[person].gone; }
  bool wants(const Wish& wish) const { return !minds_[wish.person].policies[wish.policy].has; }
  const std::vector<Meeting>& meetings() const { return meetings_; }
  const std::vector<Wish>& unasked() const { return unasked_; }
  std::uint64_t turned_away() const { return turned_away_; }

  /// A night passes; gives those who left the operator. REQUIRES: days ascend.
  std::vector<Person> begin(int day);
  std::vector<Visit> visits(int day) const;
  std::vector<Wish> wishes(int day) const;

  Answer approach(Person person, PolicyId policy, ChannelId channel, int day);
  void take(const Wish& wish);
  /// Nothing is left of what somebody wants.
  void turn_away() { ++turned_away_; }

 private:
  Answer answer(const Mind& mind, const Meeting& meeting) const;
  void remember(Mind& mind, const Meeting& meeting);
  void acquire(Mind& mind, PolicyId policy);

  const Market& market_;
  const ResponseModel& model_;
  std::vector<Mind> minds_;
  std::vector<std::vector<PolicyId>> rivals_;  // by policy: of its exclusion groups, itself too
  std::vector<std::vector<ChannelId>> cooperative_;  // by policy: where one may ask for it
  std::vector<Meeting> meetings_;
  std::vector<Wish> unasked_;
  std::uint64_t turned_away_ = 0;
};

/// A way of working: what the operator does. May look at the market and at what the world answers,
/// never into the model.
class Way {
 public:
  virtual ~Way() = default;
  /// Active channels, in the morning.
  virtual Result<void> work(World& world, int day) = 0;
  /// Somebody who is not held out comes by, in the afternoon.
  virtual Result<void> receive(World& world, const Visit& visit, int day) = 0;
  /// Somebody, held out or not, asks for a policy unasked, in the evening; gives whether it could
  /// be had.
  virtual Result<bool> sold(const Wish& wish, int day) = 0;
  virtual Result<void> lost(Person person, int day) = 0;
};

/// Lets a way work through the calendar.
Result<void> live(World& world, Way& way);

/// What would have happened had nobody been approached.
class LeftAlone final : public Way {
 public:
  Result<void> work(World&, int) override { return {}; }
  Result<void> receive(World&, const Visit&, int) override { return {}; }
  Result<bool> sold(const Wish&, int) override { return true; }
  Result<void> lost(Person, int) override { return {}; }
};

}  // namespace muster::simulate
