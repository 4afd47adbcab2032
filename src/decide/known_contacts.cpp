#include "decide/known_contacts.hpp"

namespace muster {
namespace {

std::uint64_t group_marks_of(const PreparedCatalogue& catalogue, std::uint32_t policy) noexcept {
  return policy == IdTable::none ? 0 : catalogue.policies[policy].group_marks;
}

}  // namespace

HashedContact look_up(const Contact& contact, const PreparedCatalogue& catalogue) noexcept {
  const IdKey policy_key(contact.policy), channel_key(contact.channel);
  const std::uint64_t policy = policy_key.hash(), channel = channel_key.hash();
  const std::uint32_t its_policy = catalogue.policy_ids.find(contact.policy, policy_key, policy);
  const KnownContact known{contact.at,
                           its_policy,
                           catalogue.channel_ids.find(contact.channel, channel_key, channel),
                           contact.outcome,
                           static_cast<std::uint8_t>(contact.scope),
                           contact.answer,
                           group_marks_of(catalogue, its_policy)};
  return {known, contact_hash(known, policy, channel)};
}

KnownNumbers::Known KnownNumbers::ask(std::uint32_t number, std::span<const std::string_view> ids,
                                      const PreparedCatalogue& catalogue, bool is_policy) noexcept {
  const std::string_view id = number < ids.size() ? ids[number] : std::string_view();
  const IdKey key(id);
  const std::uint64_t hash = key.hash();
  const IdTable& table = is_policy ? catalogue.policy_ids : catalogue.channel_ids;
  const std::uint32_t index = table.find(id, key, hash);
  return {hash, number, index, is_policy ? group_marks_of(catalogue, index) : 0};
}

}  // namespace muster
