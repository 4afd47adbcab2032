#include "random_case.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "decide/id_numbers.hpp"

namespace muster::testing {
namespace {

constexpr std::int64_t middle = 1'774'900'800;  // 2026-03-30T20:00:00Z, a day after a change
constexpr std::int64_t day = 86'400;

}  // namespace

Moment near_middle(Dice& dice) {
  return {middle + static_cast<std::int64_t>(dice.below(60 * day)) - 30 * day};
}

Draft shuffled(Draft draft, Dice& dice) {
  std::vector<PolicyId> order(draft.policies.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<PolicyId>(i);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[dice.below(i)]);
  std::vector<PolicyId> place(order.size());
  std::vector<Policy> policies;
  for (const PolicyId from : order) {
    place[from] = static_cast<PolicyId>(policies.size());
    policies.push_back(draft.policies[from]);
  }
  draft.policies = std::move(policies);
  const auto move = [&](PolicyId& policy) {
    if (policy != any_policy) policy = place[policy];
  };
  for (ContextWeight& weight : draft.arbitration.context) {
    for (PolicyId& policy : weight.policies) move(policy);
    std::sort(weight.policies.begin(), weight.policies.end());
  }
  for (auto& one : draft.propensities.constants) move(one.policy);
  for (auto& one : draft.propensities.logistic) move(one.policy);
  return draft;
}

User random_user(const Schema& schema, Dice& dice) {
  User user(schema);
  const std::vector<int> fees = {39, 59, 96, 128};
  static_cast<void>(user.set("fee", dice.pick(fees)));
  static_cast<void>(user.set("vip", dice.one_in(3)));
  if (!dice.one_in(4)) static_cast<void>(user.set("arpu", static_cast<int>(dice.below(9)) * 24));
  if (!dice.one_in(4)) static_cast<void>(user.set("complained", dice.one_in(2)));
  const std::vector<std::string_view> brands = {"Apple", "华为", "vivo"};
  if (!dice.one_in(4)) static_cast<void>(user.set("brand", dice.pick(brands)));
  std::vector<std::string_view> likes;
  for (const char* one : {"sms", "app", "shop", "game"}) {
    if (dice.one_in(2)) likes.emplace_back(one);
  }
  if (!dice.one_in(4)) static_cast<void>(user.set("likes", likes));
  const Date end{
      static_cast<std::int32_t>(middle / day + static_cast<std::int64_t>(dice.below(120)))};
  if (!dice.one_in(4)) static_cast<void>(user.set("contract_end", end));
  return user;
}

std::string random_key(Dice& dice) { return fmt::format("u{}", dice.below(10)); }

Moment random_moment(Dice& dice, const TimeZone& zone) {
  const Moment any = near_middle(dice);
  if (dice.one_in(2)) return any;
  const auto hours = static_cast<std::int32_t>(dice.one_in(2) ? 0 : dice.below(24));
  const Moment full = zone.at({zone.local(any).day, hours * 3600});
  return {full.seconds - static_cast<std::int64_t>(dice.below(3)) + 1};
}

// Numbers mean the same for good, whatever histories take one another's place.
bool FixedHistory::numbered_contacts(std::string_view, SeeNumbered see,
                                     void* context) const noexcept {
  if (!numbered) return false;
  static IdNumbers numbers;
  std::vector<NumberedContact> out;
  for (const Contact& one : all) {
    const std::uint32_t policy = numbers.number(one.policy), channel = numbers.number(one.channel);
    out.push_back({one.at, policy, channel, one.outcome, one.scope, one.answer});
  }
  see(context, out, numbers.ids());
  return true;
}

Taken FixedHistory::taken(std::string_view policy) const noexcept {
  const auto found = taken_of.find(std::string(policy));
  return found == taken_of.end() ? Taken() : found->second;
}

FixedHistory random_history(const Draft& draft, Moment now, Dice& dice) {
  FixedHistory out;
  out.numbered = dice.one_in(2);
  for (std::size_t i = dice.below(draft.policies.size() < large_draft ? 8 : 60); i > 0; --i) {
    Contact contact;
    const std::int64_t reach = dice.one_in(2) ? 4 * day : 100 * day;
    contact.at.seconds = now.seconds + day / 2 -
                         static_cast<std::int64_t>(dice.below(static_cast<std::size_t>(reach)));
    if (dice.one_in(4))
      contact.at.seconds = now.seconds - static_cast<std::int64_t>(dice.below(4)) * day;
    contact.policy = dice.one_in(8) ? "gone" : dice.pick(draft.policies).id;
    contact.channel = dice.one_in(8) ? "fax" : dice.pick(draft.channels).id;
    contact.outcome = static_cast<Outcome>(dice.below(outcomes));
    contact.scope = static_cast<ContactRule::Scope>(dice.below(3));
    contact.answer = dice.one_in(6);
    out.all.push_back(contact);
  }
  for (const Policy& policy : draft.policies) {
    if (dice.one_in(2))
      out.taken_of[policy.id] = {dice.below(3), static_cast<double>(dice.below(4))};
  }
  return out;
}

}  // namespace muster::testing
