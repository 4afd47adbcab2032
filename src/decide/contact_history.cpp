#include "muster/decide/contact_history.hpp"

#include <algorithm>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "core/text_hash.hpp"
#include "decide/id_numbers.hpp"
#include "decide/seen_contacts.hpp"

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
  std::string account, household;
  std::vector<NumberedContact> own;   // of scope user
  std::vector<NumberedContact> seen;  // own and others', as this person's rules see them
};

/// Whom a person counts together with.
using Members = TextMap<std::vector<std::string>>;

void join(Members& members, const std::string& group, std::string_view user) {
  if (!group.empty()) members[group].emplace_back(user);
}

void leave(Members& members, const std::string& group, std::string_view user) {
  const auto found = members.find(group);
  if (found == members.end()) return;
  std::erase(found->second, user);
  if (found->second.empty()) members.erase(found);
}

}  // namespace

// Contacts are written to everybody who sees them, so that reading copies nothing.
struct MemoryHistory::Body {
  static void see(Person& seer, NumberedContact contact, Scope scope) {
    contact.scope = scope;
    seer.seen.push_back(contact);
  }

  Person& person_of(std::string_view user) {
    const auto found = people.find(user);
    return found != people.end() ? found->second : people[std::string(user)];
  }

  /// After a change of what a person sees.
  void show(std::string_view user) {
    const auto found = people.find(user);
    if (found != people.end()) shown.set(found->first, found->second.seen);
  }
  void hide(std::string_view user) {
    const auto found = people.find(user);
    if (found != people.end()) shown.set(found->first, {});
  }

  /// Calls visit(name, scope) for the others with whom a person counts, each once.
  template <class Visit>
  void for_mates(std::string_view user, const Person& person, Visit visit) {
    const auto of = [&](const Members& members, const std::string& group) {
      const auto found = members.find(group);
      return found == members.end() ? std::vector<std::string>() : found->second;
    };
    const auto account = of(accounts, person.account);
    for (const std::string& mate : account) {
      if (mate != user) visit(mate, Scope::account);
    }
    for (const std::string& mate : of(households, person.household)) {
      const bool done = std::find(account.begin(), account.end(), mate) != account.end();
      if (mate != user && !done) visit(mate, Scope::household);
    }
  }

  void look_again(const std::string& user) {
    Person& person = people[user];
    hide(user);  // should memory run out below
    person.seen = person.own;
    for_mates(user, person, [&](const std::string& mate, Scope scope) {
      for (const NumberedContact& contact : people[mate].own) see(people[user], contact, scope);
    });
    show(user);
  }

  std::vector<std::string> mates(std::string_view user, const Person& person) {
    std::vector<std::string> out;
    for_mates(user, person, [&](const std::string& mate, Scope) { out.push_back(mate); });
    return out;
  }

  mutable std::shared_mutex mutex;
  TextMap<Person> people;
  Members accounts, households;
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
  const std::string name(user);
  Person& person = body_->people[name];
  const std::vector<std::string> before = body_->mates(user, person);
  leave(body_->accounts, person.account, user);
  leave(body_->households, person.household, user);
  person.account = account;
  person.household = household;
  join(body_->accounts, person.account, user);
  join(body_->households, person.household, user);
  const std::vector<std::string> after = body_->mates(user, person);
  body_->look_again(name);
  for (const std::string& mate : before) body_->look_again(mate);
  for (const std::string& mate : after) body_->look_again(mate);
}

void MemoryHistory::add(std::string_view user, const Contact& added, double cost) {
  const std::unique_lock lock(body_->mutex);
  const NumberedContact contact{added.at, body_->numbers.number(added.policy),
                                body_->numbers.number(added.channel), added.outcome, Scope::user};
  if (contact.outcome == Outcome::accepted) {
    Taken& taken = body_->taken[added.policy];
    ++taken.acceptances;
    if (cost == cost) taken.cost += cost;
  }
  Person& person = body_->person_of(user);
  person.own.push_back(contact);
  body_->see(person, contact, Scope::user);
  body_->show(user);
  body_->for_mates(user, person, [&](const std::string& mate, Scope scope) {
    body_->see(body_->people[mate], contact, scope);
    body_->show(mate);
  });
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
