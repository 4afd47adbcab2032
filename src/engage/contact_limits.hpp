#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "engage/ledger_tables.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster {

/// Whether contact rules let a task be dispatched to its channel: caps and cool-downs, counted over
/// the ledger's contacts and over what is reserved for other tasks. Everything from a span's begin
/// on counts, later than `now` or not: with clocks that differ, counting too much is the safe side.
class ContactLimits {
 public:
  ContactLimits(const Catalogue& catalogue, ChannelId channel, Moment now);

  /// Looks up all that the rules ask of the users of a page's tasks; to be done for every page.
  void read(const PlannedPage& page, LedgerTables& tables);
  /// Of a task of the page.
  bool allow(const KeptTask& task, LedgerTables& tables) const;
  /// A task of the page was dispatched.
  void reserve(const KeptTask& task);

 private:
  struct Rule {
    const ContactRule* rule;
    Moment begin;
  };
  /// A contact, or one that is reserved.
  struct Seen {
    Moment at;
    std::string policy;
    std::string channel;
    Outcome outcome = Outcome::none;
    bool counts_for_caps = true;
    ContactRule::Scope scope = ContactRule::Scope::user;
  };

  std::vector<Seen> seen_of(const KeptTask& task, LedgerTables& tables) const;
  void see(std::string_view user, ContactRule::Scope scope, LedgerTables& tables,
           std::vector<Seen>& out) const;
  static Seen seen(KeptContact contact, ContactRule::Scope scope);
  static Seen seen(const KeptTask& dispatched, ContactRule::Scope scope);
  bool counts(const Rule& rule, const Seen& seen, const KeptTask& task) const;

  const Catalogue& catalogue_;
  std::vector<Rule> rules_;
  Moment earliest_;
  ContactRule::Scope widest_ = ContactRule::Scope::user;
  /// By user, where nobody else's contacts count.
  std::unordered_map<std::string, std::vector<Seen>> page_;
};

/// Whether policies share an exclusion group; a policy shares with itself only where it has one.
bool share_group(const Catalogue& catalogue, std::string_view one, std::string_view other);

}  // namespace muster
