#include "decide/seen_contacts.hpp"

#include <algorithm>

#include "decide/id_table.hpp"

namespace muster {
namespace {

std::uint64_t hash_of(std::string_view user) noexcept { return IdKey(user).hash(); }

}  // namespace

std::size_t SeenContacts::place_of(std::string_view user, std::uint64_t hash) const noexcept {
  const std::size_t mask = places_.size() - 1;
  std::size_t at = hash & mask;
  while (places_[at].user != nullptr && (places_[at].hash != hash || *places_[at].user != user)) {
    at = (at + 1) & mask;
  }
  return at;
}

void SeenContacts::grow() {
  std::vector<Place> before(std::max<std::size_t>(places_.size() * 2, 16));
  before.swap(places_);
  for (const Place& place : before) {
    if (place.user != nullptr) places_[place_of(*place.user, place.hash)] = place;
  }
}

void SeenContacts::set(const std::string& user, std::span<const NumberedContact> contacts) {
  if (places_.empty()) grow();
  const std::uint64_t hash = hash_of(user);
  std::size_t at = place_of(user, hash);
  if (places_[at].user == nullptr && ++used_ * 2 > places_.size()) {
    grow();
    at = place_of(user, hash);
  }
  places_[at] = {hash, &user, contacts};
}

std::span<const NumberedContact> SeenContacts::find(std::string_view user) const noexcept {
  if (places_.empty()) return {};
  return places_[place_of(user, hash_of(user))].contacts;
}

void SeenContacts::expect(std::string_view user) const noexcept {
  if (places_.empty()) return;
  constexpr std::size_t most = 32, line = 64;
  // Whose place it is does not matter much, and asking would be waiting.
  const Place& place = places_[hash_of(user) & (places_.size() - 1)];
  if (place.user == nullptr) return;
  __builtin_prefetch(place.user);
  const auto bytes = std::as_bytes(place.contacts.first(std::min(place.contacts.size(), most)));
  for (std::size_t at = 0; at < bytes.size(); at += line) __builtin_prefetch(&bytes[at]);
}

}  // namespace muster
