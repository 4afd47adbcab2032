#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "decide/id_table.hpp"
#include "decide/prepared_catalogue.hpp"
#include "muster/decide/contact_history.hpp"

namespace muster {

/// A contact as rules see it, ids looked up. IdTable::none: the catalogue does not know it.
struct KnownContact {
  Moment at;
  std::uint32_t policy = IdTable::none;  ///< a PolicyIndex
  std::uint32_t channel = IdTable::none;
  Outcome outcome = Outcome::none;
  std::uint8_t scope = 0;
  bool answer = false;
  std::uint64_t group_marks = 0;  ///< the policy's
};

/// A contact with its ids looked up, and a hash of all that it says.
struct HashedContact {
  KnownContact contact;
  std::uint64_t hash = 0;
};
HashedContact look_up(const Contact& contact, const PreparedCatalogue& catalogue) noexcept;

/// Of a contact and the hashes of its two ids.
inline std::uint64_t contact_hash(const KnownContact& contact, std::uint64_t policy,
                                  std::uint64_t channel) noexcept {
  const auto kind = std::uint64_t{contact.answer} << 16 |
                    std::uint64_t{static_cast<std::uint8_t>(contact.outcome)} << 8 | contact.scope;
  const XXH128_hash_t product =
      XXH_mult64to128(policy + channel * 0xA0761D6478BD642F + 0x9E3779B97F4A7C15,
                      static_cast<std::uint64_t>(contact.at.seconds) * 0xE7037ED1A0B428DB +
                          kind * 0x8EBC6AF09C88C6E3 + channel);
  return product.low64 ^ product.high64;
}

/// What a catalogue makes of the ids that one history numbered: so many are remembered that few are
/// looked up twice. REQUIRES: the catalogue and the history are the same every time.
class KnownNumbers {
 public:
  KnownNumbers() : policies_(policy_places), channels_(channel_places) {}

  HashedContact look_up(const NumberedContact& contact, std::span<const std::string_view> ids,
                        const PreparedCatalogue& catalogue) noexcept {
    const Known& policy =
        find(policies_[contact.policy % policy_places], contact.policy, ids, catalogue, true);
    const Known& channel =
        find(channels_[contact.channel % channel_places], contact.channel, ids, catalogue, false);
    const KnownContact known{contact.at,
                             policy.index,
                             channel.index,
                             contact.outcome,
                             static_cast<std::uint8_t>(contact.scope),
                             contact.answer,
                             policy.group_marks};
    return {known, contact_hash(known, policy.hash, channel.hash)};
  }

 private:
  struct Known {
    std::uint64_t hash = 0;
    std::uint32_t number = ~std::uint32_t{0};
    std::uint32_t index = IdTable::none;
    std::uint64_t group_marks = 0;  // of a policy
  };
  static const Known& find(Known& place, std::uint32_t number,
                           std::span<const std::string_view> ids,
                           const PreparedCatalogue& catalogue, bool is_policy) noexcept {
    if (place.number != number) place = ask(number, ids, catalogue, is_policy);
    return place;
  }
  static Known ask(std::uint32_t number, std::span<const std::string_view> ids,
                   const PreparedCatalogue& catalogue, bool is_policy) noexcept;

  static constexpr std::size_t policy_places = 4096, channel_places = 64;
  std::vector<Known> policies_, channels_;
};

}  // namespace muster
