#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/error.hpp"
#include "muster/core/moment.hpp"
#include "muster/policy/contact_rule.hpp"

namespace muster {

/// A past contact. Policies and channels go by id, as histories outlive catalogues. Contacts after
/// the moment of a decision do not count for it.
struct Contact {
  Moment at;
  std::string policy;
  std::string channel;
  Outcome outcome = Outcome::none;
  /// Whose it was: the user's own, or another's of the same account or household. Rules of scope
  /// `user` count the first, rules of scope `account` the first two, rules of scope `household`
  /// all.
  ContactRule::Scope scope = ContactRule::Scope::user;
  /// Said of an earlier contact, and no contact of its own: cool-downs follow it, caps do not count
  /// it.
  bool answer = false;
  friend bool operator==(const Contact&, const Contact&) = default;
};

/// The same with numbers for the ids, as a history may keep it.
struct NumberedContact {
  Moment at;
  std::uint32_t policy = 0;
  std::uint32_t channel = 0;
  Outcome outcome = Outcome::none;
  ContactRule::Scope scope = ContactRule::Scope::user;
  bool answer = false;
};

/// What was accepted of a policy so far, by all users.
struct Taken {
  std::uint64_t acceptances = 0;
  double cost = 0;  ///< drawn from the policy's budget; NaN or less than 0: nothing is left of it
};

/// Who was contacted when, and what was taken. Implemented by embedders over their own records;
/// MemoryHistory ships. Every function is safe from any number of threads and must not throw, but
/// for want of memory.
class MUSTER_EXPORT ContactHistory {
 public:
  virtual ~ContactHistory() = default;

  /// Shows the contacts that may count for a user, in any order, by calls of `see`: the user's
  /// own, and those of others in the same account and household. `see` does not throw.
  using See = void (*)(void* context, std::span<const Contact> contacts);
  virtual void contacts(std::string_view user, See see, void* context) const = 0;

  /// Shows the same contacts, for histories that give numbers to ids: `ids[n]` is the id of number
  /// n, today and ever after; a number that has none names nothing. Asked before `contacts`, as
  /// numbers need not be looked up one by one. Returns false, calling nothing, unless overridden.
  using SeeNumbered = void (*)(void* context, std::span<const NumberedContact> contacts,
                               std::span<const std::string_view> ids);
  virtual bool numbered_contacts(std::string_view user, SeeNumbered see,
                                 void* context) const noexcept;

  /// Called a little before `contacts`, so that a history may begin to load what it will show; must
  /// not wait for that. Does nothing unless overridden.
  virtual void expect(std::string_view user) const noexcept;
  /// The same for what `expect` reads, still earlier.
  virtual void expect_soon(std::string_view user) const noexcept;

  virtual Taken taken(std::string_view policy) const noexcept = 0;
};

/// A history in memory. Thread-safe; a reader may wait for a writer for the time of one insertion.
/// Every contact is kept once for each user who sees it: memory is O(contacts × members of the
/// account and the household).
class MUSTER_EXPORT MemoryHistory final : public ContactHistory {
 public:
  MemoryHistory();
  ~MemoryHistory() override;

  /// Puts a user in an account and a household, either of which may be empty: contacts of one
  /// member count for the others by rules of that scope. O(1) where the user is there already,
  /// O(members + their contacts) where the user only joins, O(members × their contacts) where the
  /// user leaves some.
  void place(std::string_view user, std::string_view account, std::string_view household);
  /// Adds a contact of this user; `contact.scope` is not looked at. Where it was accepted, one
  /// acceptance of the policy and `cost` are counted as taken. Fails with invalid_argument, adding
  /// nothing, unless `cost` is from 0 to max_money. O(members of the account and the household).
  Result<void> add(std::string_view user, const Contact& contact, double cost = 0);

  /// Copies them: O(contacts).
  void contacts(std::string_view user, See see, void* context) const override;
  bool numbered_contacts(std::string_view user, SeeNumbered see,
                         void* context) const noexcept override;
  void expect(std::string_view user) const noexcept override;
  void expect_soon(std::string_view user) const noexcept override;
  Taken taken(std::string_view policy) const noexcept override;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace muster
