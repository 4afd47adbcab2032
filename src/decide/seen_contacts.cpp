#include "decide/seen_contacts.hpp"

#include <algorithm>

#include "decide/id_table.hpp"

namespace muster {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;

std::uint64_t hash_of(std::string_view user) noexcept { return IdKey(user).hash(); }

}  // namespace

std::size_t SeenContacts::find_place(const Table& table, std::string_view user,
                                     std::uint64_t hash) noexcept {
  for (std::size_t at = table.place_of(hash);; at = table.place_of(at + 1)) {
    const Place& place = table.places[at];
    const std::string* const its = place.user.load(relaxed);
    if (its == nullptr || (place.hash.load(relaxed) == hash && *its == user)) return at;
  }
}

void SeenContacts::fill(Place& place, std::uint64_t hash, const std::string* user,
                        const NumberedContact* contacts, std::size_t count) noexcept {
  place.hash.store(hash, relaxed);
  place.user.store(user, relaxed);
  place.contacts.store(contacts, relaxed);
  place.count.store(count, relaxed);
}

void SeenContacts::grow() {
  const Table* const before = table_.load(relaxed);
  auto next = std::make_unique<Table>(before == nullptr ? 16 : before->places.size() * 2);
  if (before != nullptr) {
    for (const Place& place : before->places) {
      const std::string* const user = place.user.load(relaxed);
      if (user == nullptr) continue;
      const std::uint64_t hash = place.hash.load(relaxed);
      fill(next->places[find_place(*next, *user, hash)], hash, user, place.contacts.load(relaxed),
           place.count.load(relaxed));
    }
  }
  tables_.push_back(std::move(next));
  table_.store(tables_.back().get(), std::memory_order_release);
}

void SeenContacts::set(const std::string& user, std::span<const NumberedContact> contacts) {
  if (tables_.empty()) grow();
  const std::uint64_t hash = hash_of(user);
  std::size_t at = find_place(*tables_.back(), user, hash);
  if (tables_.back()->places[at].user.load(relaxed) == nullptr &&
      ++used_ * 2 > tables_.back()->places.size()) {
    grow();
    at = find_place(*tables_.back(), user, hash);
  }
  fill(tables_.back()->places[at], hash, &user, contacts.data(), contacts.size());
}

std::span<const NumberedContact> SeenContacts::find(std::string_view user) const noexcept {
  const Table* const table = table_.load(relaxed);
  if (table == nullptr) return {};
  const Place& place = table->places[find_place(*table, user, hash_of(user))];
  return {place.contacts.load(relaxed), place.count.load(relaxed)};
}

void SeenContacts::expect_soon(std::string_view user) const noexcept {
  const Table* const table = table_.load(std::memory_order_acquire);
  if (table != nullptr) __builtin_prefetch(&table->places[table->place_of(hash_of(user))]);
}

void SeenContacts::expect(std::string_view user) const noexcept {
  const Table* const table = table_.load(std::memory_order_acquire);
  if (table == nullptr) return;
  constexpr std::size_t most = 32, line = 64;
  // Whose place it is does not matter much, and asking would be waiting.
  const Place& place = table->places[table->place_of(hash_of(user))];
  __builtin_prefetch(place.user.load(relaxed));
  const auto begin = reinterpret_cast<std::uintptr_t>(place.contacts.load(relaxed));
  const std::size_t bytes = std::min(place.count.load(relaxed), most) * sizeof(NumberedContact);
  for (std::size_t at = 0; at < bytes; at += line) {
    __builtin_prefetch(reinterpret_cast<const void*>(begin + at));
  }
}

}  // namespace muster
