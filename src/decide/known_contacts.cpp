#include "decide/known_contacts.hpp"

namespace muster {

HashedContact look_up(const Contact& contact, const PreparedCatalogue& catalogue) noexcept {
  const IdKey policy_key(contact.policy), channel_key(contact.channel);
  const std::uint64_t policy = policy_key.hash(), channel = channel_key.hash();
  const KnownContact known{contact.at,
                           catalogue.policy_ids.find(contact.policy, policy_key, policy),
                           catalogue.channel_ids.find(contact.channel, channel_key, channel),
                           contact.outcome, static_cast<std::uint8_t>(contact.scope)};
  return {known, contact_hash(known, policy, channel)};
}

KnownNumbers::Known KnownNumbers::ask(std::uint32_t number, std::span<const std::string_view> ids,
                                      const IdTable& table) noexcept {
  const std::string_view id = number < ids.size() ? ids[number] : std::string_view();
  const IdKey key(id);
  const std::uint64_t hash = key.hash();
  return {hash, number, table.find(id, key, hash)};
}

}  // namespace muster
