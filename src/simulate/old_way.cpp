#include "simulate/old_way.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace muster::simulate {
namespace {

/// How often a channel pushes the campaign of the week at whomever it has before it, in place of
/// something that fits: lists drawn by hand and out of date, banners that are the same for all.
constexpr std::array<Ppm, manners> slips{
    350'000,  // message
    250'000,  // call
    100'000,  // manager
    500'000,  // page
    300'000,  // hotline
    400'000,  // counter
};

}  // namespace

OldWay::OldWay(const Market& market, std::uint64_t seed) : market_(market), chance_(seed) {
  const auto policies = market.catalogue().policies();
  const std::size_t channels = market.catalogue().channels().size();
  big_spenders_.resize(market.people());
  std::iota(big_spenders_.begin(), big_spenders_.end(), Person{0});
  std::vector<std::int64_t> spend;
  for (const Person person : big_spenders_) spend.push_back(market.number(person, "arpu_3m", 0));
  std::stable_sort(big_spenders_.begin(), big_spenders_.end(),
                   [&](Person a, Person b) { return spend[a] > spend[b]; });
  carried_.resize(channels);
  for (ChannelId channel = 0; channel < channels; ++channel) {
    for (PolicyId policy = 0; policy < policies.size(); ++policy) {
      if (market.may_carry(channel, policy)) carried_[channel].push_back(policy);
    }
    std::stable_sort(carried_[channel].begin(), carried_[channel].end(),
                     [&](auto a, auto b) { return policies[a].value > policies[b].value; });
  }
  next_.resize(channels);
  done_with_.resize(channels * market.people() * policies.size());
}

std::size_t OldWay::record(Person person, PolicyId policy, ChannelId channel) const {
  return (std::size_t{channel} * market_.people() + person) *
             market_.catalogue().policies().size() +
         policy;
}

std::optional<PolicyId> OldWay::campaign(Person person, ChannelId channel, int day) const {
  const auto& carried = carried_[channel];
  if (carried.empty()) return std::nullopt;
  const auto week = static_cast<std::size_t>(Calendar::week(day));
  const PolicyId policy = carried[(week + channel) % carried.size()];
  if (!market_.on_sale(policy, day) || done_with_[record(person, policy, channel)]) {
    return std::nullopt;
  }
  return policy;
}

std::optional<PolicyId> OldWay::pick(Person person, ChannelId channel, int day) const {
  const Manner manner = manner_of(market_.catalogue().channels()[channel]);
  const Ppm drawn = chance_.draw(Draw::slip, person, 0, channel, static_cast<std::uint64_t>(day));
  if (drawn < slips[static_cast<std::size_t>(manner)]) return campaign(person, channel, day);
  for (const PolicyId policy : carried_[channel]) {
    if (market_.on_sale(policy, day) && market_.in_segment(person, policy, day) &&
        !done_with_[record(person, policy, channel)]) {
      return policy;
    }
  }
  return std::nullopt;
}

bool OldWay::tell(World& world, Person person, ChannelId channel, int day) {
  const std::optional<PolicyId> policy = pick(person, channel, day);
  if (!policy) return false;
  const Answer answer = world.approach(person, *policy, channel, day);
  if (answer == Answer::accepted || answer == Answer::declined) {
    done_with_[record(person, *policy, channel)] = true;
  }
  return true;
}

void OldWay::blast(World& world, ChannelId channel, int day) {
  std::uint64_t left = market_.capacity(channel);
  for (Person person = 0; person < market_.people() && left > 0; ++person) {
    if (market_.held_out(person) || world.gone(person)) continue;
    if (market_.left_in_peace(person, channel)) continue;
    if (tell(world, person, channel, day)) --left;
  }
}

void OldWay::go_down_the_list(World& world, ChannelId channel, int day) {
  std::uint64_t left = market_.capacity(channel);
  std::size_t& next = next_[channel];
  if (Calendar::is_monday(day)) next = 0;
  for (; next < big_spenders_.size() && left > 0; ++next) {
    const Person person = big_spenders_[next];
    if (market_.held_out(person) || world.gone(person)) continue;
    if (market_.left_in_peace(person, channel)) continue;
    if (tell(world, person, channel, day)) --left;
  }
}

Result<void> OldWay::work(World& world, int day) {
  const auto channels = market_.catalogue().channels();
  const LocalTime time = market_.calendar().local(market_.calendar().morning(day));
  for (ChannelId channel = 0; channel < channels.size(); ++channel) {
    if (!channels[channel].active || !channels[channel].open(time)) continue;
    if (manner_of(channels[channel]) != Manner::message) {
      go_down_the_list(world, channel, day);
    } else if (Calendar::is_monday(day)) {
      blast(world, channel, day);
    }
  }
  return {};
}

Result<void> OldWay::receive(World& world, const Visit& visit, int day) {
  tell(world, visit.person, visit.channel, day);
  return {};
}

Result<bool> OldWay::sold(const Wish& wish, int) {
  done_with_[record(wish.person, wish.policy, wish.channel)] = true;
  return true;
}

}  // namespace muster::simulate
