#pragma once

#include <cstdint>
#include <vector>

#include "muster/evaluate/proportion.hpp"
#include "simulate/world.hpp"

namespace muster::simulate {

/// Money in hundredths of the catalogue's currency.
using Cents = std::int64_t;

/// What an acceptance by somebody a policy is not meant for is worth, of its value.
inline constexpr Cents value_off_target_percent = 50;

struct ChannelFigures {
  std::uint64_t contacts = 0;
  Proportion success;  ///< of those met there
};

/// What a course of events adds up to. Customers are those who are not held out.
struct Figures {
  std::uint64_t customers = 0;
  std::uint64_t contacts = 0;  ///< attempts, in vain or not
  Proportion success;          ///< acceptances of the contacts that met somebody
  Proportion talks;            ///< the same where a person talks to them: no messages, no pages
  Proportion participation;    ///< of customers who have a policy meant for them on the first day,
                               ///< those met about one that is meant for them
  Proportion repeats;          ///< of contacts, those about what they have, or declined lately
  Proportion crowded;     ///< of weeks in which a customer was sought, those by several channels
  Proportion off_target;  ///< of contacts, those about a policy that is not for them
  std::uint64_t unasked = 0;      ///< acceptances without a contact
  std::uint64_t turned_away = 0;  ///< who asked for what could not be had: nothing was left of it
  Cents contact_cost = 0;
  Cents value = 0;    ///< of acceptances at contacts and unasked
  Cents gifts = 0;    ///< what these cost the operator
  Proportion takers;  ///< customers who accepted anything, asked or not
  Proportion takers_held_out;
  Proportion left;  ///< customers who left the operator
  std::vector<ChannelFigures> channels;

  Cents net() const { return value - gifts - contact_cost; }
  std::uint64_t acceptances() const { return success.successes + unasked; }
};

Figures add_up(const World& world);

}  // namespace muster::simulate
