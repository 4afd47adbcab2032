#include "simulate/response.hpp"

#include <array>

namespace muster::simulate {
namespace {

/// How a manner of talking fares with people, in millionths.
struct MannerResponse {
  Ppm taste;    ///< what is left of a need when it is raised this way
  Ppm reach;    ///< somebody answers; a message is delivered
  Ppm decline;  ///< of those who do not accept, says no outright
  Ppm burden;   ///< adds to weariness
  Ppm visit;    ///< comes by on a day
};

constexpr std::array<MannerResponse, manners> responses{{
    {120'000, 950'000, 20'000, 150'000, 0},           // message
    {750'000, 450'000, 450'000, 500'000, 0},          // call
    {900'000, 600'000, 350'000, 300'000, 0},          // manager
    {250'000, 1'000'000, 50'000, 30'000, 60'000},     // page
    {600'000, 1'000'000, 400'000, 200'000, 8'000},    // hotline
    {1'000'000, 1'000'000, 400'000, 150'000, 6'000},  // counter
}};

/// How many of those a policy is meant for say yes when they are told of it in person, once.
constexpr std::array<Ppm, service_classes> needs{
    90'000,   // sales
    70'000,   // strategic
    140'000,  // incentive
    180'000,  // retention
    250'000,  // service
    220'000,  // sensitive
};

constexpr Ppm not_interested = 350'000;   // of the people in a segment: no need at all
constexpr Ppm least_need = 500'000;       // of the others, evenly between
constexpr Ppm greatest_need = 2'600'000;  //
constexpr Ppm need_off_target = 200'000;  // what is left where the policy is not meant for them
constexpr Ppm liked_channel = 1'500'000;  // taste for a channel that they prefer
constexpr Ppm visits_liked_channel = 2'000'000;
constexpr Ppm told_again = 800'000;  // for each time they were told before
constexpr Ppm declined_before = 300'000;
constexpr Ppm price_swing = 600'000;     // from the least to the most price-sensitive
constexpr Ppm wishes = 20'000;           // of a need, a week, unasked
constexpr Ppm leaves = 1'000;            // a week, whoever
constexpr Ppm leaves_by_risk = 60;       // and for each of 100 points of churn risk
constexpr std::int64_t usual_risk = 30;  // where the operator does not know it
constexpr Ppm leaves_once_kept = 500'000;
constexpr Ppm weary_leaves = 500'000;  // for each unit of weariness
constexpr Ppm unwelcome_burden = 2'000'000;
constexpr Ppm rest_of_weariness = 930'000;  // overnight: halves in some ten days

const MannerResponse& response(Manner manner) {
  return responses[static_cast<std::size_t>(manner)];
}

bool gives_money(ServiceClass service_class) {
  return service_class == ServiceClass::incentive || service_class == ServiceClass::retention ||
         service_class == ServiceClass::sensitive;
}

}  // namespace

Ppm ResponseModel::to_reach(Manner manner) const { return response(manner).reach; }
Ppm ResponseModel::to_decline(Manner manner) const { return response(manner).decline; }

Ppm ResponseModel::price_sensitivity(Person person) const {
  const Ppm own = chance_.draw(Draw::price_sensitivity, person) / 2;
  const std::string_view band = market_.category(person, "price_sensitivity");
  return own + (band == "高" ? whole / 2 : band == "低" ? 0 : whole / 4);
}

/// Those who watch prices like gifts, and do not like to pay more.
Ppm ResponseModel::price_factor(Person person, PolicyId policy) const {
  const ServiceClass service_class = market_.catalogue().policies()[policy].service_class;
  if (service_class == ServiceClass::service) return whole;
  const Ppm swing = part(price_swing, price_sensitivity(person)) - price_swing / 2;
  return gives_money(service_class) ? whole + swing : whole - swing;
}

Ppm ResponseModel::need(Person person, PolicyId policy, int day) const {
  const Ppm drawn = chance_.draw(Draw::need, person, policy);
  if (drawn < not_interested) return 0;
  const Ppm strength = least_need + (greatest_need - least_need) * (drawn - not_interested) /
                                        (whole - not_interested);
  const auto service_class = market_.catalogue().policies()[policy].service_class;
  const Ppm meant = part(needs[static_cast<std::size_t>(service_class)], strength);
  return market_.meant_for(person, policy, day) ? meant : part(meant, need_off_target);
}

Ppm ResponseModel::to_accept(const Mind& mind, Person person, PolicyId policy, ChannelId channel,
                             int day) const {
  const Memory& memory = mind.policies[policy];
  if (mind.gone || memory.has) return 0;
  const Channel& by = market_.catalogue().channels()[channel];
  Ppm chance = part(need(person, policy, day), price_factor(person, policy));
  chance = part(chance, response(manner_of(by)).taste);
  if (market_.prefers(person, channel)) chance = part(chance, liked_channel);
  for (unsigned times = 0; times < memory.heard && chance > 0; ++times) {
    chance = part(chance, told_again);
  }
  if (memory.declined_on != Memory::never) chance = part(chance, declined_before);
  return chance * whole / (whole + mind.weariness);
}

Ppm ResponseModel::to_visit(Person person, ChannelId channel) const {
  const Ppm usual = response(manner_of(market_.catalogue().channels()[channel])).visit;
  return market_.prefers(person, channel) ? part(usual, visits_liked_channel) : usual;
}

Ppm ResponseModel::to_wish(Person person, PolicyId policy, int day) const {
  if (!market_.meant_for(person, policy, day)) return 0;
  return part(part(need(person, policy, day), price_factor(person, policy)), wishes);
}

Ppm ResponseModel::to_leave(const Mind& mind, Person person) const {
  const Ppm usual = leaves + leaves_by_risk * market_.number(person, "churn_risk", usual_risk);
  const Ppm weary = part(usual, whole + part(mind.weariness, weary_leaves));
  return mind.kept ? part(weary, leaves_once_kept) : weary;
}

Ppm ResponseModel::burden(Manner manner, bool unwelcome) const {
  return unwelcome ? part(response(manner).burden, unwelcome_burden) : response(manner).burden;
}

Ppm ResponseModel::weariness_tomorrow(Ppm weariness) { return part(weariness, rest_of_weariness); }

}  // namespace muster::simulate
