#pragma once

#include <cstdint>
#include <vector>

#include "simulate/chance.hpp"
#include "simulate/market.hpp"

namespace muster::simulate {

/// What a person remembers of one policy.
struct Memory {
  static constexpr std::int16_t never = -1;
  std::int16_t declined_on = never;  ///< a day
  std::uint16_t heard = 0;           ///< how often they were told of it
  bool has = false;                  ///< it, or another of its exclusion groups
};

/// What goes on in a person.
struct Mind {
  Ppm weariness = 0;  ///< of being approached
  bool gone = false;  ///< to another operator
  bool kept = false;  ///< took a retention policy
  std::vector<Memory> policies;
};

/// How people respond: the hidden model, docs/simulation.md has its reasons. Neither way of working
/// may ask it anything. Pure functions of the market and the seed.
class ResponseModel {
 public:
  ResponseModel(const Market& market, std::uint64_t seed) : market_(market), chance_(seed) {}

  /// Chances, all in millionths.
  Ppm to_reach(Manner manner) const;
  Ppm to_accept(const Mind& mind, Person person, PolicyId policy, ChannelId channel, int day) const;
  Ppm to_decline(Manner manner) const;                         ///< of those who do not accept
  Ppm to_visit(Person person, ChannelId channel) const;        ///< a cooperative channel, a day
  Ppm to_wish(Person person, PolicyId policy, int day) const;  ///< unasked, a week
  Ppm to_leave(const Mind& mind, Person person) const;         ///< the operator, a week

  /// What one more approach adds to the weariness; unwelcome ones weigh more.
  Ppm burden(Manner manner, bool unwelcome) const;
  static Ppm weariness_tomorrow(Ppm weariness);

  const Chance& chance() const { return chance_; }

 private:
  Ppm need(Person person, PolicyId policy, int day) const;
  Ppm price_factor(Person person, PolicyId policy) const;
  Ppm price_sensitivity(Person person) const;

  const Market& market_;
  Chance chance_;
};

}  // namespace muster::simulate
