#include "simulate/world.hpp"

#include <algorithm>

namespace muster::simulate {
namespace {

bool share_a_group(const Policy& a, const Policy& b) {
  return std::any_of(a.groups.begin(), a.groups.end(), [&](const std::string& group) {
    return std::find(b.groups.begin(), b.groups.end(), group) != b.groups.end();
  });
}

}  // namespace

World::World(const Market& market, const ResponseModel& model) : market_(market), model_(model) {
  const auto policies = market.catalogue().policies();
  const auto channels = market.catalogue().channels();
  minds_.resize(market.people());
  for (Mind& mind : minds_) mind.policies.resize(policies.size());
  rivals_.resize(policies.size());
  cooperative_.resize(policies.size());
  for (PolicyId policy = 0; policy < policies.size(); ++policy) {
    for (PolicyId other = 0; other < policies.size(); ++other) {
      if (other == policy || share_a_group(policies[policy], policies[other])) {
        rivals_[policy].push_back(other);
      }
    }
    for (ChannelId channel = 0; channel < channels.size(); ++channel) {
      if (!channels[channel].active && market.may_carry(channel, policy)) {
        cooperative_[policy].push_back(channel);
      }
    }
  }
}

std::vector<Person> World::begin(int day) {
  std::vector<Person> lost;
  const auto week = static_cast<std::uint64_t>(Calendar::week(day));
  for (Person person = 0; person < market_.people(); ++person) {
    Mind& mind = minds_[person];
    mind.weariness = ResponseModel::weariness_tomorrow(mind.weariness);
    if (mind.gone || day == 0 || !Calendar::is_monday(day)) continue;
    if (model_.chance().draw(Draw::churn, person, 0, 0, week) >= model_.to_leave(mind, person)) {
      continue;
    }
    mind.gone = true;
    lost.push_back(person);
  }
  return lost;
}

std::vector<Visit> World::visits(int day) const {
  std::vector<Visit> visits;
  const auto channels = market_.catalogue().channels();
  for (Person person = 0; person < market_.people(); ++person) {
    if (gone(person)) continue;
    for (ChannelId channel = 0; channel < channels.size(); ++channel) {
      if (channels[channel].active) continue;
      const Ppm drawn =
          model_.chance().draw(Draw::visit, person, 0, channel, static_cast<std::uint64_t>(day));
      if (drawn < model_.to_visit(person, channel)) visits.push_back({person, channel});
    }
  }
  return visits;
}

std::vector<Wish> World::wishes(int day) const {
  std::vector<Wish> wishes;
  const Chance& chance = model_.chance();
  const auto week = static_cast<std::uint64_t>(Calendar::week(day));
  for (Person person = 0; person < market_.people(); ++person) {
    if (gone(person)) continue;
    for (PolicyId policy = 0; policy < rivals_.size(); ++policy) {
      const auto& where = cooperative_[policy];
      if (where.empty() || minds_[person].policies[policy].has) continue;
      const Ppm weekday =
          chance.draw(Draw::wish_day, person, policy, 0, week) * Calendar::days_of_week / whole;
      if (weekday != day % Calendar::days_of_week) continue;
      const Ppm drawn = chance.draw(Draw::wish, person, policy, 0, week);
      if (drawn >= model_.to_wish(person, policy, day)) continue;
      const auto at = chance.draw(Draw::wish_channel, person, policy, 0, week) *
                      static_cast<Ppm>(where.size()) / whole;
      wishes.push_back({person, policy, where[static_cast<std::size_t>(at)]});
    }
  }
  return wishes;
}

Answer World::answer(const Mind& mind, const Meeting& meeting) const {
  const auto drawn = [&](Draw about) {
    return model_.chance().draw(about, meeting.person, meeting.policy, meeting.channel,
                                static_cast<std::uint64_t>(meeting.day));
  };
  const Manner manner = manner_of(market_.catalogue().channels()[meeting.channel]);
  // Whether somebody answers has nothing to do with what they would be told.
  const Ppm reached = model_.chance().draw(Draw::reach, meeting.person, 0, meeting.channel,
                                           static_cast<std::uint64_t>(meeting.day));
  if (reached >= model_.to_reach(manner)) return Answer::unreached;
  const Ppm chance =
      model_.to_accept(mind, meeting.person, meeting.policy, meeting.channel, meeting.day);
  if (drawn(Draw::accept) < chance) return Answer::accepted;
  return drawn(Draw::decline) < model_.to_decline(manner) ? Answer::declined : Answer::open;
}

void World::acquire(Mind& mind, PolicyId policy) {
  for (const PolicyId rival : rivals_[policy]) mind.policies[rival].has = true;
  const Policy& taken = market_.catalogue().policies()[policy];
  mind.kept = mind.kept || taken.service_class == ServiceClass::retention;
}

void World::remember(Mind& mind, const Meeting& meeting) {
  Memory& memory = mind.policies[meeting.policy];
  const Manner manner = manner_of(market_.catalogue().channels()[meeting.channel]);
  if (meeting.answer == Answer::unreached) return;
  mind.weariness += model_.burden(manner, meeting.repeat || !meeting.meant);
  ++memory.heard;
  if (meeting.answer == Answer::declined)
    memory.declined_on = static_cast<std::int16_t>(meeting.day);
  if (meeting.answer == Answer::accepted) acquire(mind, meeting.policy);
}

Answer World::approach(Person person, PolicyId policy, ChannelId channel, int day) {
  Mind& mind = minds_[person];
  const Memory& memory = mind.policies[policy];
  Meeting meeting{person, policy, channel, day};
  meeting.meant = market_.meant_for(person, policy, day);
  meeting.repeat = memory.has || (memory.declined_on != Memory::never &&
                                  day - memory.declined_on < cool_down_days);
  meeting.answer = answer(mind, meeting);
  remember(mind, meeting);
  meetings_.push_back(meeting);
  return meeting.answer;
}

void World::take(const Wish& wish) {
  acquire(minds_[wish.person], wish.policy);
  unasked_.push_back(wish);
}

namespace {

Result<void> live_a_day(World& world, Way& way, int day) {
  const Market& market = world.market();
  for (const Person person : world.begin(day)) {
    if (Result<void> done = way.lost(person, day); !done) return done;
  }
  if (Result<void> done = way.work(world, day); !done) return done;
  for (const Visit& visit : world.visits(day)) {
    if (market.held_out(visit.person)) continue;
    if (Result<void> done = way.receive(world, visit, day); !done) return done;
  }
  for (const Wish& wish : world.wishes(day)) {
    // Of two wishes on one day for policies that exclude each other, the first one is granted.
    if (!world.wants(wish)) continue;
    const Result<bool> had = way.sold(wish, day);
    if (!had) return had.error();
    *had ? world.take(wish) : world.turn_away();
  }
  return {};
}

}  // namespace

Result<void> live(World& world, Way& way) {
  for (int day = 0; day < world.market().calendar().days(); ++day) {
    if (Result<void> done = live_a_day(world, way, day); !done) return done;
  }
  return {};
}

}  // namespace muster::simulate
