#include "muster/decide/contact_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <utility>

#include "core/text_hash.hpp"
#include "decide/id_numbers.hpp"
#include "decide/seen_contacts.hpp"
#include "muster/policy/channel.hpp"

namespace muster {
namespace {

using Scope = ContactRule::Scope;

struct TextEqual {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const noexcept { return a == b; }
};
struct OwnTextHash : TextHash {
  using is_transparent = void;
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, OwnTextHash, TextEqual>;

struct Person {
  const std::string* name = nullptr;  // where `people` keeps it
  std::string account, household;
  std::vector<NumberedContact> own;   // of scope user
  std::vector<NumberedContact> seen;  // own and others', as this person's rules see them
  bool placed = true;                 // false: memory ran out on the way
};

/// Those who count together, by account or household.
using Groups = TextMap<std::vector<Person*>>;

std::span<Person* const> members(const Groups& groups, const std::string& group) {
  const auto found = groups.find(group);
  if (found == groups.end()) return {};
  return found->second;
}

void leave(Groups& groups, const std::string& group, Person& person) {
  const auto found = groups.find(group);
  if (found == groups.end()) return;
  std::erase(found->second, &person);
  if (found->second.empty()) groups.erase(found);
}

void join(Groups& groups, const std::string& group, Person& person) {
  if (group.empty()) return;
  leave(groups, group, person);  // where memory ran out the last time
  groups[group].push_back(&person);
}

/// Another with whom a person counts.
struct Mate {
  Person* person = nullptr;
  Scope scope = Scope::account;
  friend bool operator<(const Mate& a, const Mate& b) noexcept {
    return a.person == b.person ? a.scope < b.scope : std::less<>()(a.person, b.person);
  }
};

void append(std::vector<NumberedContact>& seen, std::span<const NumberedContact> contacts,
            Scope scope) {
  const std::size_t before = seen.size();
  seen.insert(seen.end(), contacts.begin(), contacts.end());
  for (std::size_t i = before; i < seen.size(); ++i) seen[i].scope = scope;
}

}  // namespace

// Contacts are written to everybody who sees them, so that reading copies nothing.
struct MemoryHistory::Body {
  Person& person_of(std::string_view user) {
    auto found = people.find(user);
    if (found == people.end()) found = people.try_emplace(std::string(user)).first;
    found->second.name = &found->first;
    return found->second;
  }

  /// After a change of what a person sees.
  void show(const Person& person) { shown.set(*person.name, person.seen); }

  /// Calls visit(mate, scope) for the others with whom a person counts, each once.
  template <class Visit>
  void for_mates(const Person& person, Visit visit) {
    for (Person* const mate : members(accounts, person.account)) {
      if (mate != &person) visit(*mate, Scope::account);
    }
    for (Person* const mate : members(households, person.household)) {
      const bool done = !person.account.empty() && mate->account == person.account;
      if (mate != &person && !done) visit(*mate, Scope::household);
    }
  }

  std::vector<Mate> mates(const Person& person) {
    std::vector<Mate> out;
    for_mates(person, [&](Person& mate, Scope scope) { out.push_back({&mate, scope}); });
    std::sort(out.begin(), out.end());
    return out;
  }

  void move(Person& person, std::string account, std::string household) {
    leave(accounts, person.account, person);
    leave(households, person.household, person);
    join(accounts, account, person);
    join(households, household, person);
    person.account = std::move(account);
    person.household = std::move(household);
  }

  void meet(Person& person, const Mate& mate) {
    append(person.seen, mate.person->own, mate.scope);
    show(person);
    append(mate.person->seen, person.own, mate.scope);
    show(*mate.person);
  }

  void look_again(Person& person) {
    shown.set(*person.name, {});  // should memory run out below
    person.seen = person.own;
    for_mates(person, [&](Person& mate, Scope scope) { append(person.seen, mate.own, scope); });
    show(person);
  }

  mutable std::shared_mutex mutex;
  TextMap<Person> people;
  Groups accounts, households;
  TextMap<Taken> taken;
  IdNumbers numbers;
  SeenContacts shown;  // what each of `people` sees
};

bool ContactHistory::numbered_contacts(std::string_view, SeeNumbered, void*) const noexcept {
  return false;
}
void ContactHistory::expect(std::string_view) const noexcept {}
void ContactHistory::expect_soon(std::string_view) const noexcept {}

MemoryHistory::MemoryHistory() : body_(std::make_unique<Body>()) {}
MemoryHistory::~MemoryHistory() = default;

void MemoryHistory::place(std::string_view user, std::string_view account,
                          std::string_view household) {
  const std::unique_lock lock(body_->mutex);
  Person& person = body_->person_of(user);
  const bool whole = std::exchange(person.placed, false);
  if (whole && person.account == account && person.household == household) {
    person.placed = true;
    return;
  }
  const std::vector<Mate> before = body_->mates(person);
  body_->move(person, std::string(account), std::string(household));
  const std::vector<Mate> after = body_->mates(person);
  if (whole && std::includes(after.begin(), after.end(), before.begin(), before.end())) {
    std::vector<Mate> joined;
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                        std::back_inserter(joined));
    for (const Mate& mate : joined) body_->meet(person, mate);
  } else {
    body_->look_again(person);
    for (const Mate& mate : before) body_->look_again(*mate.person);
    for (const Mate& mate : after) body_->look_again(*mate.person);
  }
  person.placed = true;
}

Result<void> MemoryHistory::add(std::string_view user, const Contact& added, double cost) {
  if (!(cost >= 0 && cost <= max_money)) {
    return Error{
        Errc::invalid_argument,
        fmt::format("a contact's cost must be a number from 0 to {}, not {}", max_money, cost),
        {}};
  }
  const std::unique_lock lock(body_->mutex);
  const NumberedContact contact{added.at,
                                body_->numbers.number(added.policy),
                                body_->numbers.number(added.channel),
                                added.outcome,
                                Scope::user,
                                added.answer};
  if (contact.outcome == Outcome::accepted) {
    Taken& taken = body_->taken[added.policy];
    ++taken.acceptances;
    taken.cost += cost;
  }
  Person& person = body_->person_of(user);
  person.own.push_back(contact);
  const std::span<const NumberedContact> one(&contact, 1);
  append(person.seen, one, Scope::user);
  body_->show(person);
  body_->for_mates(person, [&](Person& mate, Scope scope) {
    append(mate.seen, one, scope);
    body_->show(mate);
  });
  return {};
}

void MemoryHistory::contacts(std::string_view user, See see, void* context) const {
  std::vector<Contact> out;
  {
    const std::shared_lock lock(body_->mutex);
    for (const NumberedContact& one : body_->shown.find(user)) {
      out.push_back(named(one, body_->numbers.ids()));
    }
  }
  see(context, out);
}

bool MemoryHistory::numbered_contacts(std::string_view user, SeeNumbered see,
                                      void* context) const noexcept {
  const std::shared_lock lock(body_->mutex);
  see(context, body_->shown.find(user), body_->numbers.ids());
  return true;
}

// Neither takes the lock: giving one back waits for all that was read under it.
void MemoryHistory::expect(std::string_view user) const noexcept { body_->shown.expect(user); }

void MemoryHistory::expect_soon(std::string_view user) const noexcept {
  body_->shown.expect_soon(user);
}

Taken MemoryHistory::taken(std::string_view policy) const noexcept {
  const std::shared_lock lock(body_->mutex);
  const auto found = body_->taken.find(policy);
  return found == body_->taken.end() ? Taken() : found->second;
}

}  // namespace muster
