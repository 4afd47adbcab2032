#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "muster/policy/contact_rule.hpp"
#include "muster/policy/policy.hpp"

namespace muster {

/// A past contact, or one that is reserved. Policies and channels go by id, as histories outlive
/// catalogues.
struct Contact {
  Moment at;
  std::string policy;
  std::string channel;
  Outcome outcome = Outcome::none;
  ContactRule::Scope scope = ContactRule::Scope::user;  ///< whose: this user's own, or another's
                                                        ///< of the account or household
};

/// Who was contacted when. Implemented by embedders over their own records; MemoryHistory ships.
class MUSTER_EXPORT ContactHistory {
 public:
  virtual ~ContactHistory() = default;

  /// The contacts that may count for a user, in any order: the user's own (Scope::user), those of
  /// others in the account (Scope::account) and in the household (Scope::household). Borrowed until
  /// the next call from this thread. Must not throw; safe from any number of threads.
  virtual std::span<const Contact> contacts(std::string_view user) const noexcept = 0;

  /// What was accepted of a policy so far, by all users; 0 where nobody counts.
  struct Taken {
    std::uint64_t acceptances = 0;
    double cost = 0;
  };
  virtual Taken taken(std::string_view policy) const noexcept = 0;
};

}  // namespace muster
