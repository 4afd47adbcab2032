#include "simulate/figures.hpp"

#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace muster::simulate {
namespace {

Cents cents(double money) { return std::llround(money * 100); }

/// Adds up one world.
class Adder {
 public:
  explicit Adder(const World& world)
      : world_(world), market_(world.market()), took_(market_.people()), met_(market_.people()) {
    figures_.channels.resize(market_.catalogue().channels().size());
  }

  Figures add() {
    for (const Meeting& meeting : world_.meetings()) add(meeting);
    for (const Wish& wish : world_.unasked()) add(wish);
    for (Person person = 0; person < market_.people(); ++person) add(person);
    figures_.turned_away = world_.turned_away();
    for (const auto& [week, channels] : sought_) {
      ++figures_.crowded.trials;
      if (channels.size() > 1) ++figures_.crowded.successes;
    }
    return std::move(figures_);
  }

 private:
  void add(const Meeting& meeting) {
    const Channel& channel = market_.catalogue().channels()[meeting.channel];
    ChannelFigures& own = figures_.channels[meeting.channel];
    ++figures_.contacts;
    ++own.contacts;
    figures_.contact_cost += cents(channel.cost);
    count(figures_.repeats, meeting.repeat);
    count(figures_.off_target, !meeting.meant);
    if (channel.active) {
      sought_[{meeting.person, Calendar::week(meeting.day)}].insert(meeting.channel);
    }
    if (meeting.answer == Answer::unreached) return;
    if (meeting.meant) met_[meeting.person] = true;
    const bool accepted = meeting.answer == Answer::accepted;
    count(figures_.success, accepted);
    count(own.success, accepted);
    const Manner manner = manner_of(channel);
    if (manner != Manner::message && manner != Manner::page) count(figures_.talks, accepted);
    if (accepted) earn(meeting.person, meeting.policy, meeting.meant);
  }

  void add(const Wish& wish) {
    if (market_.held_out(wish.person)) {
      took_[wish.person] = true;
      return;
    }
    ++figures_.unasked;
    earn(wish.person, wish.policy, true);
  }

  void earn(Person person, PolicyId policy, bool meant) {
    const Policy& taken = market_.catalogue().policies()[policy];
    figures_.value +=
        meant ? cents(taken.value) : cents(taken.value) * value_off_target_percent / 100;
    figures_.gifts += cents(taken.cost);
    took_[person] = true;
  }

  void add(Person person) {
    if (market_.held_out(person)) return count(figures_.takers_held_out, took_[person]);
    ++figures_.customers;
    count(figures_.takers, took_[person]);
    count(figures_.left, world_.gone(person));
    if (has_a_policy(person)) count(figures_.participation, met_[person]);
  }

  bool has_a_policy(Person person) const {
    for (PolicyId policy = 0; policy < market_.catalogue().policies().size(); ++policy) {
      if (market_.meant_for(person, policy, 0)) return true;
    }
    return false;
  }

  static void count(Proportion& proportion, bool success) {
    ++proportion.trials;
    if (success) ++proportion.successes;
  }

  const World& world_;
  const Market& market_;
  Figures figures_;
  std::vector<bool> took_;
  std::vector<bool> met_;  // about a policy that is meant for them
  std::map<std::pair<Person, int>, std::set<ChannelId>> sought_;
};

}  // namespace

Figures add_up(const World& world) { return Adder(world).add(); }

}  // namespace muster::simulate
